import { describe, expect, it } from 'vitest';
import { createFrozen } from '../../db/queries/frozen.ts';
import { countByAttempt, countByHour, readPace } from '../../db/queries/request-details.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { settleAttempts } from '../../db/queries/settle-attempts.ts';
import { attemptId } from '../../domain/attempt-id.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { insertPeople, insertRequest, people, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const database = await testDatabase();
const frozen = createFrozen(database);

async function campaign(count: number) {
  const accountId = await testAccount(database);
  const flowId = await testFlow(database, accountId, undefined, `flow-${Math.random()}`);
  const requestId = await insertRequest(database, { accountId, flowId, policy: testPolicy() });
  await insertPeople(database, accountId, requestId, people(0, count));
  const key = { accountId, requestId };
  return {
    ...key,
    key,
    reserve: (row: number, attemptNo: number) =>
      reserveCalls(database, frozen, {
        accountId,
        flowId,
        provider: 'test',
        items: [{ requestId, row, attemptNo }],
        lineState: () => ({ up: true }),
        now: () => new Date(),
      }),
    settle: (row: number, attemptNo: number, outcome: Outcome, at: string) =>
      settleAttempts(database, frozen, [
        {
          accountId,
          attemptId: attemptId({ requestId, row, attemptNo, step: 0 }),
          outcome,
          cause: 'test',
          settledAt: new Date(at),
        },
      ]),
  };
}

describe('when attempts ended', () => {
  it('is counted once for each, by the quarter of an hour, its number and its outcome', async () => {
    const { reserve, settle, key } = await campaign(3);
    for (const row of [1, 2, 3]) expect(await reserve(row, 1)).toMatchObject([{ kind: 'RESERVED' }]);
    await settle(1, 1, 'ANSWERED', '2026-03-01T09:29:59Z');
    await settle(1, 1, 'BUSY', '2026-03-01T09:30:01Z');
    await settle(2, 1, 'BUSY', '2026-03-01T09:30:01Z');
    await settle(3, 1, 'ANSWERED', '2026-03-01T09:40:00Z');
    expect([...(await countByAttempt(database, key))]).toEqual([
      { attemptNo: 1, outcome: 'ANSWERED', count: 2 },
      { attemptNo: 1, outcome: 'BUSY', count: 1 },
    ]);
    // India's hours begin at half past ten by UTC's minutes.
    const hours = await countByHour(database, { ...key, timeZone: 'Asia/Kolkata', hours: 100 });
    expect(hours.map(({ at, outcome, count }) => [at.toISOString(), outcome, count])).toEqual([
      ['2026-03-01T08:30:00.000Z', 'ANSWERED', 1],
      ['2026-03-01T09:30:00.000Z', 'ANSWERED', 1],
      ['2026-03-01T09:30:00.000Z', 'BUSY', 1],
    ]);
    const inUtc = await countByHour(database, { ...key, timeZone: 'UTC', hours: 100 });
    expect(inUtc.map(({ outcome, count }) => [outcome, count])).toEqual([
      ['ANSWERED', 2],
      ['BUSY', 1],
    ]);
    const newest = await countByHour(database, { ...key, timeZone: 'Asia/Kolkata', hours: 1 });
    expect(newest.map(({ at }) => at.toISOString())).toEqual(Array(2).fill('2026-03-01T09:30:00.000Z'));
  });

  it('has what a rule forbade at the last moment', async () => {
    const { reserve, key, accountId } = await campaign(1);
    await database.sql`insert into blacklist_phones (account_id, number) values (${accountId}, ${people(0, 1)[0] ?? ''})`;
    expect(await reserve(1, 1)).toMatchObject([{ kind: 'BLOCKED' }]);
    expect([...(await countByAttempt(database, key))]).toEqual([
      { attemptNo: 1, outcome: 'BLOCKED', count: 1 },
    ]);
  });

  it('is one request’s alone', async () => {
    const [mine, other] = [await campaign(1), await campaign(1)];
    await mine.reserve(1, 1);
    await mine.settle(1, 1, 'ANSWERED', '2026-03-01T09:00:00Z');
    expect(await countByAttempt(database, other.key)).toEqual([]);
    expect(await countByAttempt(database, { ...mine.key, accountId: other.accountId })).toEqual([]);
  });
});

describe('the pace', () => {
  it('is what began in the last minute, ended or not', async () => {
    const { reserve, settle, key, requestId } = await campaign(3);
    for (const row of [1, 2, 3]) await reserve(row, 1);
    await settle(1, 1, 'ANSWERED', new Date().toISOString());
    const now = new Date(Date.now() + 1_000);
    expect(await readPace(database, { ...key, now })).toEqual({ lastMinute: 3, lastTenSeconds: 3 });
    await database.sql`
      update attempts set reserved_at = ${new Date(now.getTime() - 20_000)} where request_id = ${requestId} and row = 1`;
    await database.sql`
      update attempts set reserved_at = ${new Date(now.getTime() - 61_000)} where request_id = ${requestId} and row = 2`;
    expect(await readPace(database, { ...key, now })).toEqual({ lastMinute: 2, lastTenSeconds: 1 });
  });
});
