import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEspeak } from '../../../providers/speech/espeak.ts';
import { createSounds } from '../../../providers/speech/sounds.ts';
import { localFiles } from '../../../providers/storage/local-files.ts';
import { speechProviderContract } from '../../contract/speech-provider.ts';
import { fromUlaw, loudnessAt, rms } from '../../support/audio.ts';
import { scratchDir } from '../../support/scratch-dir.ts';
import { telephonyKit } from '../../support/telephony.ts';

const { kit } = await telephonyKit();
const command = kit?.espeak ?? 'espeak-ng';
const scratch = scratchDir();

describe.skipIf(!kit)('espeak-ng of the telephony kit', () => {
  speechProviderContract('espeak-ng', { makeProvider: async () => createEspeak({ command }) });

  it('names a language it has no voice for', async () => {
    const speech = createEspeak({ command });
    const speaking = speech.synthesise({ text: 'hello', language: 'xx-XX' });
    await expect(speaking).rejects.toThrow('espeak-ng has no voice for the language xx-XX');
  });

  it('a sentence reaches the telephone as a voice: as long as it was spoken, and louder below 1 kHz than above 3', async () => {
    const dir = join(scratch, 'sounds');
    const speech = createEspeak({ command });
    const sounds = createSounds({ dir, dirThere: dir, speech, storage: localFiles(join(scratch, 's')) });
    onTestFinished(() => sounds.close());
    const sentence = 'Good morning. This is a message for Asha about the parcel that comes today.';
    const [sound] = await sounds.prepare([{ kind: 'TEXT', text: sentence, language: 'en-IN' }]);
    expect(sound?.durationMs).toBeGreaterThan(3000);
    expect(sound?.durationMs).toBeLessThan(8000);
    const heard = fromUlaw(await readFile(`${sound?.path}.ulaw`));
    expect(rms(heard)).toBeGreaterThan(0.02);
    const energy = (from: number, to: number): number => {
      let sum = 0;
      for (let hz = from; hz < to; hz += 7) sum += loudnessAt(heard, hz) ** 2;
      return sum;
    };
    expect(energy(100, 1000)).toBeGreaterThan(3 * energy(3000, 3900));
  });
});
