/** What every voice trunk guarantees of recordings: of the person, and of a whole call. */
import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { RecordOrder } from '../../providers/voice/trunk.ts';
import { type Ringing, text } from './voice-trunk-kit.ts';

const RECORDING: Omit<RecordOrder, 'name'> = { maxMs: 3000, silenceMs: 0, terminators: '', beep: false };

/** GSM 06.10: each frame begins with the same half byte. */
const FRAME_BYTES = 33;
const FRAME_MS = 20;
const isGsm = (data: Buffer): boolean =>
  data.length % FRAME_BYTES === 0 &&
  Array.from({ length: data.length / FRAME_BYTES }, (_, n) => data[n * FRAME_BYTES] ?? 0).every(
    (first) => first >> 4 === 0xd,
  );
const durationOf = (data: Buffer): number => (data.length / FRAME_BYTES) * FRAME_MS;
/** How far a recording's length and the time that was measured may be apart. */
const TOLERANCE_MS = 1000;
/** A recording is there when it is said to be; the one of a whole call within this long after its end. */
const RECORDING_AFTER_MS = 10_000;

const newRecording = (): string => `record_1_1_unknown_919800001240_${randomUUID()}`;

export function recordingContract(ring: Ringing): void {
  const { people, keyDelayMs } = ring;

  /** What a recording holds, waited for a while where it is a whole call's. */
  const fetched = async (recording: string): Promise<Buffer> => {
    const giveUpAt = Date.now() + RECORDING_AFTER_MS;
    for (;;) {
      const found = await ring.trunk.fetchRecording(recording);
      if (found !== undefined) return buffer(found.data);
      if (Date.now() > giveUpAt) throw new Error(`the trunk has no recording ${recording}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  describe('recording the person', () => {
    it('ends at its limit, and the file is GSM of the length that was told', async () => {
      const call = await ring.connect(people.speaks);
      const recording = newRecording();
      const result = await call.record({ ...RECORDING, name: recording });
      expect(result.endedBy).toBe('LIMIT');
      expect(Math.abs(result.durationMs - RECORDING.maxMs)).toBeLessThanOrEqual(TOLERANCE_MS);
      const data = await fetched(recording);
      expect(isGsm(data)).toBe(true);
      expect(Math.abs(durationOf(data) - result.durationMs)).toBeLessThanOrEqual(TOLERANCE_MS);
      expect(await call.say(text('Thank you.'))).toBe('DONE');
      await call.hangUp();
    });

    it.each(['4', '#4', 'any'])('a key ends it where the terminators are %s', async (terminators) => {
      const call = await ring.connect(people.pressesFour);
      const order = { ...RECORDING, name: newRecording(), maxMs: keyDelayMs + 20_000, terminators };
      expect((await call.record(order)).endedBy).toBe('TERMINATOR');
      await call.hangUp();
    });

    it('a key that is no terminator does not end it', async () => {
      const call = await ring.connect(people.pressesFour);
      const order = { ...RECORDING, name: newRecording(), maxMs: keyDelayMs + 2000, terminators: '#' };
      expect((await call.record(order)).endedBy).toBe('LIMIT');
      await call.hangUp();
    });

    it('is made also where nobody listened for a machine, more than once', async () => {
      const call = await ring.connect(people.speaks, { detectMachine: false });
      for (let times = 0; times < 2; times++) {
        const result = await call.record({ ...RECORDING, name: newRecording(), maxMs: 1500 });
        expect(result.endedBy).toBe('LIMIT');
        expect(result.durationMs).toBeGreaterThan(0);
      }
      await call.hangUp();
    });

    it('ends when the person says nothing, and the call goes on', async () => {
      const call = await ring.connect(people.listens);
      const recording = newRecording();
      const order = { ...RECORDING, name: recording, maxMs: 30_000, silenceMs: 2000, beep: true };
      const result = await call.record(order);
      expect(result.endedBy).toBe('SILENCE');
      const data = await fetched(recording);
      expect(isGsm(data)).toBe(true);
      // Whether silence is kept is the trunk's affair, not whether it tells the truth of it.
      expect(data.length === 0).toBe(result.durationMs === 0);
      expect(await call.say(text('Then not.'))).toBe('DONE');
      await call.hangUp();
    });

    it('ends when the person hangs up', async () => {
      const call = await ring.connect(people.hangsUpSoon);
      const recording = newRecording();
      const result = await call.record({ ...RECORDING, name: recording, maxMs: 60_000 });
      expect(result.endedBy).toBe('HUNG_UP');
      const data = await fetched(recording);
      expect(isGsm(data)).toBe(true);
      expect(data.length === 0).toBe(result.durationMs === 0);
      expect((await call.ended()).outcome).toBe('ANSWERED');
    });

    it('after the end there is nothing to record', async () => {
      const call = await ring.connect(people.listens);
      await call.hangUp();
      await call.ended();
      const result = await call.record({ ...RECORDING, name: newRecording() });
      expect(result).toEqual({ endedBy: 'HUNG_UP', durationMs: 0 });
    });

    it('several are kept under their own names, until each is forgotten', async () => {
      const call = await ring.connect(people.speaks);
      const [one, two] = [newRecording(), newRecording()];
      for (const name of [one, two]) await call.record({ ...RECORDING, name, maxMs: 1500 });
      await call.hangUp();
      expect((await fetched(one)).length).toBeGreaterThan(0);
      await ring.trunk.forgetRecording(one);
      await ring.trunk.forgetRecording(one);
      expect(await ring.trunk.fetchRecording(one)).toBeUndefined();
      expect((await fetched(two)).length).toBeGreaterThan(0);
    });

    it('a name nobody recorded under has no recording, and forgetting it does no harm', async () => {
      await ring.trunk.forgetRecording(newRecording());
      expect(await ring.trunk.fetchRecording(newRecording())).toBeUndefined();
    });
  });

  describe('recording a whole call', () => {
    it('goes on to the end of the call, through what else is done in it', async () => {
      const call = await ring.connect(people.speaks);
      const [whole, part] = [newRecording(), newRecording()];
      await call.recordAll(whole);
      await call.say(text('Good morning.'));
      const { durationMs } = await call.record({ ...RECORDING, name: part });
      await ring.transfer(call, people.hangsUpSoon);
      await call.say(text('Goodbye.'));
      await call.hangUp();
      await call.ended();
      const data = await fetched(whole);
      expect(isGsm(data)).toBe(true);
      expect(durationOf(data)).toBeGreaterThan(durationMs);
      expect(isGsm(await fetched(part))).toBe(true);
    });

    it('is there when the person hangs up', async () => {
      const call = await ring.connect(people.hangsUpSoon);
      const whole = newRecording();
      await call.recordAll(whole);
      await call.ended();
      expect((await fetched(whole)).length).toBeGreaterThan(0);
    });

    it('asked for twice, or after the end, does no harm', async () => {
      const call = await ring.connect(people.speaks);
      const whole = newRecording();
      await call.recordAll(whole);
      await call.recordAll(whole);
      await call.say(text('Good morning.'));
      await call.hangUp();
      await call.ended();
      await call.recordAll(whole);
      expect((await fetched(whole)).length).toBeGreaterThan(0);
    });
  });
}
