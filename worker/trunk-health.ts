/**
 * Tells the database how this worker sees the lines, so that operators see why calls wait: at every change,
 * and every ten seconds as a sign of life. What a worker that died has written no longer counts half a minute later.
 */
import { hostname } from 'node:os';
import type { Lines } from '../activities/lines.ts';
import type { Database } from '../db/client.ts';
import { forgetTrunkHealth, noteTrunkHealth, watchedLines } from '../db/queries/trunk-health.ts';
import { lineKey } from '../domain/trunk.ts';
import type { Logger } from '../log.ts';

/** A third of `HEALTH_FRESH_SECONDS`. */
const EVERY_MS = 10_000;
/** Several lines change together when a server goes: one statement tells of all. */
const GATHER_MS = 50;

export const workerName = (): string => `${hostname()}:${process.pid}`;

export interface TrunkHealthDeps {
  db: Database;
  lines: Lines;
  log: Logger;
  /** Unique among the workers that live. */
  worker?: string;
}

/** Writes once. */
export async function writeTrunkHealth({ db, lines, worker = workerName() }: TrunkHealthDeps): Promise<void> {
  const watched = await watchedLines(db);
  const notes = watched.map(({ accountId, line }) => {
    const state = lines.state(line);
    return { accountId, trunkId: lineKey(line), up: state.up, why: state.up ? '' : state.why };
  });
  await noteTrunkHealth(db, worker, notes);
}

/** Writes for as long as the worker lives. @returns a function that stops it and takes back what it has written */
export function startTrunkHealth(deps: TrunkHealthDeps): () => Promise<void> {
  let stopped = false;
  let changed = false;
  let wake = (): void => {};
  const stopListening = deps.lines.onChange(() => {
    changed = true;
    wake();
  });
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!stopped) {
      changed = false;
      // The next round writes again; a database that is away comes back.
      await writeTrunkHealth(deps).catch((error) =>
        deps.log.warn({ err: error }, 'the state of the trunks could not be written'),
      );
      if (!stopped) await rest(changed ? GATHER_MS : EVERY_MS);
      if (changed && !stopped) await rest(GATHER_MS);
    }
  };
  const running = run();
  return async () => {
    stopped = true;
    stopListening();
    wake();
    await running;
    await forgetTrunkHealth(deps.db, deps.worker ?? workerName()).catch((error) =>
      deps.log.warn({ err: error }, 'the state of the trunks could not be taken back'),
    );
  };
}
