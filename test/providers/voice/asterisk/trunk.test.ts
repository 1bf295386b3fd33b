/** What a trunk on a real Asterisk does besides the contract: who the caller is, what it refuses, what it says of itself. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { SpeechUnavailable } from '../../../../providers/speech/provider.ts';
import type { Sounds } from '../../../../providers/speech/sounds.ts';
import { type CallOrder, TrunkUnavailable, type VoiceTrunk } from '../../../../providers/voice/trunk.ts';
import type { RunningPhones } from '../../../../telephony/phones.ts';
import { trunkOn } from '../../../support/asterisk-trunk.ts';
import { telephonyKit, testAsterisk, testPhones } from '../../../support/telephony.ts';

const { kit } = await telephonyKit();

/** A synthesiser that is not there. */
const speechless: Sounds = {
  prepare: async () => {
    throw new SpeechUnavailable('no synthesiser is installed');
  },
  close: async () => {},
};

describe.skipIf(!kit)('a trunk on a real Asterisk', () => {
  if (!kit) return;
  let phones: RunningPhones;
  let trunk: VoiceTrunk;

  beforeAll(async () => {
    phones = await testPhones(kit);
    const asterisk = await testAsterisk(kit, { phones: phones.sipPort });
    trunk = await trunkOn([asterisk], speechless);
    return () => trunk.close();
  });

  const order = (over: Partial<CallOrder> = {}): CallOrder => ({
    attemptId: randomUUID(),
    to: '+919800001241',
    callerId: undefined,
    ringTimeoutMs: 20_000,
    maxCallMs: 60_000,
    detectMachine: false,
    awaitGreetingEnd: false,
    priorAttempts: 0,
    ...over,
  });
  const invitesOf = async (id: string) =>
    (await phones.invites()).filter((invite) => invite.attemptId === id);

  it('rings nobody to hear silence: without a synthesiser the call is not placed, and the reason told', async () => {
    const given = order({ opening: [{ kind: 'TEXT', text: 'Good morning.', language: 'en' }] });
    const refused = trunk.place(given);
    await expect(refused).rejects.toMatchObject({ name: 'CannotSpeak', kind: 'NO_SYNTHESISER' });
    await expect(refused).rejects.toThrow('no synthesiser is installed');
    expect(await invitesOf(given.attemptId)).toEqual([]);
    expect(await trunk.reconcile(given.attemptId)).toEqual({ kind: 'NEVER_PLACED' });
  });

  it('a sentence that cannot be spoken later in a call is passed over, and the call goes on', async () => {
    const call = await trunk.place(order({ to: '+919800001240' }));
    await call.answered();
    expect(await call.say([{ kind: 'TEXT', text: 'Good morning.', language: 'en' }])).toBe('DONE');
    await call.hangUp();
    expect((await call.ended()).outcome).toBe('ANSWERED');
  });

  it('a line the server does not have is told apart, and nobody is rung by it', async () => {
    const line = { trunkId: 1, endpoint: 'no-such-line', codecs: ['ulaw'] };
    const given = order({ line });
    await expect(trunk.place(given)).rejects.toBeInstanceOf(TrunkUnavailable);
    const state = trunk.state(line);
    expect(state).toMatchObject({ up: false, why: expect.stringContaining('no-such-line') });
    expect(trunk.state()).toEqual({ up: true });
    expect(await invitesOf(given.attemptId)).toEqual([]);
  });

  it('tells the attempt and its number to the carrier', async () => {
    const given = order({ priorAttempts: 2 });
    await (await trunk.place(given)).ended();
    expect(await invitesOf(given.attemptId)).toMatchObject([
      { called: '+919800001241', attemptId: given.attemptId, attemptNumber: 3 },
    ]);
  });
});
