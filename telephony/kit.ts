/**
 * The telephony kit: a real Asterisk, SIPp, espeak-ng and sox that run on this machine, fetched once and
 * kept in the cache. Tests, the benchmark, the chaos program and `npm run telephony` all start from here.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { waitForLock } from '../local/lock.ts';
import { cacheDir } from '../local/temporal-binary.ts';
import { fetchInto, recipeText, whyNot } from './fetch.ts';

export interface TelephonyKit {
  dir: string;
  /** As Asterisk names itself, and the Debian release it is from. */
  version: string;
  /** Paths of programs that can be run. */
  asterisk: string;
  sipp: string;
  espeak: string;
  sox: string;
  /** Asterisk's modules and its data (sounds, documentation). */
  modulesDir: string;
  dataDir: string;
  /** Recorded key presses for SIPp: `dtmf_2833_<key>.pcap`. */
  sippDir: string;
}

function kitPath(): string {
  const hash = createHash('sha256').update(recipeText()).update(process.arch).digest('hex').slice(0, 12);
  return join(cacheDir(), `telephony-${hash}`);
}

function kitAt(dir: string): TelephonyKit {
  return {
    dir,
    version: readFileSync(join(dir, 'VERSION'), 'utf8').trim(),
    asterisk: join(dir, 'asterisk'),
    sipp: join(dir, 'sipp'),
    espeak: join(dir, 'espeak-ng'),
    sox: join(dir, 'sox'),
    modulesDir: join(dir, 'modules'),
    dataDir: join(dir, 'share/asterisk'),
    sippDir: join(dir, 'share/sipp'),
  };
}

/** The kit that is here already, or why none can be had; neither: it can be fetched. Fetches nothing. */
export function telephonyAtHand(): { kit: TelephonyKit | undefined; why: string | undefined } {
  const dir = kitPath();
  return existsSync(dir) ? { kit: kitAt(dir), why: undefined } : { kit: undefined, why: whyNot() };
}

/**
 * The kit, fetched when it is missing (10 to 60 seconds, once). Any number of processes may ask at once.
 * @param say told in a line each what is being done when it takes time
 * @throws Trouble when there is none and none can be had, naming what to do
 */
export async function findTelephony(say: (line: string) => void): Promise<TelephonyKit> {
  const dir = kitPath();
  // Renamed into place when whole: what is there can be used.
  if (existsSync(dir)) return kitAt(dir);
  mkdirSync(cacheDir(), { recursive: true });
  const release = await waitForLock(`${dir}.lock`, 'getting Asterisk', say);
  try {
    if (existsSync(dir)) return kitAt(dir);
    await fetchWhole(dir, say);
    return kitAt(dir);
  } finally {
    release();
  }
}

async function fetchWhole(dir: string, say: (line: string) => void): Promise<void> {
  const getting = `${dir}.getting-`;
  // Whoever left one behind was killed: we hold the lock.
  for (const name of readdirSync(cacheDir()).map((entry) => join(cacheDir(), entry))) {
    if (name.startsWith(getting)) rmSync(name, { recursive: true, force: true });
  }
  const work = mkdtempSync(getting);
  try {
    for (const part of ['kit', 'work']) mkdirSync(join(work, part));
    await fetchInto(join(work, 'kit'), join(work, 'work'), say);
    renameSync(join(work, 'kit'), dir);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
