/** Fetches recordings for as long as a worker lives: `activities/recordings-fetch.ts` says how and why so. */
import { type FetchRecordingsDeps, fetchRecordings } from '../activities/recordings-fetch.ts';

/** A recording is in storage about this much after its call has ended. */
const EVERY_MS = 1_000;

/** @returns a function that stops it and waits for what is under way */
export function startFetching(deps: FetchRecordingsDeps): () => Promise<void> {
  let stopped = false;
  let wake = (): void => {};
  const run = async (): Promise<void> => {
    while (!stopped) {
      // The next round tries again; a database that is away comes back.
      const looked = await fetchRecordings(deps).catch((error) => {
        deps.log.warn({ err: error }, 'recordings could not be looked for');
        return 0;
      });
      if (stopped) return;
      // More may be waiting: no pause then.
      if (looked > 0) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, EVERY_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = run();
  return async () => {
    stopped = true;
    wake();
    await running;
  };
}
