/** The simulated network's own: its recordings as files, its state, and what it makes of a machine's greeting. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createSimulatedTrunk } from '../../../providers/voice/simulated/index.ts';
import { GREETING_MS } from '../../../providers/voice/simulated/people.ts';
import { voiceFor } from '../../../providers/voice/simulated/sound.ts';
import type { CallOrder, RecordOrder, VoiceTrunk } from '../../../providers/voice/trunk.ts';
import { scratchDir } from '../../support/scratch-dir.ts';

const root = scratchDir();
const open: VoiceTrunk[] = [];
afterEach(async () => {
  for (const trunk of open.splice(0)) await trunk.close();
});
const trunkOn = (witnessDir = mkdtempSync(join(root, 'sound-')), speed = 0): VoiceTrunk => {
  const trunk = createSimulatedTrunk({ speed, witnessDir });
  open.push(trunk);
  return trunk;
};
const heard = async (trunk: VoiceTrunk, name: string): Promise<Buffer | undefined> => {
  const found = await trunk.fetchRecording(name);
  return found && buffer(found.data);
};
const order = (to: string, over: Partial<CallOrder> = {}): CallOrder => ({
  attemptId: `to-${to}`,
  to,
  callerId: undefined,
  ringTimeoutMs: 30_000,
  maxCallMs: 600_000,
  detectMachine: true,
  awaitGreetingEnd: false,
  priorAttempts: 0,
  ...over,
});
const TEN_SECONDS: RecordOrder = {
  name: 'record_1',
  maxMs: 10_000,
  silenceMs: 3000,
  terminators: '#5',
  beep: true,
};

describe('the sound of a simulated voice', () => {
  it.each([
    [0, 0],
    [20, 33],
    [21, 66],
    [1000, 1650],
  ])('has 33 bytes for each 20 ms begun: %i ms are %i bytes', (ms, bytes) => {
    expect(voiceFor(ms)).toHaveLength(bytes);
  });

  it('is not silence, and each frame begins as GSM 06.10 frames do', () => {
    const data = voiceFor(200);
    for (let at = 0; at < data.length; at += 33) expect((data[at] ?? 0) >> 4).toBe(0xd);
    // The loudness of the first pulses: bits 53 to 58 of a frame.
    expect(((data[6] ?? 0) & 0x07) | ((data[7] ?? 0) >> 5)).not.toBe(0);
  });
});

describe('who leaves what in a recording', () => {
  it.each([
    ['+919800001290', 'LIMIT', 10_000],
    ['+919800001255', 'TERMINATOR', 1000],
    ['+919800001245', 'LIMIT', 10_000],
    ['+919800001240', 'SILENCE', 0],
  ])('%s: %s after %i ms', async (to, endedBy, durationMs) => {
    const trunk = trunkOn();
    const call = await trunk.place(order(to));
    expect(await call.record(TEN_SECONDS)).toEqual({ endedBy, durationMs });
    expect(await heard(trunk, 'record_1')).toEqual(voiceFor(durationMs));
    await call.hangUp();
  });

  it('the impatient one leaves what there was when they hung up', async () => {
    const trunk = trunkOn();
    const call = await trunk.place(order('+919800001247'));
    const result = await call.record({ ...TEN_SECONDS, beep: false });
    expect(result).toEqual({ endedBy: 'HUNG_UP', durationMs: 2000 });
  });

  it('takes its time where the simulation has a speed', async () => {
    const trunk = trunkOn(undefined, 100);
    const call = await trunk.place(order('+919800001290'));
    const from = performance.now();
    await call.record(TEN_SECONDS);
    expect(performance.now() - from).toBeGreaterThan(90);
  });

  it('another process on the same network can fetch it', async () => {
    const dir = mkdtempSync(join(root, 'shared-'));
    const call = await trunkOn(dir).place(order('+919800001290'));
    await call.record(TEN_SECONDS);
    expect(await heard(trunkOn(dir), 'record_1')).toHaveLength(16_500);
  });

  it('a name that could leave the folder is refused', async () => {
    const trunk = trunkOn();
    for (const name of ['../evil', 'a/b', '', '.hidden', 'x'.repeat(300)]) {
      await expect(trunk.fetchRecording(name)).rejects.toThrow(RangeError);
    }
  });
});

describe('a transfer on the simulated network', () => {
  it('somebody who listens talks half a minute and leaves', async () => {
    const trunk = trunkOn();
    const call = await trunk.place(order('+919800001240'));
    const { endedBy, leg } = await call.transfer({
      legId: 'leg',
      to: '+919800001230',
      callerId: undefined,
      ringTimeoutMs: 30_000,
    });
    expect([endedBy, leg.outcome]).toEqual(['OTHER_LEFT', 'ANSWERED']);
    await call.hangUp();
  });

  it('the second call can be dropped by its own id', async () => {
    const trunk = trunkOn(undefined, 1);
    const call = await trunk.place(order('+919800001200', { maxCallMs: 60_000 }));
    await call.answered();
    const transferred = call.transfer({
      legId: 'leg',
      to: '+919800001202',
      callerId: undefined,
      ringTimeoutMs: 30_000,
    });
    let over = false;
    void transferred.then(() => {
      over = true;
    });
    // Harmless before it is placed, so it is asked for until it has worked.
    while (!over) {
      await trunk.drop('leg');
      await new Promise(setImmediate);
    }
    expect(await transferred).toMatchObject({ endedBy: 'NOT_CONNECTED', leg: { outcome: 'CANCELLED' } });
    await call.hangUp();
  });
});

describe('the state of the simulated trunk', () => {
  it('is up until it is closed, and whoever waits is told', async () => {
    const trunk = trunkOn();
    const changed = trunk.stateChanged();
    expect(trunk.state()).toEqual({ up: true });
    await trunk.close();
    await changed;
    expect(trunk.state()).toEqual({ up: false, why: 'the simulated trunk is closed' });
  });
});

describe('a machine’s greeting', () => {
  it('is waited for where that is asked', async () => {
    const trunk = trunkOn(undefined, 200);
    const answeredAfter = async (awaitGreetingEnd: boolean): Promise<number> => {
      const from = performance.now();
      const attemptId = `greeting-${awaitGreetingEnd}`;
      const call = await trunk.place(order('+919800001209', { attemptId, awaitGreetingEnd }));
      await call.answered();
      await call.hangUp();
      return performance.now() - from;
    };
    // Timers fire late, never early: this holds on any machine.
    expect(await answeredAfter(true)).toBeGreaterThanOrEqual((1500 + GREETING_MS) / 200 - 1);
    expect(await answeredAfter(false)).toBeGreaterThanOrEqual(1500 / 200 - 1);
  });
});
