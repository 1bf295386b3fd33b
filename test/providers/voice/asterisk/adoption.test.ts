/** Calls on a real Asterisk that outlive the trunk that placed them, and the one that carries them on. */
import { randomUUID } from 'node:crypto';
import ari from 'ari-client';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Sounds } from '../../../../providers/speech/sounds.ts';
import type { AriClient } from '../../../../providers/voice/asterisk/ari-types.ts';
import { CallTakenOver } from '../../../../providers/voice/asterisk/taking-over.ts';
import type { CallOrder, GatherOrder, VoiceCall, VoiceTrunk } from '../../../../providers/voice/trunk.ts';
import type { RunningAsterisk } from '../../../../telephony/asterisk.ts';
import type { RunningPhones } from '../../../../telephony/phones.ts';
import { kitSounds, trunkOn } from '../../../support/asterisk-trunk.ts';
import { scratchDir } from '../../../support/scratch-dir.ts';
import { telephonyKit, testAsterisk, testPhones } from '../../../support/telephony.ts';

const { kit } = await telephonyKit();
const dir = scratchDir();

const QUESTION: GatherOrder = {
  prompts: [],
  minDigits: 1,
  maxDigits: 1,
  timeoutMs: 15_000,
  interDigitTimeoutMs: 1000,
  terminators: '#',
  bargeIn: true,
};

/** When the process died: as Asterisk answered, after the call was in its application, or it is ended already. */
type Died = 'AT_ONCE' | 'LATER' | 'ENDED';

const ELSEWHERE = 'clarion-elsewhere-1-1-1-1';

