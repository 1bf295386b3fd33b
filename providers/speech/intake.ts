/** Sound files that people send in: converted for the telephone, or refused with a reason they can act on. */
import { type AudioFormat, NotAudio } from './audio.ts';
import { createConverter } from './converter.ts';
import { ulawWav } from './wav.ts';

export type TakenSound =
  | { kind: 'TAKEN'; format: AudioFormat; ulaw: Buffer; durationMs: number }
  | { kind: 'REFUSED'; why: string };

export interface SoundIntake {
  /** @throws Error when conversion itself failed, which is no fault of the file's sender */
  take(data: Uint8Array): Promise<TakenSound>;
  /** The telephone's sound as a WAV file (u-law), which browsers play. */
  asWav(ulaw: Buffer): Buffer;
  close(): Promise<void>;
}

export function createSoundIntake(): SoundIntake {
  const converter = createConverter();
  return {
    async take(data) {
      try {
        return { kind: 'TAKEN', ...(await converter.convert(data)) };
      } catch (error) {
        if (error instanceof NotAudio) return { kind: 'REFUSED', why: error.message };
        throw error;
      }
    },
    asWav: ulawWav,
    close: () => converter.close(),
  };
}
