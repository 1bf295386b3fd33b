/**
 * The sound of the simulated network, as GSM 06.10 full-rate frames (ETSI EN 300 961): 33 bytes for each
 * 20 ms. A buzz stands for a voice, so that a recording is a real file of the right length, with something to
 * hear in it, which any decoder reads.
 */
const FRAME_MS = 20;
const FRAME_BYTES = 33;

/** Width in bits of the eight reflection coefficients of a frame, and their values for a flat spectrum. */
const FLAT_SPECTRUM: [width: number, value: number][] = [
  [6, 32],
  [6, 32],
  [5, 20],
  [5, 11],
  [4, 8],
  [4, 5],
  [3, 3],
  [3, 2],
];
const SUBFRAMES = 4;
const PULSES = 13;
/** The two pulse values that are nearest to none, in turn, so that they add up to nothing; and the two ends. */
const NEAR_NONE = [4, 3] as const;
const UP = 7;
const DOWN = 0;

/** Of the one pulse in each 5 ms; 63 is the loudest. Every other one points down, so that the buzz has 100 Hz. */
const LOUDNESS = 50;

function voiceFrame(): Buffer {
  let bits = 0n;
  const put = (width: number, value: number): void => {
    bits = (bits << BigInt(width)) | BigInt(value);
  };
  put(4, 0xd);
  for (const [width, value] of FLAT_SPECTRUM) put(width, value);
  for (let subframe = 0; subframe < SUBFRAMES; subframe++) {
    put(7, 40); // Lag of the long-term prediction, whose gain is 0.
    put(2, 0);
    put(2, 0); // Position of the pulses.
    put(6, LOUDNESS);
    for (let pulse = 0; pulse < PULSES; pulse++) {
      if (pulse === 0) put(3, subframe % 2 === 0 ? UP : DOWN);
      else put(3, NEAR_NONE[pulse % 2 === 0 ? 0 : 1]);
    }
  }
  return Buffer.from(bits.toString(16).padStart(2 * FRAME_BYTES, '0'), 'hex');
}

const VOICE = voiceFrame();

/** @returns whole frames, rounded up; nothing for 0 ms */
export function voiceFor(durationMs: number): Buffer {
  return Buffer.alloc(Math.ceil(durationMs / FRAME_MS) * FRAME_BYTES, VOICE);
}
