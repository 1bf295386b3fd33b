import { describe, expect, it } from 'vitest';
import { voiceFor } from '../../providers/voice/simulated/sound.ts';
import { samplesOfGsm, wavOfGsm } from '../../web/parts/gsm.ts';

describe('recordings for a browser', () => {
  it('last as long as they were, and hum at the 100 Hz of the simulated voice', () => {
    const samples = samplesOfGsm(voiceFor(1000));
    expect(samples).toHaveLength(8000);
    // Where it is most like itself moved on: a period of 80 samples, and half of one upside down.
    const alike = (shift: number): number => {
      let sum = 0;
      for (let k = 4000; k < 6000; k++) sum += (samples[k] ?? 0) * (samples[k + shift] ?? 0);
      return sum;
    };
    expect(alike(80) / alike(0)).toBeGreaterThan(0.95);
    expect(alike(40) / alike(0)).toBeLessThan(-0.5);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeGreaterThan(1000);
    expect(loudest).toBeLessThan(32_767);
  });

  it('are whole WAV files of 8 kHz, 16 bits, mono', () => {
    const file = Buffer.from(wavOfGsm(voiceFor(200)));
    expect(file.toString('latin1', 0, 4)).toBe('RIFF');
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
    expect([file.readUInt16LE(22), file.readUInt32LE(24), file.readUInt16LE(34)]).toEqual([1, 8000, 16]);
    expect(file.readUInt32LE(40)).toBe(1600 * 2);
  });

  it('leave out a frame that was cut off, and are empty for nothing', () => {
    expect(samplesOfGsm(voiceFor(40).subarray(0, 50))).toHaveLength(160);
    expect(wavOfGsm(new Uint8Array())).toHaveProperty('byteLength', 44);
  });
});
