/**
 * A lock that is a file naming its holder. It outlives a `kill -9`, but does not bind then: a holder that
 * no longer runs (same id and same start time) holds nothing.
 */

import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity, starter } from './processes.ts';
import { errorCode } from './trouble.ts';

export interface Holder {
  pid: number;
  identity: string;
  /** The process that started the holder (npm, a shell); when it has gone, the holder is about to go too. */
  parent: { pid: number; identity: string } | null;
}

export type LockResult = { taken: true; release(): void } | { taken: false; holder: Holder };

/** Takes the lock, or says who has it. Never waits. The folder must exist. */
export function takeLock(path: string): LockResult {
  const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const mine = describeSelf();
  writeFileSync(own, JSON.stringify(mine), { mode: 0o600 });
  try {
    // A link is made whole or not at all, so nobody ever reads half a lock.
    for (let attempt = 0; attempt < 10; attempt++) {
      try {
        linkSync(own, path);
        return { taken: true, release: () => release(path, mine) };
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw error;
      }
      const holder = readHolder(path);
      if (holder && processIdentity(holder.pid) === holder.identity) return { taken: false, holder };
      setAsideStale(path, own);
    }
    throw new Error(`the lock ${path} keeps changing hands`);
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Takes the lock, however long another holds it.
 * @param doing what its holder does, said when there is one: `getting Asterisk`
 * @returns what gives it back
 */
export async function waitForLock(
  path: string,
  doing: string,
  say: (line: string) => void,
): Promise<() => void> {
  let told = false;
  for (;;) {
    const lock = takeLock(path);
    if (lock.taken) return lock.release;
    if (!told) say(`Waiting for process ${lock.holder.pid}, which is ${doing} ...`);
    told = true;
    await sleep(500);
  }
}

function describeSelf(): Holder {
  return { pid: process.pid, identity: processIdentity(process.pid) ?? 'unknown', parent: starter() };
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/**
 * Removes a dead holder's lock. Two may try at once: the one who moves a lock that came alive in between
 * puts it back.
 */
function setAsideStale(path: string, own: string): void {
  const aside = `${own}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const holder = readHolder(aside);
  if (holder && processIdentity(holder.pid) === holder.identity) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, mine: Holder): void {
  const holder = readHolder(path);
  if (holder?.pid === mine.pid && holder.identity === mine.identity) rmSync(path, { force: true });
}
