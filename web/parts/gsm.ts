/**
 * GSM 06.10 full rate (ETSI EN 300 961, section 5.3 and annex tables) made into WAV, since browsers play the one and not
 * the other. The decoder follows the standard's steps and its tables, in ordinary numbers rather than in 16-bit
 * arithmetic: it is for listening, and ends within a hair of the standard's own samples.
 */
const FRAME_BYTES = 33;
const FRAME_SAMPLES = 160;
const RATE_HZ = 8000;
const SUBFRAME_SAMPLES = 40;
const PULSES = 13;
/** The longest pitch lag: so much of the past is looked back on. */
const LAG = { least: 40, most: 120 };

/** Of each log-area ratio: bits, the smallest code, and how it is turned back (tables 5.1 and 5.2 of the standard). */
const RATIOS = [
  { bits: 6, least: -32, offset: 0, inverse: 13107 },
  { bits: 6, least: -32, offset: 0, inverse: 13107 },
  { bits: 5, least: -16, offset: 2048, inverse: 13107 },
  { bits: 5, least: -16, offset: -2560, inverse: 13107 },
  { bits: 4, least: -8, offset: 94, inverse: 19223 },
  { bits: 4, least: -8, offset: -1792, inverse: 17476 },
  { bits: 3, least: -4, offset: -341, inverse: 31454 },
  { bits: 3, least: -4, offset: -1144, inverse: 29708 },
] as const;
const LONG_TERM_GAINS = [3277, 11469, 21299, 32767];
const PULSE_STEPS = [18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767];
/** How ratios of the frame before give way to those of this one: up to which sample, with what share of the old. */
const BLENDS = [
  { until: 13, old: 0.75 },
  { until: 27, old: 0.5 },
  { until: 40, old: 0.25 },
  { until: FRAME_SAMPLES, old: 0 },
] as const;
const ONE = 32768;

/** Bits from the highest one on. */
function bitsOf(bytes: Uint8Array): (count: number) => number {
  let place = 0;
  return (count) => {
    let value = 0;
    for (const end = place + count; place < end; place++) {
      value = (value << 1) | (((bytes[place >> 3] ?? 0) >> (7 - (place & 7))) & 1);
    }
    return value;
  };
}

/** The size of a block's pulses: a step and how far it is shifted. */
function sizeOf(code: number): { step: number; shift: number } {
  let exponent = code > 15 ? (code >> 3) - 1 : 0;
  let mantissa = code - exponent * 8;
  if (mantissa === 0) return { step: PULSE_STEPS[7] ?? 0, shift: 10 };
  while (mantissa <= 7) {
    mantissa = mantissa * 2 + 1;
    exponent -= 1;
  }
  return { step: PULSE_STEPS[mantissa - 8] ?? 0, shift: 6 - exponent };
}

/** A ratio as a reflection coefficient, -1 to 1. */
function reflection(ratio: number): number {
  const size = Math.abs(ratio);
  const bent = size < 11059 ? size * 2 : size < 20070 ? size + 11059 : size / 4 + 26112;
  return (Math.sign(ratio) * Math.min(bent, ONE - 1)) / ONE;
}

interface Decoder {
  /** @param frame 33 bytes @param to 160 samples, -32768 to 32767 */
  decode(frame: Uint8Array, to: Int16Array): void;
}

function createDecoder(): Decoder {
  /** What was excited, the past first. */
  const past = new Float64Array(LAG.most + FRAME_SAMPLES);
  const lattice = new Float64Array(9);
  let ratios = new Float64Array(RATIOS.length);
  let lag: number = LAG.least;
  let emphasis = 0;

  const subframe = (read: (count: number) => number, from: number): void => {
    const asked = read(7);
    if (asked >= LAG.least && asked <= LAG.most) lag = asked;
    const gain = (LONG_TERM_GAINS[read(2)] ?? 0) / ONE;
    const grid = read(2);
    const { step, shift } = sizeOf(read(6));
    for (let k = 0; k < SUBFRAME_SAMPLES; k++) past[from + k] = gain * (past[from + k - lag] ?? 0);
    for (let pulse = 0; pulse < PULSES; pulse++) {
      const at = from + grid + 3 * pulse;
      const height = ((read(3) * 2 - 7) * 4096 * step) / ONE / 2 ** shift;
      past[at] = (past[at] ?? 0) + height;
    }
  };

  /** Through the lattice filter, sample by sample, and the emphasis taken back. */
  const speak = (now: Float64Array, to: Int16Array): void => {
    let k = 0;
    for (const { until, old } of BLENDS) {
      const coefficients = now.map((ratio, i) => reflection(old * (ratios[i] ?? 0) + (1 - old) * ratio));
      for (; k < until; k++) {
        let value = past[LAG.most + k] ?? 0;
        for (let i = 7; i >= 0; i--) {
          const coefficient = coefficients[i] ?? 0;
          value -= coefficient * (lattice[i] ?? 0);
          lattice[i + 1] = (lattice[i] ?? 0) + coefficient * value;
        }
        lattice[0] = value;
        emphasis = value + (emphasis * 28180) / ONE;
        to[k] = Math.max(-ONE, Math.min(ONE - 1, Math.round(emphasis * 2)));
      }
    }
    ratios = new Float64Array(now);
  };

  return {
    decode(frame, to) {
      const read = bitsOf(frame);
      // The mark at the beginning of each frame.
      read(4);
      const now = Float64Array.from(RATIOS, ({ bits, least, offset, inverse }) => {
        const code = (read(bits) + least) * 1024 - offset * 2;
        return (code * inverse * 2) / ONE;
      });
      past.copyWithin(0, FRAME_SAMPLES);
      for (let from = LAG.most; from < past.length; from += SUBFRAME_SAMPLES) subframe(read, from);
      speak(now, to);
    },
  };
}

/** Samples at 8 kHz. A frame that was cut off at the end is left out. */
export function samplesOfGsm(gsm: Uint8Array): Int16Array {
  const frames = Math.floor(gsm.length / FRAME_BYTES);
  const samples = new Int16Array(frames * FRAME_SAMPLES);
  const decoder = createDecoder();
  for (let frame = 0; frame < frames; frame++) {
    const from = frame * FRAME_SAMPLES;
    decoder.decode(
      gsm.subarray(frame * FRAME_BYTES, (frame + 1) * FRAME_BYTES),
      samples.subarray(from, from + FRAME_SAMPLES),
    );
  }
  return samples;
}

/** A whole WAV file: PCM, 16 bits, mono, 8 kHz. */
export function wavOfGsm(gsm: Uint8Array): ArrayBuffer {
  const samples = samplesOfGsm(gsm);
  const file = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const text = (at: number, words: string): void => {
    for (const [index, letter] of [...words].entries()) file.setUint8(at + index, letter.charCodeAt(0));
  };
  text(0, 'RIFF');
  file.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, RATE_HZ, true);
  file.setUint32(28, RATE_HZ * 2, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  text(36, 'data');
  file.setUint32(40, samples.length * 2, true);
  for (const [index, sample] of samples.entries()) file.setInt16(44 + index * 2, sample, true);
  return file.buffer as ArrayBuffer;
}
