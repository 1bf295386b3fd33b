import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { createFrozen } from '../../db/queries/frozen.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { reserveStep } from '../../db/queries/reserve-step.ts';
import { type Settlement, settleAttempts } from '../../db/queries/settle-attempts.ts';
import { attemptId } from '../../domain/attempt-id.ts';
import { insertPeople, insertRequest, people, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { putOnRegister } from '../support/register.ts';

const database = await testDatabase();
const { sql } = database;
const frozen = createFrozen(database);

/** A request of one flow with these people, and a way to reserve their first attempts. */
async function campaign(
  count: number,
  over: Parameters<typeof testPolicy>[0] = {},
  name = `flow-${Math.random()}`,
) {
  const accountId = await testAccount(database);
  const flowId = await testFlow(database, accountId, undefined, name);
  const requestId = await insertRequest(database, { accountId, flowId, policy: testPolicy(over) });
  await insertPeople(database, accountId, requestId, people(0, count));
  const items = Array.from({ length: count }, (_, index) => ({ requestId, row: index + 1, attemptNo: 1 }));
  const reserve = () =>
    reserveCalls(database, frozen, {
      accountId,
      flowId,
      provider: 'test',
      items,
      lineState: () => ({ up: true }),
      now: () => new Date(),
    });
  const idOf = (row: number, step = 0) => attemptId({ requestId, row, attemptNo: 1, step });
  const ending = (row: number): Settlement => ({
    accountId,
    attemptId: idOf(row),
    outcome: 'ANSWERED',
    cause: '16 normal clearing',
    settledAt: new Date(),
  });
  return { accountId, flowId, requestId, reserve, idOf, ending };
}

const outcomeOf = async (id: string): Promise<unknown> =>
  (await sql`select outcome from attempts where id = ${id}`)[0]?.outcome;

describe('reserving', () => {
  it('gives no more attempts than the flow may have in progress, and knows those it gave', async () => {
    const { reserve } = await campaign(5, { concurrency: 2 });
    expect((await reserve()).map(({ kind }) => kind)).toEqual([
      'RESERVED',
      'RESERVED',
      'WAIT',
      'WAIT',
      'WAIT',
    ]);
    expect((await reserve()).map(({ kind }) => kind)).toEqual(['EXISTS', 'EXISTS', 'WAIT', 'WAIT', 'WAIT']);
  });

  it('by many flows at once does not wait for connections of its own pool', async () => {
    const small = openDatabase(database.url, 2);
    const reading = openDatabase(database.url, 1);
    try {
      const cold = createFrozen(reading);
      const flows = await Promise.all([1, 2, 3, 4].map(() => campaign(1)));
      const answers = await Promise.all(
        flows.map(({ accountId, flowId, requestId }) =>
          reserveCalls(small, cold, {
            accountId,
            flowId,
            provider: 'test',
            items: [{ requestId, row: 1, attemptNo: 1 }],
            lineState: () => ({ up: true }),
            now: () => new Date(),
          }),
        ),
      );
      expect(answers.flat().map(({ kind }) => kind)).toEqual(Array(4).fill('RESERVED'));
    } finally {
      await small.close();
      await reading.close();
    }
  });

  it('gives nothing of a paused or cancelled request', async () => {
    const { reserve, requestId } = await campaign(1);
    await sql`update requests set paused_at = now() where id = ${requestId}`;
    expect((await reserve()).map(({ kind }) => kind)).toEqual(['STOPPED']);
    await sql`update requests set paused_at = null, cancelled_at = now() where id = ${requestId}`;
    expect((await reserve()).map(({ kind }) => kind)).toEqual(['STOPPED']);
  });
});

describe('settling', () => {
  it('counts an attempt once, however often it is settled, in one batch or in several', async () => {
    const { reserve, ending, requestId } = await campaign(1);
    await reserve();
    await settleAttempts(database, frozen, [ending(1), { ...ending(1), outcome: 'BUSY' }]);
    await settleAttempts(database, frozen, [{ ...ending(1), outcome: 'FAILED' }]);
    const tallies = await sql`
      select kind, value, sum(count)::int as count from request_tallies
      where request_id = ${requestId} and kind <> 'result' group by 1, 2 order by 1`;
    expect([...tallies]).toEqual([
      { kind: 'attempt', value: 'ANSWERED', count: 1 },
      { kind: 'outcome', value: 'ANSWERED', count: 1 },
    ]);
  });

  it('keeps a journey whose text PostgreSQL would refuse', async () => {
    const { reserve, ending, idOf } = await campaign(1);
    await reserve();
    await settleAttempts(database, frozen, [{ ...ending(1), entries: [{ text: 'a\u0000b\ud800c' }] }]);
    const [journey] = await sql`select entries from journeys where attempt_id = ${idOf(1)}`;
    expect(journey?.entries).toEqual([{ text: 'ab\ufffdc' }]);
  });

  it('names as unknown a message of the call that nobody settled', async () => {
    const { accountId, reserve, ending, idOf } = await campaign(1);
    await reserve();
    const message = {
      accountId,
      callAttemptId: idOf(1),
      step: 1,
      medium: 'sms' as const,
      address: '+919800000001',
      sender: undefined,
      provider: 'test',
      now: () => new Date(),
    };
    expect(await reserveStep(database, message)).toMatchObject({ kind: 'RESERVED' });
    await settleAttempts(database, frozen, [ending(1)]);
    expect(await outcomeOf(idOf(1, 1))).toBe('UNKNOWN');
    const open = await sql`select 1 from open_attempts where account_id = ${accountId}`;
    expect(open.length).toBe(0);
  });
});

describe('a message from inside a call', () => {
  const to = '+919811000011';
  const message = async (over: Parameters<typeof testPolicy>[0] = {}) => {
    const made = await campaign(1, over);
    await made.reserve();
    const send = () =>
      reserveStep(database, {
        accountId: made.accountId,
        callAttemptId: made.idOf(1),
        step: 1,
        medium: 'sms',
        address: to,
        sender: undefined,
        provider: 'test',
        now: () => new Date(),
      });
    return { ...made, send };
  };

  it('to a blacklisted number is blocked', async () => {
    const { accountId, send } = await message();
    await sql`insert into blacklist_phones (account_id, number) values (${accountId}, ${to})`;
    expect((await send()).kind).toBe('BLOCKED');
  });

  it('to a number of the do-not-call register is blocked for promotional flows, and goes out for others', async () => {
    // A zone in which promotional hours are open whatever the hour of the test.
    const offset = 12 - new Date().getUTCHours();
    const timeZone = offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
    for (const promotional of [true, false]) {
      const { accountId, send } = await message({ promotional, timeZone });
      await putOnRegister(database, accountId, [to]);
      expect((await send()).kind).toBe(promotional ? 'BLOCKED' : 'RESERVED');
    }
  });
});
