/** Pace of requests of one flow: each goes by its own policy's, and none is stopped by another's. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrozen } from '../../db/queries/frozen.ts';
import { type Reservation, reserveCalls } from '../../db/queries/reserve-calls.ts';
import { BURST_MS } from '../../domain/pacing.ts';
import { insertPeople, insertRequest, people, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const database = await testDatabase();
const { sql } = database;
const frozen = createFrozen(database);
const START = Date.UTC(2030, 0, 2, 6, 30);

/** Requests of one flow, one for each pace, whose people are asked for one by one. */
async function flowOf(paces: number[], each: number) {
  const accountId = await testAccount(database);
  await sql`update accounts set max_concurrent_calls = 10000 where id = ${accountId}`;
  const flowId = await testFlow(database, accountId, undefined, `flow-${Math.random()}`);
  const requests = await Promise.all(
    paces.map(async (callsPerSecond) => {
      const policy = testPolicy({ callsPerSecond, concurrency: 10_000 });
      const id = await insertRequest(database, { accountId, flowId, policy });
      await insertPeople(database, accountId, id, people(0, each));
      return { id, row: 1 };
    }),
  );
  const ask = async (which: number, at: number): Promise<Reservation | undefined> => {
    const request = requests[which];
    if (!request) throw new Error(`there is no request ${which}`);
    const items = [{ requestId: request.id, row: request.row, attemptNo: 1 }];
    const now = () => new Date(at);
    const lineState = () => ({ up: true }) as const;
    const [answer] = await reserveCalls(database, frozen, {
      ...{ accountId, flowId, items, now, lineState },
      provider: 'test',
    });
    if (answer?.kind === 'RESERVED') request.row += 1;
    return answer;
  };
  const setPace = async (which: number, callsPerSecond: number): Promise<void> => {
    const id = requests[which]?.id ?? 0;
    await sql`
      insert into request_policies (request_id, version, account_id, policy, created_by)
      select p.request_id, p.version + 1, p.account_id, p.policy || ${sql.json({ callsPerSecond })}, 'test'
      from request_policies p join requests r on r.id = p.request_id and r.policy_version = p.version
      where r.id = ${id}`;
    await sql`update requests set policy_version = policy_version + 1 where id = ${id}`;
  };
  return { ask, setPace };
}

describe('a request of a very slow pace', () => {
  it('that called lets the others of its flow call at theirs', async () => {
    const { ask } = await flowOf([0.000001, 10], 3);
    expect(await ask(0, START)).toMatchObject({ kind: 'RESERVED' });
    expect(await ask(0, START + 60_000)).toMatchObject({ kind: 'WAIT' });
    expect(await ask(1, START + 1)).toMatchObject({ kind: 'RESERVED' });
    expect(await ask(1, START + 201)).toMatchObject({ kind: 'RESERVED' });
  });

  it('calls again at once when its pace is set back', async () => {
    const { ask, setPace } = await flowOf([10], 3);
    expect(await ask(0, START)).toMatchObject({ kind: 'RESERVED' });
    await setPace(0, 0.000001);
    expect(await ask(0, START + 1_000)).toMatchObject({ kind: 'RESERVED' });
    expect(await ask(0, START + 2_000)).toMatchObject({ kind: 'WAIT' });
    await setPace(0, 10);
    expect(await ask(0, START + 2_000)).toMatchObject({ kind: 'RESERVED' });
  });
});

describe('requests of one flow', () => {
  it('of the same pace keep it together, and no pace is ever exceeded by its own', async () => {
    const paces = [0.01, 1, 5, 5];
    const asks = fc.array(
      fc.record({ which: fc.nat(3), afterMs: fc.constantFrom(0, 20, 90, 150, 900, 60_000) }),
      {
        minLength: 20,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(asks, async (given) => {
        const { ask } = await flowOf(paces, given.length);
        const begun = new Map<number, number[]>();
        let at = START;
        for (const { which, afterMs } of given) {
          at += afterMs;
          const pace = paces[which] ?? 0;
          const before = begun.get(pace) ?? [];
          if ((await ask(which, at))?.kind === 'RESERVED') begun.set(pace, [...before, at]);
          // Nobody waits longer than one interval of the pace that is asked for.
          else expect(at - (before.at(-1) ?? 0)).toBeLessThan(1000 / pace);
        }
        for (const [pace, times] of begun) {
          times.forEach((first, from) => {
            times.slice(from + 1).forEach((later, more) => {
              expect(later - first).toBeGreaterThanOrEqual(((more + 1) * 1000) / pace - BURST_MS);
            });
          });
        }
      }),
      { numRuns: 5 },
    );
  });
});
