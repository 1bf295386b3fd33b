import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type SpeechProvider, SpeechUnavailable } from '../../../providers/speech/provider.ts';
import { createSimulatedSpeech } from '../../../providers/speech/simulated.ts';
import { clearSounds, createSoundFolder } from '../../../providers/speech/sound-folder.ts';
import { createSounds, type SoundsOptions } from '../../../providers/speech/sounds.ts';
import { localFiles } from '../../../providers/storage/local-files.ts';
import type { Utterance } from '../../../providers/voice/trunk.ts';
import { fromUlaw, rms } from '../../support/audio.ts';
import { scratchDir } from '../../support/scratch-dir.ts';

const scratch = scratchDir();
let folders = 0;
/** A folder that is not there yet. */
const newFolder = (): string => join(scratch, String(++folders));

const text = (words: string, language = 'en'): Utterance => ({ kind: 'TEXT', text: words, language });

/** Sounds in a folder of their own, and how often the synthesiser was asked. */
function bench(over: Partial<SoundsOptions> = {}) {
  const root = newFolder();
  const dir = over.dir ?? join(root, 'sounds');
  const asked: string[] = [];
  const simulated = createSimulatedSpeech();
  const speech: SpeechProvider = {
    ...simulated,
    synthesise: (order) => {
      asked.push(order.text);
      return simulated.synthesise(order);
    },
  };
  const storage = localFiles(join(root, 'storage'));
  const sounds = createSounds({ dir, dirThere: '/there/sounds', speech, storage, ...over });
  onTestFinished(() => sounds.close());
  const fileOf = (path: string) => join(dir, `${path.replace('/there/sounds/', '')}.ulaw`);
  return { sounds, dir, asked, storage, fileOf };
}

describe('texts', () => {
  it('become files of u-law that sound, in the order asked, named as the telephone server sees them', async () => {
    const { sounds, fileOf } = bench();
    const [hello, bye] = await sounds.prepare([text('Hello'), text('Good bye')]);
    expect(hello?.path).toMatch(/^\/there\/sounds\/text-[0-9a-f]{40}$/);
    expect(bye?.path).not.toBe(hello?.path);
    const content = await readFile(fileOf(hello?.path ?? ''));
    // 66 ms a character, eight bytes a millisecond.
    expect(Math.abs(content.length - 5 * 66 * 8)).toBeLessThanOrEqual(1);
    expect(hello?.durationMs).toBe(330);
    expect(rms(fromUlaw(content))).toBeGreaterThan(0.1);
  });

  it('are spoken once, however often and by however many they are asked for at the same moment', async () => {
    const { sounds, asked } = bench();
    const many = Array.from({ length: 50 }, () => text('The same'));
    const all = await Promise.all([sounds.prepare(many), sounds.prepare(many)]);
    expect(new Set(all.flat().map(({ path }) => path)).size).toBe(1);
    expect(asked).toEqual(['The same']);
  });

  it('are found again after a restart, and by another worker', async () => {
    const first = bench();
    const [made] = await first.sounds.prepare([text('Kept')]);
    const second = bench({ dir: first.dir });
    expect(await second.sounds.prepare([text('Kept')])).toEqual([made]);
    expect(second.asked).toEqual([]);
  });

  it('are spoken anew in another language, and by another version of the engine', async () => {
    const { sounds, dir } = bench();
    const newer = { ...createSimulatedSpeech(), version: async () => 'simulated speech 2' };
    const other = bench({ dir, speech: newer });
    const paths = [
      await sounds.prepare([text('Hello', 'en')]),
      await sounds.prepare([text('Hello', 'hi')]),
      await other.sounds.prepare([text('Hello', 'en')]),
    ].map(([sound]) => sound?.path);
    expect(new Set(paths).size).toBe(3);
  });

  it('of nothing but spaces are a moment of silence', async () => {
    const { sounds, asked, fileOf } = bench();
    const [silence] = await sounds.prepare([text(' \n ')]);
    expect(silence?.durationMs).toBe(20);
    expect(asked).toEqual([]);
    expect(rms(fromUlaw(await readFile(fileOf(silence?.path ?? ''))))).toBe(0);
  });

  it('that cannot be spoken fail with the reason, and are tried again the next time', async () => {
    let broken = true;
    const simulated = createSimulatedSpeech();
    const speech: SpeechProvider = {
      ...simulated,
      synthesise: async (order) => {
        if (broken) throw new SpeechUnavailable('espeak-ng is not installed');
        return simulated.synthesise(order);
      },
    };
    const { sounds, dir } = bench({ speech });
    await expect(sounds.prepare([text('a'), text('b')])).rejects.toThrow('espeak-ng is not installed');
    expect(await readdir(dir).catch(() => [])).toEqual([]);
    broken = false;
    expect(await sounds.prepare([text('a')])).toHaveLength(1);
  });
});

