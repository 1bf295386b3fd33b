import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { people } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';

/** A call here takes about a quarter of a second, so there is always one to be caught in the middle. */
const engine = await testEngine({ speed: 30 });
const { sql } = engine.database;

async function attemptsBegun(requestId: number): Promise<number> {
  const [row] = await sql<
    { count: number }[]
  >`select count(*) as count from attempts where request_id = ${requestId}`;
  return row?.count ?? 0;
}

const begun = (requestId: number, atLeast: number) =>
  engine.until(async () => (await attemptsBegun(requestId)) >= atLeast);

/** Waits until no attempt of the request is in progress. */
const quiet = (requestId: number) =>
  engine.until(async () => {
    const open = await sql`select 1 from open_attempts where request_id = ${requestId}`;
    return open.length === 0;
  });

/** The moment of the database's clock from which a change holds. */
async function stopMoment(change: Promise<void>): Promise<Date> {
  await change;
  const [row] = await sql<{ now: Date }[]>`select clock_timestamp() as now`;
  if (!row) throw new Error('no clock');
  return row.now;
}

const begunAfter = async (requestId: number, moment: Date): Promise<number> => {
  const rows = await sql`select 1 from attempts where request_id = ${requestId} and reserved_at > ${moment}`;
  return rows.length;
};

/** Every record ended, every attempt settled, and what had begun has an ending of its own. */
async function expectAnsweredFor(requestId: number): Promise<void> {
  const [row] = await sql`
    select count(*)::int as records, count(ended_at)::int as ended,
           (select count(*)::int from attempts where request_id = ${requestId} and outcome is null) as unsettled,
           (select added from requests where id = ${requestId}) as added
    from records where request_id = ${requestId} and result = 'ACCEPTED'`;
  expect(row).toEqual({ records: row?.added, ended: row?.added, unsettled: 0, added: row?.added });
}

describe('pause', () => {
  it('lets calls in progress end, begins none after it, and resume calls the rest', async () => {
    const id = await engine.launch(people(0, 30), { concurrency: 5 });
    await begun(id, 8);
    const paused = await stopMoment(engine.change(id, { paused_at: new Date(), status: 'PAUSED' }));
    await quiet(id);
    const atPause = await attemptsBegun(id);
    expect(atPause).toBeLessThan(30);
    // News of any kind does not wake a paused request.
    await engine.advance(0, id);
    await engine.advance(0, id);
    expect(await begunAfter(id, paused)).toBe(0);
    expect(await engine.status(id)).toBe('PAUSED');
    await engine.change(id, { paused_at: null, status: 'IN_PROCESS' });
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 30 });
    expect(await attemptsBegun(id)).toBe(30);
  });
});

describe('cancel', () => {
  it('lets calls in progress end with their own outcome, and ends the others as cancelled', async () => {
    const id = await engine.launch(people(0, 30), { concurrency: 5 });
    await begun(id, 8);
    const cancelled = await stopMoment(engine.change(id, { cancelled_at: new Date() }));
    expect(await engine.finished(id)).toMatchObject({ status: 'CANCELLED' });
    expect(await begunAfter(id, cancelled)).toBe(0);
    await expectAnsweredFor(id);
    const outcomes = await engine.outcomes(id);
    expect(outcomes.ANSWERED).toBe(await attemptsBegun(id));
    expect((outcomes.ANSWERED ?? 0) + (outcomes.CANCELLED ?? 0)).toBe(30);
    expect(outcomes.CANCELLED).toBeGreaterThan(0);
  });

  it('by an operator in Temporal winds the request up in the same order', async () => {
    const id = await engine.launch(people(0, 30), { concurrency: 5 });
    await begun(id, 5);
    await engine.temporal.client.workflow.getHandle(`request/${id}`).cancel();
    expect(await engine.finished(id)).toMatchObject({ status: 'CANCELLED' });
    await expectAnsweredFor(id);
  });

  it('of a paused request ends it', async () => {
    const id = await engine.launch(people(0, 30), { concurrency: 5 });
    await begun(id, 5);
    await engine.change(id, { paused_at: new Date(), status: 'PAUSED' });
    await engine.change(id, { cancelled_at: new Date() });
    expect(await engine.finished(id)).toMatchObject({ status: 'CANCELLED' });
    await expectAnsweredFor(id);
  });
});

