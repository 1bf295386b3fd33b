/** Fetches recordings for as long as a worker lives: `activities/recordings-fetch.ts` says how and why so. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type FetchRecordingsDeps, fetchRecordings } from '../activities/recordings-fetch.ts';

/** A recording is in storage about this much after its call has ended. */
const EVERY_MS = 1_000;
/** At once, in one worker: on a slow line more would only make each slower. Neither waits for the other. */
const AT_ONCE = 2;

/** @returns a function that stops it: what is under way is broken off, for another worker to fetch */
export function startFetching(deps: Omit<FetchRecordingsDeps, 'signal'>): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      // The next round tries again; a database that is away comes back.
      await fetchRecordings({ ...deps, signal }).catch((error) => {
        deps.log.warn({ err: error }, 'recordings could not be looked for');
      });
      await sleep(EVERY_MS, undefined, { signal }).catch(() => {});
    }
  };
  const running = Array.from({ length: AT_ONCE }, run);
  return async () => {
    stopping.abort();
    await Promise.all(running);
  };
}
