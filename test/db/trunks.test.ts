import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createLines } from '../../activities/lines.ts';
import { createTurnstile } from '../../activities/turnstile.ts';
import { openDatabase } from '../../db/client.ts';
import { createFrozen } from '../../db/queries/frozen.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { settleAttempts } from '../../db/queries/settle-attempts.ts';
import { BURST_MS } from '../../domain/pacing.ts';
import type { LineState } from '../../domain/trunk.ts';
import { insertPeople, insertRequest, people, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { testTrunk } from '../support/trunks.ts';

const database = await testDatabase();
const { sql } = database;

const UP: LineState = { up: true };

/** A request of a flow of its own. */
async function campaign(accountId: number, count: number, over: Parameters<typeof testPolicy>[0] = {}) {
  const flowId = await testFlow(database, accountId, undefined, `flow-${Math.random()}`);
  const requestId = await insertRequest(database, { accountId, flowId, policy: testPolicy(over) });
  await insertPeople(database, accountId, requestId, people(0, count));
  const items = Array.from({ length: count }, (_, index) => ({ requestId, row: index + 1, attemptNo: 1 }));
  return { accountId, flowId, requestId, items };
}

const frozen = createFrozen(database);
const reserve = (
  { accountId, flowId, items }: Awaited<ReturnType<typeof campaign>>,
  lineState: (line: { endpoint: string } | undefined) => LineState = () => UP,
) =>
  reserveCalls(database, frozen, {
    accountId,
    flowId,
    provider: 'test',
    items,
    lineState,
    now: () => new Date(),
  });

/** Pace that never matters, where a test is about something else. */
const FAST = { maxCallsPerSecond: 10_000 };

describe('calls of an account', () => {
  it('without trunks leave by the default line', async () => {
    const made = await campaign(await testAccount(database), 1);
    const [answer] = await reserve(made);
    expect(answer).toMatchObject({ kind: 'RESERVED', attempt: { callerId: undefined } });
    expect(answer?.kind === 'RESERVED' && answer.attempt.line).toBeUndefined();
    const [attempt] = await sql`select trunk_id from attempts where request_id = ${made.requestId}`;
    expect(attempt?.trunk_id).toBeNull();
  });

  it('are spread over its trunks by how loaded each is for its size, and each attempt names its own', async () => {
    const accountId = await testAccount(database);
    const small = await testTrunk(database, accountId, 'small', { ...FAST, maxConcurrentCalls: 2 });
    const large = await testTrunk(database, accountId, 'large', { ...FAST, maxConcurrentCalls: 6 });
    const made = await campaign(accountId, 8, { callsPerSecond: 10_000 });
    // At a thousand calls a second for the account, as many as asked for fit into a batch.
    const answers = await reserve(made);
    expect(answers.map(({ kind }) => kind)).toEqual(Array(8).fill('RESERVED'));
    const rows = await sql`
      select trunk_id, count(*)::int as calls from attempts where request_id = ${made.requestId} group by 1 order by 1`;
    expect([...rows]).toEqual([
      { trunk_id: small, calls: 2 },
      { trunk_id: large, calls: 6 },
    ]);
    const open = await sql`select trunk_id from open_attempts where request_id = ${made.requestId}`;
    expect(open.filter((row) => row.trunk_id === small).length).toBe(2);
  });

  it('carry the trunk’s endpoint, codecs and caller ids to whoever places them', async () => {
    const accountId = await testAccount(database);
    const trunkId = await testTrunk(database, accountId, 'one', {
      callerIds: ['+911140000001', '+911140000002'],
      codecs: ['g722', 'alaw'],
    });
    const made = await campaign(accountId, 2);
    const answers = await reserve(made);
    const line = { trunkId, endpoint: `one-${accountId}`, codecs: ['g722', 'alaw'] };
    expect(answers).toMatchObject([
      { attempt: { line, callerId: '+911140000001' } },
      { attempt: { line, callerId: '+911140000002' } },
    ]);
    const senders = await sql`select sender from attempts where request_id = ${made.requestId} order by row`;
    expect(senders.map((row) => row.sender)).toEqual(['+911140000001', '+911140000002']);
  });

  it('leave by another trunk while one is away, and by none while the flow’s own is', async () => {
    const accountId = await testAccount(database);
    await testTrunk(database, accountId, 'first', { priority: 1 });
    const second = await testTrunk(database, accountId, 'second');
    const firstAway = (line: { endpoint: string } | undefined): LineState =>
      line?.endpoint.startsWith('first') ? { up: false, why: 'no answer' } : UP;
    const any = await reserve(await campaign(accountId, 1), firstAway);
    expect(any).toMatchObject([{ kind: 'RESERVED', attempt: { line: { trunkId: second } } }]);
    const own = await campaign(accountId, 1, { trunk: 'first' });
    expect(await reserve(own, firstAway)).toEqual([{ kind: 'AWAY', why: 'first: no answer' }]);
    const rows = await sql`select 1 from attempts where request_id = ${own.requestId}`;
    expect(rows.length).toBe(0);
  });

  it('wait while every trunk is disabled, rather than leave by the default line', async () => {
    const accountId = await testAccount(database);
    await testTrunk(database, accountId, 'off', { enabled: false });
    expect(await reserve(await campaign(accountId, 1))).toEqual([
      { kind: 'AWAY', why: 'every trunk of the account is disabled' },
    ]);
  });
});

describe('a call to us', () => {
  it('takes a place of the account from those we call only once it is let in', async () => {
    const accountId = await testAccount(database, { maxConcurrentCalls: 1 });
    const id = crypto.randomUUID();
    await sql`
      insert into attempts (id, account_id, direction, attempt_no, medium, flow_id, flow_version, address, provider)
      values (${id}, ${accountId}, 'in', 1, 'voice', 1, 1, '+919811000001', 'test')`;
    await sql`
      insert into open_attempts (attempt_id, account_id, flow_id, medium, admitted_at)
      values (${id}, ${accountId}, 1, 'voice', now())`;
    const made = await campaign(accountId, 1);
    expect((await reserve(made)).map(({ kind }) => kind)).toEqual(['WAIT']);
    await sql`update open_attempts set admitted_at = null where attempt_id = ${id}`;
    expect((await reserve(made)).map(({ kind }) => kind)).toEqual(['RESERVED']);
  });
});

describe('a request whose calls wait for a line', () => {
  const down = (why: string) => (): LineState => ({ up: false, why });
  const eventsOf = async (requestId: number): Promise<string[]> =>
    (await sql`select type from request_events where request_id = ${requestId} order by id`).map(
      (row) => row.type,
    );

  it('says so once for each wait, however many calls wait and look, and when they go on', async () => {
    const made = await campaign(await testAccount(database), 3);
    await reserve(made, down('no answer'));
    await reserve(made, down('no answer'));
    await reserve(made, down('refused'));
    expect(await eventsOf(made.requestId)).toEqual(['TRUNK_UNAVAILABLE']);
    const [waiting] = await sql`select line_away_why from requests where id = ${made.requestId}`;
    expect(waiting?.line_away_why).toBe('refused');
    await reserve({ ...made, items: made.items.slice(0, 1) });
    await reserve({ ...made, items: made.items.slice(1, 2) });
    expect(await eventsOf(made.requestId)).toEqual(['TRUNK_UNAVAILABLE', 'TRUNK_AVAILABLE']);
    await reserve(made, down('again'));
    expect(await eventsOf(made.requestId)).toHaveLength(3);
  });

  it('is not written again for each worker’s own moment of the same trouble', async () => {
    const made = await campaign(await testAccount(database), 1);
    const written = async () =>
      (await sql`select xmin::text, line_away_why as why from requests where id = ${made.requestId}`)[0];
    await reserve(made, down('no answer since 2026-01-31T09:00:00.123Z (since 2026-01-31T09:00:01.000Z)'));
    const first = await written();
    await reserve(made, down('no answer since 2026-01-31T09:00:07.456Z (since 2026-01-31T09:00:08.000Z)'));
    expect(await written()).toEqual(first);
    await reserve(made, down('refused since 2026-01-31T09:00:07.456Z'));
    expect((await written())?.why).toContain('refused');
  });

  it('does not wait while another worker can call by the line', async () => {
    const made = await campaign(await testAccount(database), 1);
    const other = (seenAt: Date) => sql`
      insert into trunk_health (worker, trunk_id, account_id, up, why, since, seen_at)
      values ('other:1', 0, 0, true, '', ${seenAt}, ${seenAt})
      on conflict (worker, trunk_id) do update set seen_at = excluded.seen_at`;
    await other(new Date());
    await reserve(made, down('my server is away'));
    expect(await eventsOf(made.requestId)).toEqual([]);
    await other(new Date(Date.now() - 60_000));
    await reserve(made, down('my server is away'));
    expect(await eventsOf(made.requestId)).toEqual(['TRUNK_UNAVAILABLE']);
  });

  it('that is paused waits for a line no longer, without saying that calls go on', async () => {
    const made = await campaign(await testAccount(database), 1);
    await reserve(made, down('no answer'));
    await sql`update requests set paused_at = now() where id = ${made.requestId}`;
    expect((await reserve(made, down('no answer'))).map(({ kind }) => kind)).toEqual(['STOPPED']);
    const [request] = await sql`select line_away_since from requests where id = ${made.requestId}`;
    expect(request?.line_away_since).toBeNull();
    expect(await eventsOf(made.requestId)).toEqual(['TRUNK_UNAVAILABLE']);
  });
});

describe('two workers', () => {
  it.each([
    { what: 'calls at once', limit: { maxConcurrentCalls: 5, maxCallsPerSecond: 10_000 }, callMs: 100 },
    { what: 'calls a second', limit: { maxConcurrentCalls: 1_000, maxCallsPerSecond: 40 }, callMs: 10 },
  ])('keep a trunk’s $what over both of them, and over its flows', async ({ limit, callMs }) => {
    const accountId = await testAccount(database, { maxCallsPerSecond: 10_000 });
    const trunkId = await testTrunk(database, accountId, 'shared', limit);
    const flows = await Promise.all([campaign(accountId, 40), campaign(accountId, 40)]);
    const workers = [1, 2].map(() => {
      const db = openDatabase(database.url, 4);
      const reading = openDatabase(database.url, 1);
      afterAll(() => Promise.all([db.close(), reading.close()]));
      const known = createFrozen(reading);
      const lines = createLines({ state: () => UP, stateChanged: () => new Promise(() => {}) });
      const turnstile = createTurnstile({
        db,
        frozen: known,
        provider: 'test',
        lines,
        now: () => new Date(),
      });
      return { db, known, turnstile };
    });
    const call = async (
      at: number,
      flow: (typeof flows)[number],
      item: (typeof flows)[number]['items'][number],
    ) => {
      const worker = workers[at % 2];
      if (!worker) throw new Error('no worker');
      const admission = await worker.turnstile.reserve(
        { ...item, accountId, flowId: flow.flowId },
        new AbortController().signal,
      );
      if (admission.kind !== 'RESERVED') throw new Error(`not reserved: ${admission.kind}`);
      await sleep(callMs);
      await settleAttempts(worker.db, worker.known, [
        {
          accountId,
          attemptId: admission.attempt.id,
          outcome: 'ANSWERED',
          cause: 'test',
          settledAt: new Date(),
        },
      ]);
      worker.turnstile.freed(flow.flowId);
    };
    await Promise.all(flows.flatMap((flow) => flow.items.map((item, index) => call(index, flow, item))));
    const [found] = await sql<{ calls: number; most: number; within: number }[]>`
      with mine as (select reserved_at, settled_at from attempts where trunk_id = ${trunkId}),
      running as (
        select sum(change) over (order by at, change) as calls
        from (select reserved_at as at, 1 as change from mine union all select settled_at, -1 from mine) moments),
      pace as (
        select count(*) over (order by reserved_at range between current row and interval '999 milliseconds' following)
          as within from mine)
      select (select count(*)::int from mine) as calls, (select max(calls)::int from running) as most,
             (select max(within)::int from pace) as within`;
    expect(found?.calls).toBe(80);
    expect(found?.most).toBeLessThanOrEqual(limit.maxConcurrentCalls);
    // The limit is what held them: without it there would have been more.
    if (limit.maxConcurrentCalls === 5) expect(found?.most).toBe(5);
    const perSecond = limit.maxCallsPerSecond;
    expect(found?.within).toBeLessThanOrEqual(perSecond + (perSecond * BURST_MS) / 1000 + 1);
  });
});
