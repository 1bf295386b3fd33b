/** What sound files may be, and what the telephone plays: shared by the conversion and those who ask for it. */

export const AUDIO_LIMITS = { bytes: 10 * 1024 * 1024, ms: 10 * 60_000 };

export type AudioFormat = 'mp3' | 'wav';

export interface TelephoneAudio {
  format: AudioFormat;
  /** G.711 u-law, mono, 8,000 bytes a second. */
  ulaw: Uint8Array;
}

/** The file cannot be used. The message tells its sender why. */
export class NotAudio extends Error {
  override name = 'NotAudio';
}