describe.skipIf(!kit)('a call whose trunk is gone', () => {
  if (!kit) return;
  let asterisk: RunningAsterisk;
  let phones: RunningPhones;
  let sounds: Sounds;
  const trunks: VoiceTrunk[] = [];

  beforeAll(async () => {
    phones = await testPhones(kit, { ringMs: 1500 });
    asterisk = await testAsterisk(kit, { phones: phones.sipPort });
    sounds = kitSounds(kit, asterisk, dir);
  });
  afterEach(async () => {
    await Promise.all(trunks.splice(0).map((trunk) => trunk.close()));
  });

  const newTrunk = async (): Promise<VoiceTrunk> => {
    const trunk = await trunkOn([asterisk], sounds);
    trunks.push(trunk);
    return trunk;
  };

  const order = (to: string, over: Partial<CallOrder> = {}): CallOrder => ({
    attemptId: randomUUID(),
    to,
    callerId: '+912240001000',
    ringTimeoutMs: 20_000,
    maxCallMs: 120_000,
    detectMachine: false,
    awaitGreetingEnd: false,
    priorAttempts: 0,
    ...over,
  });

  /** Looks until the trunk sees this orphan, and takes it. */
  const adopt = async (trunk: VoiceTrunk, id: string): Promise<VoiceCall> => {
    while (!(await trunk.orphans()).includes(id)) await new Promise((resolve) => setTimeout(resolve, 50));
    const found = await trunk.reconcile(id);
    if (found.kind !== 'LIVE') throw new Error(found.kind);
    return found.call;
  };

  /** A process on another machine, of which no counter is ever seen to turn. */
  const elsewhere = async (): Promise<AriClient> => {
    const { url, user, password } = asterisk;
    const client = (await ari.connect(url, user, password)) as unknown as AriClient;
    await client.start(ELSEWHERE);
    return client;
  };

  /** Leaves a call as a process does that dies between making and dialling it. */
  const leaveUndialled = async ({ attemptId, to }: CallOrder, died: Died): Promise<void> => {
    const client = await elsewhere();
    const entered = new Promise<void>((resolve) =>
      client.on('*', (event) => event.type === 'StasisStart' && resolve()),
    );
    await client.channels.create({
      channelId: attemptId,
      endpoint: `PJSIP/${to}@trunk`,
      app: ELSEWHERE,
      formats: 'ulaw',
      variables: {
        CLARION_CALL: '{"inbound":false}',
        CLARION_APP: ELSEWHERE,
        'CHANNEL(userfield)': 'UNDIALLED',
      },
    });
    if (died === 'LATER') await entered;
    if (died === 'ENDED') await client.channels.hangup({ channelId: attemptId });
    client.stop();
  };

  const invitesOf = async (id: string): Promise<number> =>
    (await phones.invites()).filter((invite) => invite.attemptId === id).length;

  it('goes on with the next one: it speaks, hears a key and tells the end', async () => {
    const first = await newTrunk();
    const one = order('+919800001245');
    await (await first.place(one)).answered();
    await first.close();
    const second = await newTrunk();
    const call = await adopt(second, one.attemptId);
    expect(await call.answered()).toMatchObject({ kind: 'ANSWERED', by: 'PERSON' });
    expect(await call.gather(QUESTION)).toEqual({ digits: '4', endedBy: 'FULL' });
    expect(await call.say([{ kind: 'TEXT', text: 'Thank you.', language: 'en' }])).toBe('DONE');
    await call.hangUp();
    expect((await call.ended()).outcome).toBe('ANSWERED');
    expect(await invitesOf(one.attemptId)).toBe(1);
    expect(await second.orphans()).toEqual([]);
  });

  it('that still rings is answered for the next one, and rings once', async () => {
    const first = await newTrunk();
    const one = order('+919800001240');
    await first.place(one);
    await first.close();
    const call = await adopt(await newTrunk(), one.attemptId);
    expect(await call.answered()).toMatchObject({ kind: 'ANSWERED', by: 'PERSON' });
    await call.hangUp();
    expect((await call.ended()).outcome).toBe('ANSWERED');
    expect(await invitesOf(one.attemptId)).toBe(1);
  });

  it('that was being listened to comes back to the next one, machine or person', async () => {
    const first = await newTrunk();
    const machine = order('+919800001249', { detectMachine: true });
    const placed = await first.place(machine);
    // Answered when the telephone says so, which is before anybody knows who it was.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await first.close();
    await expect(placed.answered()).rejects.toBeInstanceOf(CallTakenOver);
    const call = await adopt(await newTrunk(), machine.attemptId);
    expect(await call.answered()).toMatchObject({ kind: 'ANSWERED', by: 'MACHINE' });
    await call.hangUp();
    expect((await call.ended()).outcome).toBe('MACHINE');
  });

  const deaths: [string, Died][] = [
    ['made a moment ago', 'AT_ONCE'],
    ['made and not yet dialled', 'LATER'],
    ['made and ended before it was dialled', 'ENDED'],
  ];
  it.each(deaths)('that was %s rang nobody, and it may be placed', async (_, died) => {
    const one = order('+919800001240');
    await leaveUndialled(one, died);
    const trunk = await newTrunk();
    expect(await trunk.reconcile(one.attemptId)).toEqual({ kind: 'NEVER_PLACED' });
    expect(await (await newTrunk()).reconcile(one.attemptId)).toEqual({ kind: 'NEVER_PLACED' });
    expect(await invitesOf(one.attemptId)).toBe(0);
    const call = await trunk.place(one);
    expect((await call.answered()).kind).toBe('ANSWERED');
    await call.hangUp();
    expect((await call.ended()).outcome).toBe('ANSWERED');
    expect(await invitesOf(one.attemptId)).toBe(1);
  });

  it('and that ended while nobody looked is told by the server’s record', async () => {
    const first = await newTrunk();
    const [short, busy, dropped] = [
      order('+919800001247'),
      order('+919800001241'),
      order('+919800001240', { maxCallMs: 4000 }),
    ];
    await Promise.all([short, dropped].map(async (one) => (await first.place(one)).answered()));
    await first.place(busy);
    await first.close();
    await new Promise((resolve) => setTimeout(resolve, 4500));
    const second = await newTrunk();
    const outcomes = await Promise.all(
      [short, busy, dropped].map(async ({ attemptId }) => {
        const found = await second.reconcile(attemptId);
        return found.kind === 'ENDED' ? found.ending.outcome : found.kind;
      }),
    );
    expect(outcomes).toEqual(['ANSWERED', 'BUSY', 'ANSWERED']);
  });

  it('that another process takes is let go of, and taken up again when that one dies', async () => {
    const trunk = await newTrunk();
    const one = order('+919800001240');
    const call = await trunk.place(one);
    await call.answered();
    const other = await elsewhere();
    await other.channels.move({ channelId: one.attemptId, app: ELSEWHERE });
    await expect(call.ended()).rejects.toBeInstanceOf(CallTakenOver);
    other.stop();
    const again = await adopt(trunk, one.attemptId);
    expect(await again.say([{ kind: 'TEXT', text: 'Here again.', language: 'en' }])).toBe('DONE');
    await again.hangUp();
    expect((await again.ended()).outcome).toBe('ANSWERED');
    expect(await trunk.reconcile(one.attemptId)).toMatchObject({ kind: 'ENDED' });
    expect(await invitesOf(one.attemptId)).toBe(1);
  });

  it('is nobody’s orphan while its trunk lives, and its end is waited for', async () => {
    const [first, second] = [await newTrunk(), await newTrunk()];
    const one = order('+919800001240');
    const call = await first.place(one);
    await call.answered();
    expect(await second.orphans()).toEqual([]);
    const found = second.reconcile(one.attemptId);
    expect(await call.say([{ kind: 'TEXT', text: 'Still here.', language: 'en' }])).toBe('DONE');
    await call.hangUp();
    expect(await found).toMatchObject({ kind: 'ENDED', ending: { outcome: 'ANSWERED' } });
  });

  it('is ended by anybody who has to', async () => {
    const first = await newTrunk();
    const one = order('+919800001240');
    await (await first.place(one)).answered();
    await first.close();
    const second = await newTrunk();
    await second.drop(one.attemptId);
    expect(await second.reconcile(one.attemptId)).toMatchObject({ kind: 'ENDED' });
  });
});