describe('prompts', () => {
  it('are taken from storage byte for byte, once', async () => {
    const { sounds, storage, fileOf } = bench();
    const content = Buffer.from(Array.from({ length: 4000 }, (_, index) => index % 256));
    await storage.write('prompts/1/x.ulaw', Readable.from([content]), 4000);
    const prompt: Utterance = { kind: 'PROMPT', prompt: 'x', sound: 'prompts/1/x.ulaw' };
    const [sound] = await sounds.prepare([prompt]);
    expect(sound?.durationMs).toBe(500);
    expect((await readFile(fileOf(sound?.path ?? ''))).equals(content)).toBe(true);
    await storage.remove('prompts/1/x.ulaw');
    expect(await sounds.prepare([prompt])).toEqual([sound]);
  });

  it('without a sound, or gone from storage, are named', async () => {
    const { sounds } = bench();
    for (const sound of [undefined, 'prompts/1/gone.ulaw']) {
      const missing: Utterance = { kind: 'PROMPT', prompt: 'greeting', ...(sound && { sound }) };
      const error = await sounds.prepare([missing]).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(SpeechUnavailable);
      expect((error as Error).message).toContain('"greeting"');
    }
  });
});

describe('the folder', () => {
  const age = (path: string, minutes: number): Promise<void> => {
    const then = new Date(Date.now() - minutes * 60_000);
    return utimes(path, then, then);
  };
  const names = async (dir: string): Promise<string[]> => (await readdir(dir)).sort();

  it('never holds a sound in part: what a crash left is overlooked, and cleared away later', async () => {
    const { sounds, dir, fileOf } = bench();
    const [made] = await sounds.prepare([text('a')]);
    const old = join(dir, '.text-1.abc.part');
    const fresh = join(dir, '.text-2.abc.part');
    await writeFile(old, 'half');
    await writeFile(fresh, 'half');
    await age(old, 120);
    await clearSounds({ dir, maxBytes: 1_000_000 });
    expect(await names(dir)).toEqual([
      '.text-2.abc.part',
      fileOf(made?.path ?? '')
        .split('/')
        .at(-1),
    ]);
  });

  it('an empty file, as a power cut may leave it, is no sound: it is made anew', async () => {
    const { sounds, fileOf, asked } = bench();
    const [made] = await sounds.prepare([text('a')]);
    await writeFile(fileOf(made?.path ?? ''), '');
    expect(await sounds.prepare([text('a')])).toEqual([made]);
    expect(asked).toEqual(['a', 'a']);
  });

  it('a sound that somebody removed is made anew', async () => {
    const { sounds, fileOf } = bench();
    const [made] = await sounds.prepare([text('a')]);
    await rm(fileOf(made?.path ?? ''));
    await sounds.prepare([text('a')]);
    expect((await stat(fileOf(made?.path ?? ''))).size).toBeGreaterThan(0);
  });

  it('above its limit, the sounds asked for the longest ago go first, and none of the last hour', async () => {
    const dir = newFolder();
    const folder = createSoundFolder({ dir, maxBytes: 1e9, onTrouble: () => {} });
    for (const [name, minutes] of [
      ['a', 300],
      ['b', 200],
      ['c', 100],
      ['d', 10],
    ] as const) {
      await folder.keep(name, Buffer.alloc(1000));
      await age(join(dir, `${name}.ulaw`), minutes);
    }
    await clearSounds({ dir, maxBytes: 4000 });
    expect(await names(dir)).toHaveLength(4);
    // Asked for again, the oldest is the newest.
    expect(await folder.find('a')).toBe(1000);
    await clearSounds({ dir, maxBytes: 3900 });
    expect(await names(dir)).toEqual(['a.ulaw', 'c.ulaw', 'd.ulaw']);
    await clearSounds({ dir, maxBytes: 10 });
    expect(await names(dir)).toEqual(['a.ulaw', 'd.ulaw']);
  });

  it('other people’s files in it are left alone', async () => {
    const dir = newFolder();
    const folder = createSoundFolder({ dir, maxBytes: 1, onTrouble: () => {} });
    await folder.keep('a', Buffer.alloc(10));
    await writeFile(join(dir, 'notes.txt'), 'mine');
    await age(join(dir, 'notes.txt'), 9999);
    await age(join(dir, 'a.ulaw'), 9999);
    await clearSounds({ dir, maxBytes: 1 });
    expect(await names(dir)).toEqual(['notes.txt']);
  });

  it('can be read by a telephone server that is another user of the machine', async () => {
    const { sounds, fileOf } = bench();
    const [made] = await sounds.prepare([text('a')]);
    expect((await stat(fileOf(made?.path ?? ''))).mode & 0o777).toBe(0o644);
  });
});
