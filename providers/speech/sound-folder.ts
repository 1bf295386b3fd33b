/**
 * The folder of sounds: whole files under names that stand for their content, and no more of them than it may hold.
 * Several processes share it without a word: a file's time of modification says when it was last asked for, and what
 * was asked for within the last hour is removed by nobody, however full the folder is.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

export interface SoundFolder {
  /** @returns the bytes of the sound, or undefined when it is not there; marks it as in use */
  find(name: string): Promise<number | undefined>;
  /** Writes a sound, whole or not at all, and later makes room where that is needed. */
  keep(name: string, sound: Buffer): Promise<void>;
  /** Waits for a clearing that is being made. */
  close(): Promise<void>;
}

export const ENDING = '.ulaw';
const TEMPORARY = '.part';
/** In use: asked for this short a time ago. A prepared sound is played within it, at the latest. */
const IN_USE_MS = 3_600_000;
/** The mark is renewed no more often than this: a busy sentence need not be marked a hundred times a second. */
const MARK_EVERY_MS = 60_000;
const CLEAR_EVERY_MS = 60_000;
/** Cleared down to this much of the limit, so that the next sound does not clear again. */
const LEAVE = 0.8;

export interface SoundFolderOptions {
  dir: string;
  maxBytes: number;
  onTrouble: (error: unknown) => void;
}

export function createSoundFolder(options: SoundFolderOptions): SoundFolder {
  const { dir, onTrouble } = options;
  let cleared = 0;
  let clearing: Promise<void> = Promise.resolve();
  const pathOf = (name: string): string => join(dir, `${name}${ENDING}`);

  async function find(name: string): Promise<number | undefined> {
    const path = pathOf(name);
    try {
      const { size, mtimeMs } = await stat(path);
      if (size === 0) return undefined;
      if (Date.now() - mtimeMs > MARK_EVERY_MS) {
        const now = new Date();
        // Gone in the meantime: another process cleared the folder, so it is to be made anew.
        await utimes(path, now, now);
      }
      return size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async function keep(name: string, sound: Buffer): Promise<void> {
    await mkdir(dir, { recursive: true, mode: 0o755 });
    const temporary = join(dir, `.${name}.${randomBytes(6).toString('hex')}${TEMPORARY}`);
    try {
      // The telephone server may be another user of this machine.
      const file = await open(temporary, 'wx', 0o644);
      try {
        // Whatever the process's mask says.
        await file.chmod(0o644);
        await file.writeFile(sound);
        // Else a power cut could leave an empty file under a name that promises a sentence.
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, pathOf(name));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    if (Date.now() - cleared < CLEAR_EVERY_MS) return;
    cleared = Date.now();
    clearing = clearSounds(options).catch(onTrouble);
  }

  return { find, keep, close: () => clearing };
}

interface Kept {
  path: string;
  bytes: number;
  usedAt: number;
}

/**
 * Makes room: leftovers of crashes, then the sounds that have been asked for the longest ago. Two processes may do
 * it at once; each removes what the other has not.
 */
export async function clearSounds(input: { dir: string; maxBytes: number }): Promise<void> {
  const { dir, maxBytes } = input;
  const unused = Date.now() - IN_USE_MS;
  const sounds: Kept[] = [];
  for (const name of await readdir(dir)) {
    const path = join(dir, name);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) continue;
    if (name.endsWith(TEMPORARY) && found.mtimeMs < unused) await rm(path, { force: true });
    if (name.endsWith(ENDING)) sounds.push({ path, bytes: found.size, usedAt: found.mtimeMs });
  }
  let total = sounds.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= maxBytes) return;
  for (const { path, bytes, usedAt } of sounds.sort((a, b) => a.usedAt - b.usedAt)) {
    if (total <= maxBytes * LEAVE || usedAt >= unused) return;
    await rm(path, { force: true });
    total -= bytes;
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException)?.code === 'ENOENT';
