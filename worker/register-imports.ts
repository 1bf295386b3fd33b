/**
 * Loads registers that wait, and clears the numbers of those that are no longer in force, for as long as a worker
 * lives. Any number of workers may: each load is claimed by one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { runQueuedImport } from '../activities/import-register.ts';
import type { Database } from '../db/client.ts';
import { clearAnswers } from '../db/queries/register-answers.ts';
import { clearRegisterNumbers } from '../db/queries/register-queue.ts';
import type { Logger } from '../log.ts';
import type { Storage } from '../providers/storage/storage.ts';

const EVERY_MS = 2_000;

/**
 * @returns a function that stops it; a load in progress is left to the end of the process, which leaves nothing of
 *   it, and to whoever claims it next
 */
export function startRegisterImports(deps: {
  db: Database;
  storage: Storage;
  log: Logger;
}): () => Promise<void> {
  const stopping = new AbortController();
  const round = async (): Promise<void> => {
    while (!stopping.signal.aborted && (await runQueuedImport({ ...deps, now: () => new Date() })));
    while (!stopping.signal.aborted && (await clearRegisterNumbers(deps.db)) > 0);
    while (!stopping.signal.aborted && (await clearAnswers(deps.db, new Date())) > 0);
  };
  const running = (async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // The next round tries again; a database that is away comes back.
      await round().catch((error) =>
        deps.log.warn({ err: error }, 'a register could not be loaded or cleared'),
      );
      if (stopping.signal.aborted) return;
      await sleep(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return async () => {
    stopping.abort();
    await Promise.race([running, sleep(EVERY_MS)]);
  };
}
