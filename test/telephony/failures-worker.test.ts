/** Workers are killed in the middle of real calls: what becomes of the people on the line, and of the books. */
import { afterEach, describe, expect, test } from 'vitest';
import { people, testFlow } from '../support/campaign.ts';
import { telephonyKit, testAsterisk, testPhones } from '../support/telephony.ts';
import { recordOf } from './bare-ari.ts';
import {
  demoFlow,
  expectOneInviteEach,
  ledgerCalls,
  quickPolicy,
  storeRequest,
  widgetsOf,
} from './support.ts';
import { testPlatform } from './worker-process.ts';

const { kit } = await telephonyKit();

/** So late that a worker can be killed and replaced before, and still while the question is open. */
const PRESS_AFTER_MS = 18_000;

describe.skipIf(!kit)('a worker is killed in the middle of calls', async () => {
  if (!kit) return;
  const phones = await testPhones(kit, { pressAfterMs: PRESS_AFTER_MS });
  const asterisk = await testAsterisk(kit, { phones: phones.sipPort });
  const { database, accountId, ...platform } = await testPlatform(kit, [asterisk]);
  afterEach(platform.killWorkers);
  const survey = demoFlow('demo-survey');
  const flowId = await testFlow(database, accountId, survey);

  const launch = (numbers: string[], over: Parameters<typeof quickPolicy>[1]) =>
    storeRequest(database, {
      ...{ accountId, flowId, policy: quickPolicy(survey, over) },
      people: numbers.map((number) => ({ number })),
    });
  const noRetry = { times: 0, intervalMs: 0 };
  const oneTry = { BUSY: noRetry, NO_ANSWER: noRetry, FAILED: noRetry, MACHINE: noRetry };
  /** Settled once each: as many ends as records, and nothing left open. */
  const expectBalanced = async (requestId: number, count: number): Promise<void> => {
    const [request] = await database.sql`
      select status, added, (select sum(count)::int from request_tallies
                             where request_id = q.id and kind = 'outcome') as ended
      from requests q where id = ${requestId}`;
    expect(request).toEqual({ status: 'COMPLETED', added: count, ended: count });
    expect(await database.sql`select 1 from open_attempts`).toHaveLength(0);
  };

  test('another takes the calls up before Temporal has noticed; each goes on where it was, and nobody is rung again', async () => {
    const talking = [...people(6, 3, 1), ...people(5, 1, 4), ...people(0, 1, 5)];
    const ringing = people(2, 2, 6);
    const dying = await platform.startWorker();
    const requestId = await launch([...talking, ...ringing], { ringTimeoutMs: 20_000, retries: oneTry });
    const up = await platform.until(async () => {
      const calls = await ledgerCalls(database, requestId);
      const asked = calls.filter((call) => widgetsOf(call).includes('question'));
      return asked.length === talking.length && calls.length === talking.length + ringing.length && calls;
    });
    const heir = await platform.startWorker();
    await dying.kill();
    const ids = up.map(({ id }) => id).sort();
    const takenUp = () =>
      heir.log.flatMap(({ msg, attemptId }) =>
        msg === 'a call without a carrier is taken up' ? [attemptId] : [],
      );
    await platform.until(() => takenUp().length >= ids.length);
    expect(takenUp().sort()).toEqual(ids);
    // Temporal has given nobody's work to another yet.
    expect(await platform.activityTries(requestId)).toEqual(ids.map(() => 1));

    expect(await platform.finished(requestId)).toMatchObject({ status: 'COMPLETED' });
    const calls = await ledgerCalls(database, requestId);
    for (const call of calls) {
      const key = /[56]$/.test(call.address) ? (call.address.at(-2) ?? '') : null;
      if (ringing.includes(call.address)) {
        expect([call.outcome, widgetsOf(call)]).toEqual(['NO_ANSWER', []]);
        continue;
      }
      expect([call.outcome, call.keys]).toEqual(['ANSWERED', key]);
      const last = key === null ? 'goodbye' : 'thanks';
      expect(widgetsOf(call)).toEqual(['start', 'greet', 'has-amount', 'question', last, 'end']);
    }
    await expectBalanced(requestId, talking.length + ringing.length);
    await expectOneInviteEach(database, [phones]);
  }, 120_000);

  test('calls that end before anybody looks are settled by the telephone server’s record of them', async () => {
    const left = people(7, 2, 11);
    const unanswered = people(2, 2, 12);
    const dying = await platform.startWorker();
    const requestId = await launch([...left, ...unanswered], { ringTimeoutMs: 10_000, retries: oneTry });
    const recordsOf = async (type: string) =>
      (await ledgerCalls(database, requestId)).filter(({ id }) =>
        recordOf(asterisk, id).some((line) => line.type === type),
      ).length;
    await platform.until(
      async () => (await recordsOf('CHAN_START')) === 4 && (await recordsOf('ANSWER')) === 2,
    );
    await dying.kill();
    await platform.until(async () => (await recordsOf('HANGUP')) === 4);
    expect((await ledgerCalls(database, requestId)).filter(({ outcome }) => outcome === null)).not.toEqual(
      [],
    );
    await platform.startWorker();
    expect(await platform.finished(requestId)).toMatchObject({ status: 'COMPLETED' });
    const ends = (await ledgerCalls(database, requestId)).map((call) => [
      call.address,
      call.outcome,
      call.cause,
    ]);
    expect(ends).toEqual([
      ...left.map((number) => [number, 'ANSWERED', '16 normal call clearing']),
      ...unanswered.map((number) => [number, 'NO_ANSWER', expect.stringMatching(/^19 no answer from user/)]),
    ]);
    await expectBalanced(requestId, 4);
    await expectOneInviteEach(database, [phones]);
  }, 120_000);
});
