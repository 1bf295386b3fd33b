/** Looks for calls without a carrier for as long as the worker lives. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AdoptCalls } from '../activities/adopt-calls.ts';
import type { Logger } from '../log.ts';

/** Somebody is waiting on the line. */
const LOOK_EVERY_MS = 1_000;

/** @returns a function that stops it and waits for the calls in hand: they are hung up as those of activities are */
export function startAdoption(deps: { adoption: AdoptCalls; log: Logger }): () => Promise<void> {
  const { adoption, log } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      // The next look tries again: the trunk or the database is away just now.
      await adoption.look(signal).catch((error) => log.warn({ err: error }, 'no look for orphans this time'));
      await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  };
  const running = run();
  return async () => {
    // The reason an activity is given when its worker stops.
    stopping.abort(new Error('WORKER_SHUTDOWN'));
    await running;
    await adoption.idle();
  };
}
