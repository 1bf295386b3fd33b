/**
 * Lets a flow's attempts through one after the other, as many at once and as fast as its limits permit.
 * Every process has a turnstile; the database's clock and count behind it hold the limit over all of them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../db/client.ts';
import type { Frozen } from '../db/queries/frozen.ts';
import { type AttemptToReserve, type Reservation, reserveCalls } from '../db/queries/reserve-calls.ts';

export type Admission = Exclude<Reservation, { kind: 'WAIT' }>;

export interface Turnstile {
  /**
   * Waits for the attempt's turn and reserves it.
   * @param signal gives up the place in the queue; rejects with the signal's reason. Nothing is reserved then.
   */
  reserve(
    input: AttemptToReserve & { accountId: number; flowId: number },
    signal: AbortSignal,
  ): Promise<Admission>;
  /** Tells that an attempt of this flow has ended here, so a waiting one need not wait for the next look. */
  freed(flowId: number): void;
}

/** Attempts asked for in one transaction: enough to fill a slot's worth of pace, short enough to hold the lock briefly. */
const BATCH = 100;

/** How long the first of a batch waits for company: nobody notices, and a transaction serves several calls. */
const GATHER_MS = 20;

/** Without news from this process, the queue looks this often whether another process has freed a place. */
const LOOK_AGAIN_MS = 100;

interface Waiter {
  item: AttemptToReserve;
  signal: AbortSignal;
  resolve(admission: Admission): void;
  reject(error: unknown): void;
}

export function createTurnstile(deps: {
  db: Database;
  frozen: Frozen;
  /** Name of the trunk, written to each attempt. */
  provider: string;
  now: () => Date;
}): Turnstile {
  const queues = new Map<number, FlowQueue>();
  return {
    reserve: ({ accountId, flowId, requestId, row, attemptNo }, signal) => {
      const reserve = (items: AttemptToReserve[]) =>
        reserveCalls(deps.db, deps.frozen, {
          accountId,
          flowId,
          provider: deps.provider,
          items,
          now: deps.now,
        });
      let queue = queues.get(flowId);
      if (!queue) {
        queue = new FlowQueue(reserve, () => queues.delete(flowId));
        queues.set(flowId, queue);
      }
      return queue.wait({ requestId, row, attemptNo }, signal);
    },
    freed: (flowId) => queues.get(flowId)?.wake(),
  };
}

/** The attempts of one flow that wait in this process, oldest first. */
class FlowQueue {
  #waiting: Waiter[] = [];
  #reserve: (items: AttemptToReserve[]) => Promise<Reservation[]>;
  #emptied: () => void;
  #busy = false;
  #wake: (() => void) | undefined;
  /** A place was freed while the queue was busy: look again at once. */
  #freed = false;

  constructor(reserve: (items: AttemptToReserve[]) => Promise<Reservation[]>, emptied: () => void) {
    this.#reserve = reserve;
    this.#emptied = emptied;
  }

  wait(item: AttemptToReserve, signal: AbortSignal): Promise<Admission> {
    return new Promise<Admission>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const leave = (): void => {
        // One that is being asked for at this moment is not in the queue: its answer stands.
        const place = this.#waiting.indexOf(waiter);
        if (place < 0) return;
        this.#waiting.splice(place, 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        item,
        signal,
        resolve: (admission) => {
          signal.removeEventListener('abort', leave);
          resolve(admission);
        },
        reject,
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
      if (!this.#busy) queueMicrotask(() => (this.#busy ? undefined : this.#serve()));
    });
  }

  wake(): void {
    this.#freed = true;
    this.#wake?.();
  }

  async #serve(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      if (this.#waiting.length < BATCH) await sleep(GATHER_MS);
      const batch = this.#waiting.splice(0, BATCH);
      if (batch.length === 0) break;
      this.#freed = false;
      try {
        const answers = await this.#reserve(batch.map((waiter) => waiter.item));
        const pause = this.#answer(batch, answers);
        if (pause !== undefined) await this.#rest(pause);
      } catch (error) {
        for (const waiter of batch) waiter.reject(error);
      }
    }
    this.#busy = false;
    this.#emptied();
  }

  /** Hands out answers; those who must wait go back to the front. Returns how long to rest, if at all. */
  #answer(batch: Waiter[], answers: Reservation[]): number | undefined {
    const back: Waiter[] = [];
    let pause: number | undefined;
    for (const [index, waiter] of batch.entries()) {
      const answer = answers[index];
      if (answer === undefined) waiter.reject(new Error('the ledger gave no answer'));
      else if (answer.kind !== 'WAIT') waiter.resolve(answer);
      else if (waiter.signal.aborted) waiter.reject(waiter.signal.reason);
      else {
        back.push(waiter);
        pause = Math.min(pause ?? LOOK_AGAIN_MS, answer.retryAfterMs || LOOK_AGAIN_MS);
      }
    }
    this.#waiting.unshift(...back);
    return pause;
  }

  async #rest(ms: number): Promise<void> {
    if (this.#freed) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
