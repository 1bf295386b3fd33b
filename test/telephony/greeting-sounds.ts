/** The sound of a greeting of the set: speech of the kit's synthesiser, and tones and noises by formula. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { TelephonyKit } from '../../telephony/kit.ts';
import { speakUlaw, ULAW_BYTES_PER_MS, ulaw } from '../../telephony/voices.ts';
import { fromUlaw, rms, tone } from '../support/audio.ts';
import type { Greeting, Part } from './greetings.ts';

/** How long what is behind a voice is heard at least: longer than anybody listens for a machine. */
const BEHIND_MS = 9_000;

/**
 * Makes the sound of a greeting, as SIPp plays it.
 * @param file raw G.711 µ-law is written to it
 * @returns how long it lasts, without what is behind it
 */
export async function makeGreeting(kit: TelephonyKit, greeting: Greeting, file: string): Promise<number> {
  const parts: Float64Array[] = [];
  for (const part of greeting.parts) parts.push(await soundOf(kit, part, file));
  const voice = joined(parts).map((sample) => sample * 10 ** ((greeting.gainDb ?? 0) / 20));
  const whole = greeting.behind ? mixed(voice, await soundBehind(kit, greeting.behind, file)) : voice;
  const bytes = Uint8Array.from(whole, (sample) =>
    ulaw(Math.round(32_767 * Math.max(-1, Math.min(1, sample)))),
  );
  writeFileSync(file, bytes);
  return Math.ceil(voice.length / ULAW_BYTES_PER_MS);
}

async function soundOf(kit: TelephonyKit, part: Part, file: string): Promise<Float64Array> {
  if ('pauseMs' in part) return new Float64Array(part.pauseMs * ULAW_BYTES_PER_MS);
  if ('beepMs' in part) return tone({ hz: 1000, ms: part.beepMs, rate: 8000, loudness: 0.3 });
  if ('coughMs' in part) return cough(part.coughMs);
  const spoken = `${file}.part`;
  const { say, voice, wpm, pitch } = part;
  await speakUlaw(kit, say, spoken, {
    ...(voice !== undefined && { voice }),
    ...(wpm !== undefined && { wordsPerMinute: wpm }),
    ...(pitch !== undefined && { pitch }),
  });
  const sound = fromUlaw(readFileSync(spoken));
  rmSync(spoken);
  return sound;
}

async function soundBehind(
  kit: TelephonyKit,
  { what, db }: NonNullable<Greeting['behind']>,
  file: string,
): Promise<Float64Array> {
  const samples = BEHIND_MS * ULAW_BYTES_PER_MS;
  const sounds = {
    HUM: async () => hum(samples),
    NOISE: async () => noise(samples),
    TELEVISION: async () => news(kit, file),
  };
  const sound = await sounds[what]();
  const factor = 10 ** (db / 20) / rms(sound);
  return sound.map((sample) => sample * factor);
}

/** The mains and its overtones, as a bad earth brings them into a line. */
function hum(samples: number): Float64Array {
  const overtones = [1, 3, 5, 7].map((n) =>
    tone({ hz: 50 * n, ms: samples / ULAW_BYTES_PER_MS, rate: 8000, loudness: 1 / n }),
  );
  return mixed(...overtones);
}

/** Noise with more of the low than of the high, like that of traffic. The same at every run. */
function noise(samples: number): Float64Array {
  let seed = 1;
  let low = 0;
  return Float64Array.from({ length: samples }, () => {
    // A linear congruential generator with the multiplier of Numerical Recipes: noise need not be better.
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    low = 0.8 * low + 0.2 * (seed / 2 ** 31 - 1);
    return low;
  });
}

/** A burst that dies away. */
function cough(ms: number): Float64Array {
  const burst = noise(ms * ULAW_BYTES_PER_MS);
  return burst.map((sample, n) => 1.5 * sample * (1 - n / burst.length));
}

async function news(kit: TelephonyKit, file: string): Promise<Float64Array> {
  const say =
    'And now the news. The monsoon has reached the coast of Kerala three days early, said the weather office on Monday. Farmers welcomed the rain.';
  return soundOf(kit, { say, voice: 'en-gb', wpm: 170 }, `${file}.behind`);
}

function joined(sounds: Float64Array[]): Float64Array {
  return Float64Array.from(sounds.flatMap((sound) => [...sound]));
}

/** As long as the longest. */
function mixed(...sounds: Float64Array[]): Float64Array {
  const length = Math.max(...sounds.map((sound) => sound.length));
  return Float64Array.from({ length }, (_, n) => sounds.reduce((sum, sound) => sum + (sound[n] ?? 0), 0));
}
