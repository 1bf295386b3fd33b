/** Sounds for tests: tones made by formula, as WAV files of any kind, and what can be measured of telephone sound. */

export interface ToneOptions {
  hz: number;
  ms: number;
  rate?: number;
  /** Of full scale. */
  loudness?: number;
}

/** One line of samples, -1 to 1. */
export function tone({ hz, ms, rate = 44_100, loudness = 0.5 }: ToneOptions): Float64Array {
  const samples = new Float64Array(Math.round((rate * ms) / 1000));
  for (let index = 0; index < samples.length; index++) {
    samples[index] = loudness * Math.sin((2 * Math.PI * hz * index) / rate);
  }
  return samples;
}

export type SampleKind = 8 | 16 | 24 | 32 | 'float32' | 'float64';

const writers: Record<SampleKind, { bytes: number; write(out: Buffer, at: number, value: number): void }> = {
  8: { bytes: 1, write: (out, at, value) => out.writeUInt8(Math.round(128 + value * 127), at) },
  16: { bytes: 2, write: (out, at, value) => out.writeInt16LE(Math.round(value * 32_767), at) },
  24: { bytes: 3, write: (out, at, value) => out.writeIntLE(Math.round(value * 8_388_607), at, 3) },
  32: { bytes: 4, write: (out, at, value) => out.writeInt32LE(Math.round(value * 2_147_483_647), at) },
  float32: { bytes: 4, write: (out, at, value) => out.writeFloatLE(value, at) },
  float64: { bytes: 8, write: (out, at, value) => out.writeDoubleLE(value, at) },
};

/** A WAV file written byte by byte here, so that no library of the product proves itself right. */
export function wavFile(lines: Float64Array[], { rate = 44_100, kind = 16 as SampleKind } = {}): Buffer {
  const { bytes, write } = writers[kind];
  const count = lines[0]?.length ?? 0;
  const data = Buffer.alloc(count * bytes * lines.length);
  for (let index = 0; index < count; index++) {
    lines.forEach((line, place) => {
      write(data, (index * lines.length + place) * bytes, line[index] ?? 0);
    });
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(typeof kind === 'string' ? 3 : 1, 20);
  head.writeUInt16LE(lines.length, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * bytes * lines.length, 28);
  head.writeUInt16LE(bytes * lines.length, 32);
  head.writeUInt16LE(bytes * 8, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** G.711 u-law to samples of -1 to 1, by the formula of ITU-T G.711. */
export function fromUlaw(ulaw: Uint8Array): Float64Array {
  return Float64Array.from(ulaw, (byte) => {
    const code = ~byte & 0xff;
    const magnitude = (((code & 0x0f) << 3) + 132) << ((code >> 4) & 0x07);
    return ((code & 0x80 ? -1 : 1) * (magnitude - 132)) / 32_768;
  });
}

/** How strong one pitch is (Goertzel): the loudness a pure tone of that pitch would have. */
export function loudnessAt(samples: Float64Array, hz: number, rate = 8000): number {
  const step = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let one = 0;
  let two = 0;
  for (const sample of samples) [one, two] = [sample + step * one - two, one];
  const power = one * one + two * two - step * one * two;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/** Root mean square. A tone of loudness 0.5 has 0.354. */
export const rms = (samples: Float64Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
