/**
 * What simulated telephones are heard to say: files of raw G.711 µ-law, 8 kHz, one byte a sample, as SIPp
 * plays them. Speech is made by espeak-ng; a tone and silence are computed.
 */
import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TelephonyKit } from './kit.ts';

const run = promisify(execFile);
/** Samples, and bytes, in a millisecond. */
export const ULAW_BYTES_PER_MS = 8;
const BIAS = 132;
const CLIP = 32_635;

/** One sample in µ-law (ITU-T G.711). @param sample 16 bits, signed */
export function ulaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 15)) & 0xff;
}

/** @param level 0 to 1 of the loudest. A whole number of waves fits a second for every whole `hertz`. */
export function toneUlaw(hertz: number, ms: number, level: number): Buffer {
  const wave = (n: number) => Math.round(32_767 * level * Math.sin((2 * Math.PI * hertz * n) / 8000));
  return Buffer.from(Array.from({ length: ms * ULAW_BYTES_PER_MS }, (_, n) => ulaw(wave(n))));
}

export function silenceUlaw(ms: number): Buffer {
  return Buffer.alloc(ms * ULAW_BYTES_PER_MS, ulaw(0));
}

/**
 * Writes speech to a file, whole or not at all.
 * @param options.voice espeak-ng's name of a voice, e.g. `en-gb`, `en-us+f3`; `wordsPerMinute` 80 to 450
 */
export async function speakUlaw(
  kit: TelephonyKit,
  text: string,
  file: string,
  options: { voice?: string; wordsPerMinute?: number; pitch?: number } = {},
): Promise<void> {
  const { voice = 'en-us', wordsPerMinute = 170, pitch = 50 } = options;
  const work = `${file}.${process.pid}`;
  const speech = [
    '-v',
    voice,
    '-s',
    String(wordsPerMinute),
    '-p',
    String(pitch),
    '-w',
    `${work}.wav`,
    '--',
    text,
  ];
  try {
    await run(kit.espeak, speech);
    // Trimmed, so that a voice begins when its file does, and loud enough for a telephone.
    const trim = ['silence', '1', '0.01', '1%', 'reverse', 'silence', '1', '0.01', '1%', 'reverse'];
    const raw = ['-t', 'ul', '-r', '8000', '-c', '1', work];
    await run(kit.sox, [`${work}.wav`, ...raw, 'norm', '-6', ...trim]);
    renameSync(work, file);
  } finally {
    for (const path of [work, `${work}.wav`]) rmSync(path, { force: true });
  }
}

/** The voices of the simulated people, by file. */
export interface PeoplesVoices {
  hello: string;
  greeting: string;
  /** Played again and again once somebody has spoken. */
  quiet: string;
  tone: string;
}

/** Frequency of the tone that numbers ending in 90 make. */
export const TONE_HERTZ = 440;

export async function makePeoplesVoices(kit: TelephonyKit, dir: string): Promise<PeoplesVoices> {
  mkdirSync(dir, { recursive: true });
  const file = (name: string) => join(dir, `${name}.ulaw`);
  const voices = {
    hello: file('hello'),
    greeting: file('greeting'),
    quiet: file('quiet'),
    tone: file('tone'),
  };
  await speakUlaw(kit, 'Hello?', voices.hello);
  await speakUlaw(
    kit,
    'You have reached our answering machine. We cannot take your call at the moment. ' +
      'Please leave your name and your number after the tone, and we will call you back.',
    voices.greeting,
  );
  appendFileSync(voices.greeting, Buffer.concat([silenceUlaw(300), toneUlaw(1000, 500, 0.3)]));
  writeFileSync(voices.quiet, silenceUlaw(1000));
  writeFileSync(voices.tone, toneUlaw(TONE_HERTZ, 1000, 0.2));
  return voices;
}

/** How long a file plays. */
export function ulawMs(file: string): number {
  return Math.ceil(statSync(file).size / ULAW_BYTES_PER_MS);
}
