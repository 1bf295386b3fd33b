/**
 * Empties the outbox into Temporal, and looks after requests whose workflow is missing. The API tells right
 * after each commit; this catches what a crash left untold, and starts anew what Temporal has lost: the
 * state of a request is in Postgres, so a workflow begun afresh goes on where the last one was.
 */
import type { Client } from '@temporalio/client';
import type { Database } from '../db/client.ts';
import { clearOutbox, readOutbox, readUnended, type Untold } from '../db/queries/outbox.ts';
import type { Logger } from '../log.ts';
import { isRunning, nudgeRequest, startRequest } from './temporal-client.ts';

interface TellingDeps {
  db: Database;
  client: Client;
  log: Logger;
  /** For tests; the product has one queue. */
  taskQueue?: string;
}

/** What the API tells within this long needs no second telling. */
const OUTBOX_PATIENCE_MS = 2_000;
const OUTBOX_EVERY_MS = 1_000;
const MISSING_EVERY_MS = 60_000;
const UNENDED_BATCH = 500;

async function tell(deps: TellingDeps, untold: Untold): Promise<void> {
  const { client, db, taskQueue } = deps;
  if (!untold.ended) {
    const told = !untold.start && (await nudgeRequest(client, untold.requestId));
    if (!told) await startRequest(client, untold, taskQueue);
  }
  await clearOutbox(db, untold.ids);
}

/** @returns whether it was done; what went wrong is logged */
async function attempt(deps: TellingDeps, requestId: number, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    deps.log.warn({ requestId, err: error }, 'Temporal could not be told of a request; it is told again');
    return false;
  }
}

/** What the API is given as `notify`: tells Temporal at once about one request. */
export function createNotifier(deps: TellingDeps): (requestId: number) => Promise<void> {
  return async (requestId) => {
    for (const untold of await readOutbox(deps.db, { requestId })) await tell(deps, untold);
  };
}

/** Tells what has been waiting too long. @returns how many requests it told of */
export async function sweepOutbox(deps: TellingDeps, now: Date): Promise<number> {
  const waiting = await readOutbox(deps.db, { before: new Date(now.getTime() - OUTBOX_PATIENCE_MS) });
  let told = 0;
  for (const untold of waiting) {
    // One that Temporal refuses must not keep the others from being told.
    const done = await attempt(deps, untold.requestId, () => tell(deps, untold));
    if (done) told += 1;
  }
  return told;
}

/** Starts a workflow for every unended request that has none. @returns how many it started */
export async function reviveRequests(deps: TellingDeps): Promise<number> {
  let started = 0;
  let afterId = 0;
  for (;;) {
    const batch = await readUnended(deps.db, afterId, UNENDED_BATCH);
    for (const request of batch) {
      afterId = request.requestId;
      await attempt(deps, request.requestId, async () => {
        if (await isRunning(deps.client, request.requestId)) return;
        deps.log.warn({ requestId: request.requestId }, 'a request had no workflow: it is started again');
        await startRequest(deps.client, request, deps.taskQueue);
        started += 1;
      });
    }
    if (batch.length < UNENDED_BATCH) return started;
  }
}

/** Runs both for as long as the worker lives. @returns a function that stops it and waits for the last round */
export function startSweeper(deps: TellingDeps): () => Promise<void> {
  let stopped = false;
  let wake = (): void => {};
  let nextRevival = 0;
  const round = async (): Promise<void> => {
    await sweepOutbox(deps, new Date());
    if (Date.now() < nextRevival) return;
    nextRevival = Date.now() + MISSING_EVERY_MS;
    await reviveRequests(deps);
  };
  const run = async (): Promise<void> => {
    while (!stopped) {
      // The next round tries again; a database or a server that is away comes back.
      await round().catch((error) => deps.log.warn({ err: error }, 'the outbox could not be emptied'));
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, OUTBOX_EVERY_MS);
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
