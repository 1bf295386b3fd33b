import { afterAll, describe, expect, it } from 'vitest';
import { createSimulatedTrunk } from '../../../providers/voice/simulated/index.ts';
import type { InboundOffer, VoiceCall, VoiceTrunk } from '../../../providers/voice/trunk.ts';
import { scratchDir } from '../../support/scratch-dir.ts';

const DID = '+912269001234';
const LIMIT_MS = 600_000;

const trunks: VoiceTrunk[] = [];
afterAll(async () => {
  for (const trunk of trunks) await trunk.close();
});

function open(options: Parameters<typeof createSimulatedTrunk>[0]) {
  const trunk = createSimulatedTrunk(options);
  trunks.push(trunk);
  return trunk;
}

function listening(speed = 0, witnessDir = scratchDir()) {
  const trunk = open({ speed, witnessDir });
  const offers: InboundOffer[] = [];
  trunk.onInbound((offer) => offers.push(offer));
  return { trunk, offers };
}

async function live(trunk: VoiceTrunk, callId: string): Promise<VoiceCall> {
  const found = await trunk.reconcile(callId);
  if (found.kind !== 'LIVE') throw new Error(`the call is ${found.kind}`);
  return found.call;
}

const question = {
  prompts: [{ kind: 'TEXT', text: 'Press a key.', language: 'en' }],
  minDigits: 1,
  maxDigits: 1,
  timeoutMs: 3_000,
  interDigitTimeoutMs: 1_000,
  terminators: '#',
  bargeIn: true,
} as const;

describe('calls to us on the simulated network', () => {
  it('are offered as they were dialled, each under an id of its own', async () => {
    const { trunk, offers } = listening();
    const one = await trunk.ring({ did: DID, caller: 'anonymous' });
    const two = await trunk.ring({ did: DID, caller: '+919812345645' });
    expect(offers).toEqual([
      { callId: one.callId, did: DID, caller: 'anonymous' },
      { callId: two.callId, did: DID, caller: '+919812345645' },
    ]);
    expect(one.callId).not.toBe(two.callId);
    await trunk.close();
    expect((await one.ended).outcome).toBe('FAILED');
  });

  it('ring on until accepted, and the caller’s last digit then decides what they do', async () => {
    const { trunk } = listening();
    for (const [caller, digits, endedBy] of [
      ['+919812345645', '4', 'FULL'],
      ['+919812345640', '', 'TIMEOUT'],
      ['+919812345647', '', 'HUNG_UP'],
      ['', '', 'TIMEOUT'],
    ] as const) {
      const { callId, ended } = await trunk.ring({ did: DID, caller });
      const call = await live(trunk, callId);
      await trunk.accept(callId, LIMIT_MS);
      await trunk.accept(callId, LIMIT_MS);
      expect(await call.answered()).toMatchObject({ kind: 'ANSWERED', by: 'PERSON' });
      const asked = { ...question, prompts: [...question.prompts] };
      expect([caller, await call.gather(asked)]).toEqual([caller, { digits, endedBy }]);
      await call.hangUp();
      expect(await ended).toMatchObject({ outcome: 'ANSWERED', answeredAt: expect.any(Date) });
    }
  });

  it('are turned away with the cause given, and not once they are answered', async () => {
    const { trunk } = listening();
    for (const [cause, outcome] of [
      ['REJECTED', 'DECLINED'],
      ['BUSY', 'BUSY'],
      ['UNALLOCATED', 'INVALID'],
    ] as const) {
      const { callId, ended } = await trunk.ring({ did: DID, caller: '' });
      await trunk.refuse(callId, cause);
      expect(await ended).toMatchObject({ outcome, answeredAt: undefined });
      await trunk.refuse(callId, cause);
      await trunk.accept(callId, LIMIT_MS);
      expect(await trunk.reconcile(callId)).toMatchObject({ kind: 'ENDED', ending: { outcome } });
    }
    const { callId, ended } = await trunk.ring({ did: DID, caller: '' });
    const call = await live(trunk, callId);
    await trunk.accept(callId, LIMIT_MS);
    await trunk.refuse(callId, 'REJECTED');
    await call.hangUp();
    expect((await ended).outcome).toBe('ANSWERED');
  });

  it('given up before an answer were abandoned; afterwards giving up does nothing', async () => {
    const { trunk } = listening();
    const one = await trunk.ring({ did: DID, caller: '' });
    one.giveUp();
    expect(await one.ended).toMatchObject({ outcome: 'ABANDONED', answeredAt: undefined });
    const two = await trunk.ring({ did: DID, caller: '' });
    const call = await live(trunk, two.callId);
    await trunk.accept(two.callId, LIMIT_MS);
    two.giveUp();
    await call.hangUp();
    expect((await two.ended).outcome).toBe('ANSWERED');
  });

  it('that are ringing are offered to whoever listens next; answered and ended ones are not', async () => {
    const { trunk } = listening();
    const ringing = await trunk.ring({ did: DID, caller: '1' });
    const answered = await trunk.ring({ did: DID, caller: '2' });
    const call = await live(trunk, answered.callId);
    await trunk.accept(answered.callId, LIMIT_MS);
    await call.answered();
    (await trunk.ring({ did: DID, caller: '3' })).giveUp();
    const told: string[] = [];
    trunk.onInbound((offer) => told.push(offer.callId));
    expect(told).toEqual([ringing.callId]);
  });

  it('are refused where nobody has ever listened', async () => {
    const trunk = open({ speed: 0, witnessDir: scratchDir() });
    expect((await (await trunk.ring({ did: DID, caller: '' })).ended).outcome).toBe('INVALID');
  });

  it('end at the limit they were accepted with', async () => {
    const { trunk } = listening(100);
    const { callId, ended } = await trunk.ring({ did: DID, caller: '+919812345640' });
    await trunk.accept(callId, 10_000);
    expect(await ended).toMatchObject({ outcome: 'ANSWERED', cause: expect.stringContaining('limit') });
  });

  it('are known to other processes by the record', async () => {
    const dir = scratchDir();
    const { trunk } = listening(0, dir);
    const other = open({ speed: 0, witnessDir: dir, foreignWaitMs: 0 });
    const { callId, giveUp, ended } = await trunk.ring({ did: DID, caller: '' });
    expect((await other.reconcile(callId)).kind).toBe('UNKNOWN');
    giveUp();
    await ended;
    expect(await other.reconcile(callId)).toMatchObject({ kind: 'ENDED', ending: { outcome: 'ABANDONED' } });
    expect((await other.reconcile('simulated-of-nobody')).kind).toBe('NEVER_PLACED');
  });
});
