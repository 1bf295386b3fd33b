/** Hours on a running engine: each person's own zone, holidays, lateness and edits, as the ledger shows them. */
import { DateTime } from 'luxon';
import { afterEach, describe, expect, it } from 'vitest';
import { people } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';

/** A call here takes about a quarter of a second, so there is always one to be caught in the middle. */
const engine = await testEngine({ speed: 30 });
const { sql } = engine.database;
const HOUR_MS = 3_600_000;
const KOLKATA = 'Asia/Kolkata';
const ALL = [1, 2, 3, 4, 5, 6, 7];

const local = (): DateTime => DateTime.fromJSDate(engine.now(), { zone: KOLKATA });

/** Moves the workers' clock on to an hour of the day in India. */
async function moveTo(hour: number): Promise<void> {
  const now = local();
  const today = now.startOf('day').set({ hour });
  const next = today > now ? today : today.plus({ days: 1 });
  await engine.advance(next.toMillis() - now.toMillis());
}

/** Fifty seconds of the workers' clock between two calls: after the first, no other begins before it is moved on. */
const SELDOM = { callsPerSecond: 0.02 };
const BETWEEN_MS = 50_000;
const AT_ONCE = { callsPerSecond: 10_000 };

/** When the request's next call is due, once that is noted. */
const nextDue = (id: number): Promise<Date> =>
  engine.until(async () => {
    const [row] = await sql<
      { next_due_at: Date | null }[]
    >`select next_due_at from requests where id = ${id}`;
    return row?.next_due_at ?? undefined;
  });

const begun = async (id: number): Promise<number> => {
  const [row] = await sql<
    { count: number }[]
  >`select count(*)::int as count from attempts where request_id = ${id}`;
  return row?.count ?? 0;
};

/** Has a request keep a calendar, as an edit does. */
async function edit(id: number, policy: object): Promise<void> {
  const [row] = await sql<{ version: number }[]>`
    insert into request_policies (request_id, version, account_id, policy, created_by)
    select p.request_id, p.version + 1, p.account_id, p.policy || ${sql.json(policy as never)}, 'test'
    from request_policies p join requests r on r.id = p.request_id and r.policy_version = p.version
    where r.id = ${id} returning version`;
  await engine.change(id, { policy_version: row?.version ?? 0 });
}

const evidenceOf = async (id: number) =>
  sql<
    {
      row: number;
      reserved_at: Date;
      policy_version: number;
      hours: {
        zoneSource: string;
        zones: string[];
        rules: { id: string; from: string; to: string; open: boolean }[];
      };
    }[]
  >`
    select row, reserved_at, policy_version, evidence -> 'hours' as hours from attempts
    where request_id = ${id} order by reserved_at`;

afterEach(async () => {
  await sql`delete from holiday_calendars`;
});

describe('each person’s own zone', () => {
  it('decides when they are called, and the attempt keeps zone, source and window as evidence', async () => {
    await moveTo(10);
    // At 10:00 in India it is 04:30 or 05:30 in Berlin: open there four or five hours later.
    const id = await engine.launch([], {
      open: true,
      callingHours: [{ days: ALL, from: '09:00', to: '18:00' }],
    });
    await engine.add(id, people(0, 4));
    await sql`update records set time_zone = 'Europe/Berlin' where request_id = ${id} and row > 2`;
    await engine.change(id, { closed_at: new Date() });
    await engine.until(async () => (await engine.outcomes(id)).ANSWERED === 2);
    await nextDue(id);
    expect(await begun(id)).toBe(2);
    await engine.advance(5 * HOUR_MS, id);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    for (const { row, reserved_at: at, hours } of await evidenceOf(id)) {
      const zone = row > 2 ? 'Europe/Berlin' : KOLKATA;
      expect(hours).toMatchObject({
        zoneSource: row > 2 ? 'COLUMN' : 'ACCOUNT',
        zones: [zone],
        rules: [{ id: 'FLOW_HOURS', zone, from: '09:00', to: '18:00', open: true }],
      });
      const time = DateTime.fromJSDate(at, { zone }).toFormat('HH:mm');
      expect(time >= '09:00' && time < '18:00').toBe(true);
    }
  });
});

describe('a holiday added while a request runs', () => {
  it('holds the rest back until the next day, although the policy was frozen before', async () => {
    await moveTo(10);
    const [calendar] = await sql<{ id: number }[]>`
      insert into holiday_calendars (account_id, name) values (${engine.accountId}, 'India') returning id`;
    const id = await engine.launch(people(0, 6), { ...SELDOM, holidayCalendars: ['India'] });
    await engine.until(async () => (await begun(id)) === 1);
    const added = local().toISODate() ?? '';
    await sql`
      insert into holidays (calendar_id, account_id, date, name)
      values (${calendar?.id ?? 0}, ${engine.accountId}, ${added}::date, 'Election day')`;
    await engine.advance(BETWEEN_MS, id);
    const next = DateTime.fromJSDate(await nextDue(id), { zone: KOLKATA });
    expect(await begun(id)).toBe(1);
    expect(next.toFormat('yyyy-MM-dd HH:mm')).toBe(`${local().plus({ days: 1 }).toISODate()} 00:00`);
    await edit(id, AT_ONCE);
    await engine.advance(14 * HOUR_MS, id);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    const days = (await evidenceOf(id)).map(({ reserved_at: at }) =>
      DateTime.fromJSDate(at, { zone: KOLKATA }).toISODate(),
    );
    expect(days.filter((day) => day === added)).toHaveLength(1);
  });
});

