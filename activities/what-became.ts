/**
 * What became of an attempt that was begun before: asked of the trunk, and where somebody else carried the call
 * meanwhile, of the ledger. The trunk knows how a call ended; only its carrier knows what the person pressed, which
 * messages went out, and that it was a machine. So the carrier settles, if it lives to do so.
 *
 * The same for calls to people, calls to us and the second calls of transfers.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/activity';
import type { Database } from '../db/client.ts';
import { type FoundSettlement, findSettlement } from '../db/queries/call-context.ts';
import type { Logger } from '../log.ts';
import type { Reconciliation, VoiceTrunk } from '../providers/voice/trunk.ts';

export interface WhatBecameDeps {
  db: Database;
  trunk: VoiceTrunk;
  log: Logger;
}

export interface BegunBefore {
  accountId: number;
  /** The ledger's id. */
  attemptId: string;
  /** The trunk's id of the call, where it is another: of calls to us. */
  callId?: string;
  /** It was not placed before. */
  since?: Date;
}

/** SETTLED: its carrier has done it, and there is nothing left to do. */
export type WhatBecame = Reconciliation | ({ kind: 'SETTLED' } & FoundSettlement);

/** After a call has ended its carrier may wait for a message's provider, and write what it has not written yet. */
const SETTLE_PATIENCE_MS = 90_000;
const LOOK_AGAIN_MS = 1_000;

/**
 * Acts on nobody. Waits while another process carries the call, and then for that process to settle it.
 * @param signal ends the waiting: a worker that is asked to stop leaves the attempt to the next
 * @param patienceMs how long a carrier is waited for. Then the attempt counts as left behind
 * @throws ApplicationFailure when the signal ended the waiting; its retry comes when the patience is over
 */
export async function whatBecame(
  deps: WhatBecameDeps,
  attempt: BegunBefore,
  signal: AbortSignal,
  patienceMs = SETTLE_PATIENCE_MS,
): Promise<WhatBecame> {
  const id = attempt.callId ?? attempt.attemptId;
  const found = await deps.trunk.reconcile(id, attempt.since, signal).catch((error) => {
    // It was waiting for somebody who carries the call.
    throw signal.aborted ? stopped(patienceMs) : error;
  });
  const isLeftToCarrier = (found.kind === 'ENDED' || found.kind === 'UNKNOWN') && found.carriedElsewhere;
  if (!isLeftToCarrier) return found;
  const settlement = await awaitSettlement(deps, attempt, signal, patienceMs);
  return settlement ? { kind: 'SETTLED', ...settlement } : found;
}

/** @returns undefined when it is still open after all that time */
async function awaitSettlement(
  deps: WhatBecameDeps,
  attempt: BegunBefore,
  signal: AbortSignal,
  patienceMs: number,
): Promise<FoundSettlement | undefined> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const settlement = await findSettlement(deps.db, attempt).catch((error) => {
      // The carrier cannot settle while the database is away either.
      deps.log.warn({ attemptId: attempt.attemptId, err: error }, 'not known whether an attempt is settled');
      return undefined;
    });
    const leftMs = giveUpAt - performance.now();
    if (settlement || leftMs <= 0) return settlement;
    await sleep(Math.min(LOOK_AGAIN_MS, leftMs), undefined, { signal }).catch(() => {
      throw stopped(giveUpAt - performance.now());
    });
  }
}

/** Whoever tries again sees an ended call and no carrier: it has to come after the carrier has had its time. */
const stopped = (leftMs: number): ApplicationFailure =>
  ApplicationFailure.create({
    message: 'the worker is stopping; another process is about to settle the call',
    type: 'SettledElsewhere',
    nextRetryDelay: Math.max(0, Math.ceil(leftMs)),
  });
