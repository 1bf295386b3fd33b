/** What is guaranteed about laying people out: the same arithmetic as the domain's, whatever interrupts it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrozen } from '../../db/queries/frozen.ts';
import { keepSpread } from '../../db/queries/spread-plan.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { firstOpen, planner } from '../../domain/spread.ts';
import { isOpen, openIntervals } from '../../domain/window.ts';
import { insertPeople, insertRequest, people, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const database = await testDatabase();
const { sql } = database;
const accountId = await testAccount(database);
const flowId = await testFlow(database, accountId);
const frozen = createFrozen(database);

const HOUR = 3_600_000;
/** A Monday, 12:00 in India. */
const NOON = Date.parse('2026-03-02T06:30:00Z');
const DAILY = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '10:00', to: '14:00' }];

async function request(count: number, over: Partial<RequestPolicy>, endAt?: Date): Promise<number> {
  const id = await insertRequest(database, {
    accountId,
    flowId,
    policy: testPolicy(over),
    ...(endAt && { endAt }),
  });
  await insertPeople(database, accountId, id, people(0, count));
  return id;
}
const keep = (requestId: number, now: number) => keepSpread(database, frozen, { accountId, requestId }, now);
const dueOf = async (requestId: number): Promise<(number | null)[]> => {
  const rows = await sql<{ at: Date | null }[]>`
    select due_at as at from records where request_id = ${requestId} and attempts = 0 order by row`;
  return rows.map(({ at }) => at?.getTime() ?? null);
};
/** What workers do with those who are due. */
async function call(requestId: number, now: number): Promise<number> {
  const done = await sql`
    update records set attempts = 1, due_at = null, ended_at = now(), outcome = 'ANSWERED'
    where request_id = ${requestId} and attempts = 0 and coalesce(due_at, ${new Date(0)}) <= ${new Date(now)}`;
  return done.count;
}
/** A new version of the policy, as an edit makes it. */
async function edit(requestId: number, over: Partial<RequestPolicy>): Promise<void> {
  await sql`
    insert into request_policies (request_id, version, account_id, policy, created_by)
    select p.request_id, p.version + 1, p.account_id, p.policy || ${sql.json(over as never)}, 'test'
    from request_policies p join requests r on r.id = p.request_id and r.policy_version = p.version
    where r.id = ${requestId}`;
  await sql`update requests set policy_version = policy_version + 1 where id = ${requestId}`;
}
const stop = (requestId: number, at: number) => sql`
  update requests set spread_plan = spread_plan || ${sql.json({ stoppedAt: at })} where id = ${requestId}`;