describe('an edit in mid-run', () => {
  it('is followed by attempts that wait for their turn already: closing the hours lets none of them begin', async () => {
    await moveTo(12);
    // All others of the page wait in the turnstile.
    const id = await engine.launch(people(0, 6), SELDOM);
    await engine.until(async () => (await begun(id)) === 1);
    await edit(id, { callingHours: [{ days: ALL, from: '08:00', to: '09:00' }] });
    await engine.advance(BETWEEN_MS, id);
    await nextDue(id);
    expect(await begun(id)).toBe(1);
    await edit(id, { callingHours: null, ...AT_ONCE });
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    const attempts = await evidenceOf(id);
    expect(attempts.map((one) => one.policy_version)).toEqual([1, 3, 3, 3, 3, 3]);
  });

  it('that pauses one second before a turn lets it not begin', async () => {
    const startAt = new Date(engine.now().getTime() + HOUR_MS);
    const id = await engine.launch(people(0, 3), { startAt });
    await engine.until(async () => (await engine.status(id)) === 'SCHEDULED');
    await sql.begin(async (holding) => {
      // Reservations read the request's row under a lock: however slow the machine, none comes before the pause.
      await holding`select 1 from requests where id = ${id} for no key update`;
      await engine.advance(startAt.getTime() - 1_000 - engine.now().getTime());
      await holding`update requests set paused_at = now(), status = 'PAUSED' where id = ${id}`;
    });
    await engine.change(id, { status: 'PAUSED' });
    await engine.advance(HOUR_MS, id);
    expect(await begun(id)).toBe(0);
    await engine.change(id, { paused_at: null, status: 'SCHEDULED' });
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('may put a start off that has not come, and a request that is put off calls nobody', async () => {
    const startAt = new Date(engine.now().getTime() + HOUR_MS);
    const id = await engine.launch(people(0, 3), { startAt });
    await engine.until(async () => (await engine.status(id)) === 'SCHEDULED');
    await engine.change(id, { start_at: new Date(startAt.getTime() + 2 * HOUR_MS) });
    await engine.advance(HOUR_MS + 60_000, id);
    await engine.advance(0, id);
    expect(await begun(id)).toBe(0);
    await engine.advance(2 * HOUR_MS, id);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
  });
});

describe('people whose hours are closed when the request ends', () => {
  /** Two may be called until the end; two more have closed before it. */
  async function ending(onLate: 'SKIP' | 'SEND'): Promise<{ id: number; endAt: Date }> {
    await moveTo(17);
    const endAt = new Date(engine.now().getTime() + 2 * HOUR_MS);
    const id = await engine.launch([], {
      open: true,
      endAt,
      onLate,
      callingHours: [{ days: ALL, from: '09:00', to: '18:00' }],
    });
    await engine.add(id, people(0, 4));
    // 18:00 in Tokyo is 14:30 in India: closed already. It opens after the end, at 05:30 there.
    await sql`update records set time_zone = 'Asia/Tokyo' where request_id = ${id} and row > 2`;
    await engine.change(id, { closed_at: new Date() });
    await engine.until(async () => (await engine.outcomes(id)).ANSWERED === 2);
    await engine.advance(2 * HOUR_MS, id);
    return { id, endAt };
  }

  it('expire where the flow skips what is late, and their records say why', async () => {
    const { id } = await ending('SKIP');
    expect(await engine.finished(id)).toMatchObject({ status: 'EXPIRED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 2, EXPIRED: 2 });
    const rows = await sql`select detail from records where request_id = ${id} and outcome = 'EXPIRED'`;
    for (const { detail } of rows)
      expect(detail).toBe("late: closed by the clock of Asia/Tokyo when the request's end time passed");
  });

  it('are called at the next hour that is open for them, never before, where it sends it', async () => {
    const { id, endAt } = await ending('SEND');
    await engine.until(async () => {
      const events =
        await sql`select 1 from request_events where request_id = ${id} and type = 'SENDING_LATE'`;
      return events.length > 0;
    });
    expect(await begun(id)).toBe(2);
    await engine.advance(11 * HOUR_MS, id);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 4 });
    for (const { row, reserved_at: at } of await evidenceOf(id)) {
      if (row <= 2) continue;
      expect(at.getTime()).toBeGreaterThan(endAt.getTime());
      const time = DateTime.fromJSDate(at, { zone: 'Asia/Tokyo' }).toFormat('HH:mm');
      expect(time >= '09:00' && time < '18:00').toBe(true);
    }
  });
});
