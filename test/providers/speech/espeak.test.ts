import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEspeak } from '../../../providers/speech/espeak.ts';
import { voiceFor, voicesIn } from '../../../providers/speech/espeak-voices.ts';
import { SpeechUnavailable } from '../../../providers/speech/provider.ts';
import { pcmWav } from '../../../providers/speech/wav.ts';
import { scratchDir } from '../../support/scratch-dir.ts';

const dir = scratchDir();

/** A program of a few lines of shell in the synthesiser's place. */
async function program(name: string, lines: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  const path = join(dir, name);
  const voices =
    'if [ "$1" = --voices ]; then echo heading; echo " 5  en-gb  --/M English gmw/en"; exit 0; fi';
  await writeFile(path, `#!/bin/sh\n${voices}\n${lines}\n`);
  await chmod(path, 0o755);
  return path;
}
const reason = async (command: string, options = {}): Promise<string> => {
  const speech = createEspeak({ command, ...options });
  const error = await speech.synthesise({ text: 'hello', language: 'en' }).catch((caught: unknown) => caught);
  await speech.close();
  expect(error).toBeInstanceOf(SpeechUnavailable);
  return (error as Error).message;
};

describe('a synthesiser that is in trouble is named to the operator', () => {
  it('not installed', async () => {
    expect(await reason('/nowhere/espeak-ng')).toBe('/nowhere/espeak-ng is not installed');
  });

  it('failing, with its own words', async () => {
    const command = await program('failing', 'cat >/dev/null; echo "no data" >&2; exit 3');
    expect(await reason(command)).toBe(`${command} failed with status 3: no data`);
  });

  it('hanging: it is ended at the deadline', async () => {
    const command = await program('hanging', 'exec sleep 60');
    expect(await reason(command, { deadlineMs: 100 })).toMatch(/SIGKILL.*within 100 ms/);
  });

  it('saying nothing, or something else than sound', async () => {
    expect(await reason(await program('silent', 'cat >/dev/null'))).toMatch(/gave no sound/);
    expect(await reason(await program('chatty', 'cat >/dev/null; echo hello'))).toMatch(/gave no sound/);
  });

  it('not reading its input: the answer counts, not the broken pipe', async () => {
    expect(await reason(await program('deaf', 'exit 5'))).toMatch(/status 5/);
  });

  it('flooding: it is ended at the limit', async () => {
    expect(await reason(await program('flooding', 'exec cat /dev/zero'))).toMatch(/more than \d+ bytes/);
  }, 30_000);

  it('installed later, it is used without a restart', async () => {
    const speech = createEspeak({ command: join(dir, 'late') });
    await expect(speech.version()).rejects.toThrow(/not installed/);
    await expect(speech.synthesise({ text: 'a', language: 'en' })).rejects.toThrow(/not installed/);
    await program('late', 'echo "eSpeak NG text-to-speech: 9.9  Data at: /x"');
    expect(await speech.version()).toBe('espeak-ng 9.9');
  });
});

it('gives the text by standard input, the voice as one argument, and runs few processes at once', async () => {
  const wav = join(dir, 'a.wav');
  await mkdir(dir, { recursive: true });
  await writeFile(wav, pcmWav(Buffer.alloc(2000), 8000));
  const log = join(dir, 'log');
  const command = await program(
    'noting',
    `echo "begin $#: $*" >> ${log}; cat >> ${log}; sleep 0.1; echo " end" >> ${log}; cat ${wav}`,
  );
  const speech = createEspeak({ command, atOnce: 2 });
  await Promise.all(
    ['one', 'two', 'three', 'four'].map((text) => speech.synthesise({ text, language: 'en-IN' })),
  );
  const noted = await readFile(log, 'utf8');
  expect(noted.match(/begin 6: --stdin -b 1 -v en-gb --stdout/g)).toHaveLength(4);
  for (const text of ['one', 'two', 'three', 'four']) expect(noted).toContain(text);
  let running = 0;
  let most = 0;
  for (const [word] of noted.matchAll(/begin|end/g)) {
    running += word === 'begin' ? 1 : -1;
    most = Math.max(most, running);
  }
  expect(most).toBe(2);
});

it('closing ends what is being spoken', async () => {
  const speech = createEspeak({ command: await program('endless', 'exec sleep 60') });
  const speaking = speech.synthesise({ text: 'hello', language: 'en' });
  speaking.catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 200));
  await speech.close();
  await expect(speaking).rejects.toBeInstanceOf(SpeechUnavailable);
});

describe('the voice for a language', () => {
  const voices =
    voicesIn(`Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  cmn             --/M      Chinese_(Mandarin)  sit/cmn   (zh-cmn 5)(zh 5)
 5  en-gb           --/M      English_(GB)       gmw/en     (en 2)
 2  en-us           --/M      English_(America)  gmw/en-US  (en 3)
 5  fr-be           --/M      French_(Belgium)   roa/fr-BE  (fr 8)
 5  fr-fr           --/M      French_(France)    roa/fr     (fr 5)
 5  hi              --/M      Hindi              inc/hi
 5  nb              --/M      Norwegian          gmq/nb     (no 5)
 5  pt-br           --/M      Portuguese         roa/pt-BR  (pt 6)
 5  chr-US-Qaaa-x-west --/M   Cherokee_          iro/chr
 5  ../evil         --/M      Evil               x`);

  it.each([
    ['en', 'en-gb'],
    ['en-IN', 'en-gb'],
    ['en-US', 'en-us'],
    ['hi-IN', 'hi'],
    ['hi-Deva-IN', 'hi'],
    ['fr', 'fr-fr'],
    ['fr-CH', 'fr-fr'],
    ['zh-Hans-CN', 'cmn'],
    ['no', 'nb'],
    ['pt', 'pt-br'],
    ['PT-BR', 'pt-br'],
  ])('%s is spoken by %s', (language, voice) => {
    expect(voiceFor(language, voices)).toBe(voice);
  });

  it('a language without a voice has none, and no voice is ever an option or a path', () => {
    expect(voiceFor('th', voices)).toBeUndefined();
    expect([...voices].filter((voice) => /^-|[./]/.test(voice))).toEqual([]);
  });
});