describe('keepSpread', () => {
  it('plans as the domain does, for any windows, hours and number of people', async () => {
    const hour = fc.integer({ min: 0, max: 22 });
    const window = fc.tuple(hour, fc.integer({ min: 1, max: 9 })).map(([from, length]) => ({
      days: [1, 2, 3, 4, 5, 6, 7],
      from: `${String(from).padStart(2, '0')}:00`,
      to: `${String(Math.min(24, from + length)).padStart(2, '0')}:00`,
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(window, { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0.1, max: 40, noNaN: true }),
        fc.integer({ min: 1, max: 60 }),
        async (callingHours, hours, count) => {
          const over = { callingHours, spreadOver: { hours } };
          const id = await request(count, over);
          await keep(id, NOON);
          const policy = testPolicy(over);
          const open = openIntervals(policy, 'IN', NOON, NOON + 60 * 24 * HOUR);
          const momentOf = planner(firstOpen(open, hours * HOUR), count);
          const planned = Array.from({ length: count }, (_, place) => momentOf?.(place));
          expect(await dueOf(id)).toEqual(planned);
          for (const at of planned) expect(isOpen(policy, 'IN', at ?? 0)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('lays everybody out once, and says how', async () => {
    const id = await request(12, { callingHours: DAILY, spreadOver: { hours: 6 } });
    const plan = await keep(id, NOON);
    // Two hours are left of today, four of tomorrow: one every half hour.
    expect(plan).toMatchObject({ version: 1, people: 12, openMs: 6 * HOUR, until: NOON + 26 * HOUR });
    const due = await dueOf(id);
    expect(due.slice(0, 5)).toEqual([0, 0.5, 1, 1.5, 22].map((hours) => NOON + hours * HOUR));
    expect(await keep(id, NOON + 60_000)).toMatchObject({ version: 1 });
    expect(await dueOf(id)).toEqual(due);
  });

  it('leaves whoever was called before alone: retries are not held back', async () => {
    const id = await request(4, { spreadOver: { hours: 4 } });
    await sql`update records set attempts = 1, due_at = ${new Date(NOON + 5)} where request_id = ${id} and row = 1`;
    await keep(id, NOON);
    const [retry] = await sql`select due_at from records where request_id = ${id} and row = 1`;
    expect(retry?.due_at).toEqual(new Date(NOON + 5));
    expect(await dueOf(id)).toEqual([0, 4 / 3, 8 / 3].map((hours) => NOON + hours * HOUR));
  });

  it('goes on at its pace after a pause, as long as that was', async () => {
    const id = await request(8, { spreadOver: { hours: 8 } });
    await keep(id, NOON);
    expect(await call(id, NOON + 2 * HOUR)).toBe(3);
    // Stopped half an hour before the fourth one's turn; five and a half hours are left for five people.
    await stop(id, NOON + 2.5 * HOUR);
    const plan = await keep(id, NOON + 20 * HOUR);
    expect(plan).toMatchObject({ version: 2, people: 5, until: NOON + 25.5 * HOUR });
    expect(plan?.stoppedAt).toBeUndefined();
    expect(await dueOf(id)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5].map((hours) => NOON + (20 + hours) * HOUR));
  });

  it('until a moment lays those who are left over what is left of it, and calls them at once when it has passed', async () => {
    const until = new Date(NOON + 10 * HOUR).toISOString();
    const id = await request(10, { spreadOver: { until } });
    await keep(id, NOON);
    await call(id, NOON);
    await stop(id, NOON + 1);
    await keep(id, NOON + 4 * HOUR);
    expect((await dueOf(id)).slice(0, 2)).toEqual([NOON + 4 * HOUR, NOON + 4 * HOUR + (6 * HOUR) / 9]);
    await stop(id, NOON + 4 * HOUR);
    await keep(id, NOON + 11 * HOUR);
    expect(new Set(await dueOf(id))).toEqual(new Set([null]));
  });

  it('is laid out anew by an edit: of its hours for all of them, of anything else for what is left', async () => {
    const id = await request(6, { spreadOver: { hours: 6 } });
    await keep(id, NOON);
    expect(await call(id, NOON + HOUR)).toBe(2);
    await edit(id, { concurrency: 3 });
    expect(await keep(id, NOON + 2 * HOUR)).toMatchObject({ people: 4, until: NOON + 6 * HOUR });
    // However often it is edited, nobody's turn comes the sooner for it.
    await edit(id, { concurrency: 4 });
    await keep(id, NOON + 2.25 * HOUR);
    await edit(id, { concurrency: 5 });
    await keep(id, NOON + 2.5 * HOUR);
    expect((await dueOf(id)).map((at) => ((at ?? 0) - NOON) / HOUR)).toEqual([2.5, 3.375, 4.25, 5.125]);
    await edit(id, { spreadOver: { hours: 2 } });
    expect(await keep(id, NOON + 3 * HOUR)).toMatchObject({ people: 4, until: NOON + 5 * HOUR });
    await edit(id, { callingHours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '12:00', to: '16:00' }] });
    // An hour of the two is left today; the last ones are called tomorrow.
    expect(await keep(id, NOON + 3.5 * HOUR)).toMatchObject({ until: NOON + 25 * HOUR });
    await edit(id, { spreadOver: null });
    expect(await keep(id, NOON + 4 * HOUR)).toBeUndefined();
    expect(new Set(await dueOf(id))).toEqual(new Set([null]));
  });

  it('ends with the request, and goes back to its hours when the end moves', async () => {
    const id = await request(4, { spreadOver: { hours: 8 } }, new Date(NOON + 4 * HOUR));
    expect(await keep(id, NOON)).toMatchObject({ until: NOON + 4 * HOUR });
    expect(await dueOf(id)).toEqual([0, 1, 2, 3].map((hours) => NOON + hours * HOUR));
    await sql`update requests set end_at = ${new Date(NOON + 20 * HOUR)} where id = ${id}`;
    expect(await keep(id, NOON)).toMatchObject({ until: NOON + 8 * HOUR });
  });

  it('after an outage goes on at its pace, and calls nobody in a burst', async () => {
    const id = await request(6, { spreadOver: { hours: 6 } });
    await keep(id, NOON);
    await call(id, NOON);
    await keep(id, NOON + 31_000);
    const plan = await keep(id, NOON + 5 * HOUR);
    expect(plan).toMatchObject({ version: 2, people: 5 });
    const due = await dueOf(id);
    expect(due.filter((at) => (at ?? 0) <= NOON + 5 * HOUR)).toHaveLength(1);
    expect(plan?.until).toBe(NOON + 10 * HOUR);
  });

  it('of a place without permitted time leaves its people to their next opening', async () => {
    const id = await request(3, {
      callingHours: [{ days: [1], from: '00:00', to: '01:00' }],
      spreadOver: { until: new Date(NOON + HOUR).toISOString() },
    });
    await keep(id, NOON);
    expect(await dueOf(id)).toEqual([null, null, null]);
  });

  it('lays each place over its own hours', async () => {
    const id = await request(4, {
      callingHours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '17:00' }],
      spreadOver: { hours: 2 },
    });
    await sql`update records set time_zone = 'America/New_York' where request_id = ${id} and row > 2`;
    await keep(id, NOON);
    const nine = Date.parse('2026-03-02T14:00:00Z');
    expect(await dueOf(id)).toEqual([NOON, NOON + HOUR, nine, nine + HOUR]);
  });

  it('by two workers at once is done once', async () => {
    const id = await request(20, { spreadOver: { hours: 2 } });
    const plans = await Promise.all(Array.from({ length: 5 }, () => keep(id, NOON)));
    expect(plans.map((plan) => plan?.version)).toEqual([1, 1, 1, 1, 1]);
    expect(
      (await sql`select 1 from request_events where request_id = ${id} and type = 'SPREAD'`).length,
    ).toBe(1);
  });

  it('does nothing to a request that is not spread', async () => {
    const id = await request(2, {});
    expect(await keep(id, NOON)).toBeUndefined();
    expect(await dueOf(id)).toEqual([null, null]);
  });
});