describe('times', () => {
  it('hold a request back until its start time', async () => {
    const startAt = new Date(engine.now().getTime() + 3_600_000);
    const id = await engine.launch(people(0, 5), { startAt });
    await engine.until(async () => (await engine.status(id)) === 'SCHEDULED');
    expect(await attemptsBegun(id)).toBe(0);
    await engine.advance(3_600_000, id);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 5 });
  });

  it('that close in mid-run stop new calls, and opening again the next day goes on', async () => {
    const zone = 'Asia/Kolkata';
    const local = DateTime.fromJSDate(engine.now(), { zone });
    // Open from midnight until the hour after next; on the last hours of a day, move to the morning first.
    if (local.hour >= 21) await engine.advance(4 * 3_600_000);
    const to = DateTime.fromJSDate(engine.now(), { zone }).plus({ hours: 2 }).startOf('hour');
    const id = await engine.launch(people(0, 30), {
      concurrency: 5,
      callingHours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: to.toFormat('HH:mm') }],
    });
    await begun(id, 8);
    await engine.advance(2 * 3_600_000, id);
    await quiet(id);
    await engine.until(async () => {
      const [row] = await sql<
        { next_due_at: Date | null }[]
      >`select next_due_at from requests where id = ${id}`;
      return row?.next_due_at ?? undefined;
    });
    const atClose = await attemptsBegun(id);
    expect(atClose).toBeLessThan(30);
    const [opening] = await sql<{ next_due_at: Date }[]>`select next_due_at from requests where id = ${id}`;
    expect(DateTime.fromJSDate(opening?.next_due_at ?? new Date(0), { zone }).toFormat('HH:mm')).toBe(
      '00:00',
    );
    await engine.advance(24 * 3_600_000 - 2 * 3_600_000, id);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 30 });
    // The workers' clock stood inside the window for every one of them.
    const hours = await sql<{ hour: string }[]>`
      select distinct to_char(reserved_at at time zone ${zone}, 'HH24:MI') as hour from attempts where request_id = ${id}`;
    for (const { hour } of hours) expect(hour < to.toFormat('HH:mm')).toBe(true);
  });

  it('that end a request let calls in progress end and name the rest expired', async () => {
    const endAt = new Date(engine.now().getTime() + 3_600_000);
    const id = await engine.launch(people(0, 30), { concurrency: 5, endAt });
    await begun(id, 8);
    await engine.advance(3_600_000, id);
    expect(await engine.finished(id)).toMatchObject({ status: 'EXPIRED' });
    await expectAnsweredFor(id);
    const late = await sql`select 1 from attempts where request_id = ${id} and reserved_at >= ${endAt}`;
    expect(late.length).toBe(0);
    expect((await engine.outcomes(id)).EXPIRED).toBeGreaterThan(0);
  });

  it('end a paused request too', async () => {
    const endAt = new Date(engine.now().getTime() + 3_600_000);
    const id = await engine.launch(people(0, 30), { concurrency: 5, endAt });
    await begun(id, 5);
    await engine.change(id, { paused_at: new Date(), status: 'PAUSED' });
    await engine.advance(3_600_000, id);
    expect(await engine.finished(id)).toMatchObject({ status: 'EXPIRED' });
    await expectAnsweredFor(id);
  });
});

describe('an open request', () => {
  it('calls people as they are added, and completes only once it is closed', async () => {
    const id = await engine.launch([], { open: true });
    await engine.until(async () => (await engine.status(id)) === 'IN_PROCESS');
    await engine.add(id, people(0, 2));
    await engine.until(async () => (await engine.outcomes(id)).ANSWERED === 2);
    await engine.add(id, people(5, 1));
    await engine.until(async () => (await engine.outcomes(id)).ANSWERED === 3);
    expect(await engine.status(id)).toBe('IN_PROCESS');
    await engine.change(id, { closed_at: new Date() });
    expect(await engine.finished(id)).toEqual({ status: 'COMPLETED', loaded: 3, added: 3 });
  });
});

describe('an edit in mid-run', () => {
  it('is followed by the next attempts, each of which names the policy version it ran under', async () => {
    const id = await engine.launch(people(0, 16), { concurrency: 2 });
    await begun(id, 4);
    await sql`
      insert into request_policies (request_id, version, account_id, policy, created_by)
      select request_id, 2, account_id, policy || '{"concurrency": 10}'::jsonb, 'test'
      from request_policies where request_id = ${id} and version = 1`;
    await engine.change(id, { policy_version: 2 });
    await engine.finished(id);
    const versions = await sql`
      select policy_version, count(*)::int as count from attempts where request_id = ${id}
      group by 1 order by 1`;
    expect(versions.map((row) => row.policy_version)).toEqual([1, 2]);
    expect(versions.reduce((sum, row) => sum + Number(row.count), 0)).toBe(16);
  });
});
