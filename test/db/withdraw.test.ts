import { describe, expect, it } from 'vitest';
import { createFrozen } from '../../db/queries/frozen.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { settleAttempts } from '../../db/queries/settle-attempts.ts';
import { withdrawAttempt } from '../../db/queries/withdraw-attempt.ts';
import { attemptId } from '../../domain/attempt-id.ts';
import { insertPeople, insertRequest, people, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const database = await testDatabase();
const { sql } = database;
const frozen = createFrozen(database);

async function campaign() {
  const accountId = await testAccount(database);
  const flowId = await testFlow(database, accountId);
  const retries = { FAILED: { times: 3, intervalMs: 0 } };
  const policy = testPolicy({ retries: { ...testPolicy().retries, ...retries } });
  const requestId = await insertRequest(database, { accountId, flowId, policy });
  await insertPeople(database, accountId, requestId, people(0, 2));
  const reserve = async (attemptNo = 1, at = new Date()) => {
    const [answer] = await reserveCalls(database, frozen, {
      accountId,
      flowId,
      provider: 'test',
      items: [{ requestId, row: 1, attemptNo }],
      lineState: () => ({ up: true }),
      now: () => at,
    });
    return answer;
  };
  const withdraw = (reservedAt: Date, attemptNo = 1) =>
    withdrawAttempt(database, { accountId, requestId, row: 1, attemptNo, reservedAt });
  const idOf = (attemptNo = 1) => attemptId({ requestId, row: 1, attemptNo, step: 0 });
  const settle = (outcome: 'FAILED' | 'ANSWERED', attemptNo = 1) =>
    settleAttempts(database, frozen, [
      { accountId, attemptId: idOf(attemptNo), outcome, cause: 'test', settledAt: new Date() },
    ]);
  /** Everything a reservation touches. */
  const books = async () => {
    const [record] = await sql`
      select attempts, last_attempt_id, outcome, due_at, ended_at from records where request_id = ${requestId} and row = 1`;
    const attempts = await sql`select id, outcome from attempts where request_id = ${requestId} order by id`;
    const open = await sql`select attempt_id from open_attempts where request_id = ${requestId}`;
    const tallies = await sql`
      select kind, value, sum(count)::int as count from request_tallies
      where request_id = ${requestId} group by 1, 2 order by 1, 2`;
    return { record, attempts: [...attempts], open: [...open], tallies: [...tallies] };
  };
  return { accountId, requestId, reserve, withdraw, settle, books, idOf };
}

describe('a reservation that is withdrawn', () => {
  it('leaves ledger, record and counters as they were, at the first attempt', async () => {
    const { reserve, withdraw, books } = await campaign();
    const before = await books();
    const at = new Date();
    expect((await reserve(1, at))?.kind).toBe('RESERVED');
    expect(await withdraw(at)).toBe('WITHDRAWN');
    expect(await books()).toEqual(before);
  });

  it('leaves them so at a later attempt, with what the one before had ended as', async () => {
    const { reserve, withdraw, settle, books } = await campaign();
    await reserve();
    await settle('FAILED');
    await sql`update records set due_at = null`;
    const before = await books();
    const at = new Date();
    expect((await reserve(2, at))?.kind).toBe('RESERVED');
    expect(await withdraw(at, 2)).toBe('WITHDRAWN');
    expect(await books()).toEqual(before);
    expect(before.record?.outcome).toBe('FAILED');
  });

  it('can be made anew, under the same id, and is settled once', async () => {
    const { reserve, withdraw, settle, books, idOf } = await campaign();
    const at = new Date();
    await reserve(1, at);
    await withdraw(at);
    expect(await reserve(1, new Date(at.getTime() + 1))).toMatchObject({
      kind: 'RESERVED',
      attempt: { id: idOf() },
    });
    await settle('ANSWERED');
    const { record, attempts, open } = await books();
    expect([record?.attempts, record?.outcome, attempts.length, open.length]).toEqual([1, 'ANSWERED', 1, 0]);
  });

  it('is not a newer one of the same attempt: a worker that was held up takes nothing from the one that calls', async () => {
    const { reserve, withdraw, books } = await campaign();
    const first = new Date();
    await reserve(1, first);
    await withdraw(first);
    await reserve(1, new Date(first.getTime() + 20_000));
    const before = await books();
    expect(await withdraw(first)).toBe('NOT_THERE');
    expect(await books()).toEqual(before);
    expect(before.open.length).toBe(1);
  });

  it('is not one that is settled, nor one whose flow has begun', async () => {
    const { reserve, withdraw, settle, books, accountId, idOf } = await campaign();
    const at = new Date();
    await reserve(1, at);
    await sql`insert into journeys (attempt_id, account_id) values (${idOf()}, ${accountId})`;
    expect(await withdraw(at)).toBe('HAS_BEGUN');
    await settle('ANSWERED');
    const before = await books();
    expect(await withdraw(at)).toBe('NOT_THERE');
    expect(await books()).toEqual(before);
  });

  it('is withdrawn by one of two who try at once', async () => {
    const { reserve, withdraw } = await campaign();
    const at = new Date();
    await reserve(1, at);
    expect((await Promise.all([withdraw(at), withdraw(at)])).sort()).toEqual(['NOT_THERE', 'WITHDRAWN']);
  });
});

it('an attempt asked for twice in one batch is reserved once', async () => {
  const { accountId, requestId } = await campaign();
  const [row] = await sql<{ flow_id: number }[]>`select flow_id from requests where id = ${requestId}`;
  const item = { requestId, row: 1, attemptNo: 1 };
  const answers = await reserveCalls(database, frozen, {
    accountId,
    flowId: row?.flow_id ?? 0,
    provider: 'test',
    items: [item, item],
    lineState: () => ({ up: true }),
    now: () => new Date(),
  });
  expect(answers.map(({ kind }) => kind)).toEqual(['RESERVED', 'EXISTS']);
});
