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
/** The pulse value that is nearest to none; 7 is the highest. */
const NO_PULSE = 4;
const FULL_PULSE = 7;

/** Of the one pulse in each 5 ms, so that the buzz has 200 Hz; 63 is the loudest. */
const LOUDNESS = 45;

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
    for (let pulse = 0; pulse < PULSES; pulse++) put(3, pulse === 0 ? FULL_PULSE : NO_PULSE);
  }
  return Buffer.from(bits.toString(16).padStart(2 * FRAME_BYTES, '0'), 'hex');
}

const VOICE = voiceFrame();

/** @returns whole frames, rounded up; nothing for 0 ms */
export function voiceFor(durationMs: number): Buffer {
  return Buffer.alloc(Math.ceil(durationMs / FRAME_MS) * FRAME_BYTES, VOICE);
}
