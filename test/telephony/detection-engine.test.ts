/** What a request makes of answering machines, through the whole engine and a real Asterisk. */
import { afterAll, describe, expect, test } from 'vitest';
import type { TelephonyKit } from '../../telephony/kit.ts';
import { kitSounds, trunkOn } from '../support/asterisk-trunk.ts';
import { testFlow, testPolicy } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';
import { scratchDir } from '../support/scratch-dir.ts';
import { telephonyKit, testAsterisk, testPhones } from '../support/telephony.ts';
import { expectOneInviteEach, ledgerCalls, storeRequest, widgetsOf } from './support.ts';

const { kit } = await telephonyKit();

/** Says something else to a machine than to a person, where `onMachine` is given. */
const flowWith = (onMachine?: { onMachine: string }) => ({
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'greet', ...onMachine },
    greet: { type: 'text-to-speech', text: 'Good morning.', next: 'bye' },
    ...(onMachine && {
      message: { type: 'text-to-speech', text: 'This is your dentist. Please ring us back.', next: 'bye' },
    }),
    bye: { type: 'hang-up' },
  },
});

async function stage(theKit: TelephonyKit) {
  const phones = await testPhones(theKit);
  const asterisk = await testAsterisk(theKit, { phones: phones.sipPort });
  const sounds = kitSounds(theKit, asterisk, scratchDir());
  const trunk = await trunkOn([asterisk], sounds);
  afterAll(async () => {
    await trunk.close();
    await sounds.close();
  });
  const engine = await testEngine({ voice: () => trunk, speed: 1 });
  return { engine, database: engine.database, phones };
}

describe.skipIf(!kit)('a request that reaches answering machines', async () => {
  if (!kit) return;
  const { engine, database, phones } = await stage(kit);
  // The last digit says who answers.
  const machine = '+919800000019';
  const person = '+919800000010';
  const numbers = [machine, person];

  /** Calls a machine and a person. @returns their calls in the ledger */
  async function request(name: string, definition: object, again: number) {
    const never = { times: 0, intervalMs: 0 };
    const MACHINE = { times: again, intervalMs: 300 };
    const policy = testPolicy({ retries: { BUSY: never, NO_ANSWER: never, FAILED: never, MACHINE } });
    const { accountId } = engine;
    const flowId = await testFlow(database, accountId, definition, name);
    const listed = numbers.map((number) => ({ number }));
    const id = await storeRequest(database, { accountId, flowId, policy, people: listed });
    await engine.notify(id);
    await engine.finished(id);
    const calls = await ledgerCalls(database, id);
    const records = await database.sql<{ number: string; outcome: string; attempts: number }[]>`
      select number, outcome, attempts from records where request_id = ${id}`;
    return {
      machine: calls.filter(({ address }) => address === machine),
      person: calls.filter(({ address }) => address === person),
      records: Object.fromEntries(records.map(({ number, ...rest }) => [number, rest])),
    };
  }

  test('with a branch for machines takes it, and calls again as the policy says', async () => {
    const {
      machine: calls,
      person: answered,
      records,
    } = await request('dentist', flowWith({ onMachine: 'message' }), 1);
    expect(records[machine]).toEqual({ outcome: 'MACHINE', attempts: 2 });
    expect(calls.map(({ outcome, attemptNo }) => ({ outcome, attemptNo }))).toEqual([
      { outcome: 'MACHINE', attemptNo: 1 },
      { outcome: 'MACHINE', attemptNo: 2 },
    ]);
    for (const call of calls) expect(widgetsOf(call)).toEqual(['start', 'message', 'bye']);
    for (const call of calls) {
      expect(call.entries[0]).toMatchObject({ widget: 'start', data: { answeredBy: 'MACHINE' } });
      expect(call.entries.find(({ event }) => event === 'BRANCHED')?.data).toMatchObject({
        branch: 'onMachine',
      });
    }
    expect(records[person]).toEqual({ outcome: 'ANSWERED', attempts: 1 });
    expect(answered.map(widgetsOf)).toEqual([['start', 'greet', 'bye']]);
  });

  test('without one hangs up on machines without a word', async () => {
    const { machine: calls, records } = await request('notice', flowWith(), 0);
    expect(records[machine]).toEqual({ outcome: 'MACHINE', attempts: 1 });
    expect(records[person]).toEqual({ outcome: 'ANSWERED', attempts: 1 });
    expect(calls.map(widgetsOf)).toEqual([['start']]);
    expect(calls.flatMap(({ entries }) => entries.filter(({ event }) => event === 'SAID'))).toEqual([]);
  });

  test('calls nobody more than the ledger says', () => expectOneInviteEach(database, [phones]));
});
