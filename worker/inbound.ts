/**
 * Takes calls to us off the trunk: each offer is written to the ledger and given a workflow, and from there
 * on Temporal sees to it. After `kill -9`:
 * - before the ledger has the call: it rings on, and the trunk offers it to whoever listens next;
 * - after it, before Temporal was told: the sweep of any worker starts the workflow within seconds.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Database } from '../db/client.ts';
import { findDialledDid } from '../db/queries/dids.ts';
import { type InboundCall, readOpenInbound, reserveInbound } from '../db/queries/inbound.ts';
import type { Logger } from '../log.ts';
import type { InboundOffer, VoiceTrunk } from '../providers/voice/trunk.ts';
import { startInboundWorkflow } from './inbound-workflow.ts';

export interface InboundDeps {
  db: Database;
  client: Client;
  trunk: VoiceTrunk;
  log: Logger;
  now?: () => Date;
  /** For tests; the product has one queue. */
  taskQueue?: string;
}

/** A caller hears it ring about six seconds in this time: what was not told at once is told before they give up. */
const SWEEP_EVERY_MS = 1_000;
/** What was let in within this long needs no second start. */
const PATIENCE_MS = 2_000;
/** All open calls, for those whose workflow Temporal has lost. Starting one that runs does nothing. */
const REVIVE_EVERY_MS = 60_000;

/** With waits of up to two seconds between them: as long as networks let a phone ring. */
const TRIES = 60;

/** Listens until stopped. @returns a function that stops it and waits for what was begun */
export function startInbound(deps: InboundDeps): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const begun = new Set<Promise<void>>();
  deps.trunk.onInbound((offer) => {
    // It rings on; another worker, or this one when it is back, is offered it.
    if (signal.aborted) return;
    const taking = takeOffer(deps, offer, signal).finally(() => begun.delete(taking));
    begun.add(taking);
  });
  const sweeping = sweep(deps, signal);
  return async () => {
    stopping.abort();
    await Promise.all([sweeping, ...begun]);
  };
}

/** Keeps on while the database is away: the caller hears it ring. Never rejects. */
async function takeOffer(deps: InboundDeps, offer: InboundOffer, signal: AbortSignal): Promise<void> {
  const { log } = deps;
  const { callId } = offer;
  for (let tries = 1; !signal.aborted; tries++) {
    try {
      const call = await writeDown(deps, offer);
      if (call) await startInboundWorkflow(deps.client, call, deps.taskQueue).catch(tellLater(log, call));
      return;
    } catch (error) {
      log.warn({ callId, tries, err: error }, 'a call to us could not be written down');
      if (tries === TRIES) return;
      await sleep(Math.min(100 * 2 ** tries, 2_000), undefined, { signal }).catch(() => {});
    }
  }
}

/** @returns undefined for a call that nothing is to be done about: refused, or settled before */
async function writeDown(deps: InboundDeps, offer: InboundOffer): Promise<InboundCall | undefined> {
  const { db, trunk, log, now = () => new Date() } = deps;
  const { callId, caller } = offer;
  const did = await findDialledDid(db, offer.did);
  if (!did) {
    // Our own number, and not in full: whoever misrouted it can be found by these.
    log.warn(
      { callId, dialledLast4: offer.did.slice(-4) },
      'a call to a number that is none of ours is refused',
    );
    await trunk.refuse(callId, 'UNALLOCATED');
    return undefined;
  }
  const call = await reserveInbound(db, { did, trunk: trunk.name, callId, caller, now: now() });
  return call.settled ? undefined : call;
}

const tellLater =
  (log: Logger, { attemptId }: InboundCall) =>
  (error: unknown) =>
    log.warn({ attemptId, err: error }, 'Temporal could not be told of a call to us; it is told again');

/** Starts what is waiting too long for its workflow. @returns how many calls it told Temporal of */
export async function sweepInbound(
  deps: InboundDeps,
  which: { waitingSince: Date } | 'all',
): Promise<number> {
  let told = 0;
  for (const call of await readOpenInbound(deps.db, which)) {
    // One that Temporal refuses must not keep the others from being told.
    await startInboundWorkflow(deps.client, call, deps.taskQueue).then(
      () => {
        told += 1;
      },
      tellLater(deps.log, call),
    );
  }
  return told;
}

async function sweep(deps: InboundDeps, signal: AbortSignal): Promise<void> {
  const { log, now = () => new Date() } = deps;
  let nextRevival = 0;
  while (!signal.aborted) {
    const all = Date.now() >= nextRevival;
    if (all) nextRevival = Date.now() + REVIVE_EVERY_MS;
    const waitingSince = new Date(now().getTime() - PATIENCE_MS);
    await sweepInbound(deps, all ? 'all' : { waitingSince }).catch((error) =>
      log.warn({ err: error }, 'calls to us could not be swept'),
    );
    await sleep(SWEEP_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
