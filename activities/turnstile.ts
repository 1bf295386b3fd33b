/**
 * Lets a flow's attempts through one after the other, as many at once and as fast as its limits permit.
 * Every process has a turnstile; the database's clock and count behind it hold the limit over all of them.
 *
 * While no line can take calls nothing is reserved. The attempts wait, and each is still looked at every second,
 * so a pause, a cancel, an end time or closing hours reach them; when a line changes they are looked at at once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../db/client.ts';
import type { Frozen } from '../db/queries/frozen.ts';
import { type AttemptToReserve, type Reservation, reserveCalls } from '../db/queries/reserve-calls.ts';
import type { DoNotCallRegister } from '../providers/register/register.ts';
import type { Lines } from './lines.ts';

export type Admission = Exclude<Reservation, { kind: 'WAIT' } | { kind: 'AWAY' } | { kind: 'UNASKED' }>;

export interface Turnstile {
  /**
   * Waits for the attempt's turn and reserves it.
   * @param signal gives up the place in the queue; rejects with the signal's reason. Nothing is reserved then.
   * @throws TooManyWait
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

/** The same while no line can take calls; a change of a line ends the rest. */
const LOOK_AGAIN_AWAY_MS = 1_000;

/**
 * An attempt waits no longer in one piece. Its activity may take six hours (`workflows/steps.ts`), of which a
 * call may take four; the activity's retry begins to wait afresh.
 */
const LONGEST_WAIT_MS = 3_600_000;

const WAITED_LONG = 'no turn for an hour; the attempt asks again';

/**
 * As many attempts wait for lines here as may: an account whose trunk is away must not take every slot of the
 * worker. This one gives its slot back, and comes again.
 */
export class TooManyWait extends Error {
  override name = 'TooManyWait';
}

/** Half of the slots that a worker has by default. */
const MOST_PARKED = 500;

interface Waiter {
  item: AttemptToReserve;
  signal: AbortSignal;
  /** `performance.now()` of when it came. */
  since: number;
  resolve(admission: Admission): void;
  reject(error: unknown): void;
}

export function createTurnstile(deps: {
  db: Database;
  frozen: Frozen;
  /** Name of the trunk, written to each attempt. */
  provider: string;
  lines: Lines;
  /** Asked before a call where its answers come from outside; absent: the local table. */
  register?: DoNotCallRegister;
  /** Attempts of all flows together that may wait here for lines. */
  mostParked?: number | undefined;
  now: () => Date;
}): Turnstile {
  const queues = new Map<number, FlowQueue>();
  const parking = { places: deps.mostParked ?? MOST_PARKED };
  deps.lines.onChange(() => {
    for (const queue of queues.values()) queue.lineChanged();
  });
  return {
    reserve: ({ accountId, flowId, requestId, row, attemptNo }, signal) => {
      const reserveNow = (items: AttemptToReserve[]) =>
        reserveCalls(deps.db, deps.frozen, {
          register: deps.register,
          accountId,
          flowId,
          provider: deps.provider,
          items,
          lineState: deps.lines.state,
          now: deps.now,
        });
      const reserve = askingFirst(reserveNow, async (numbers) => {
        await deps.register?.lookUp(accountId, numbers);
      });
      let queue = queues.get(flowId);
      if (!queue) {
        queue = new FlowQueue(reserve, parking, () => queues.delete(flowId));
        queues.set(flowId, queue);
      }
      return queue.wait({ requestId, row, attemptNo }, signal);
    },
    freed: (flowId) => queues.get(flowId)?.freed(),
  };
}

/**
 * Asks the register about numbers it must be asked about, outside of any transaction, and tries those attempts
 * again. The service's time limit and its breaker bound how long the flow's other attempts wait meanwhile.
 */
function askingFirst(
  reserve: (items: AttemptToReserve[]) => Promise<Reservation[]>,
  ask: (numbers: string[]) => Promise<void>,
): (items: AttemptToReserve[]) => Promise<Reservation[]> {
  return async (items) => {
    const answers = await reserve(items);
    const numbers = answers.flatMap((answer) => (answer.kind === 'UNASKED' ? [answer.number] : []));
    if (numbers.length === 0) return answers;
    await ask(numbers);
    const places = answers.flatMap(({ kind }, place) => (kind === 'UNASKED' ? [place] : []));
    const again = await reserve(places.flatMap((place) => items[place] ?? []));
    for (const [index, place] of places.entries()) {
      const answer = again[index];
      if (answer) answers[place] = answer;
    }
    return answers;
  };
}

/** The attempts of one flow that wait in this process, oldest first. */
class FlowQueue {
  #waiting: Waiter[] = [];
  /** Those that wait for a line. They keep nobody else from their turn. */
  #parked: Waiter[] = [];
  /** `performance.now()` of the next look at them. */
  #parkedUntil = 0;
  #restsForParked = false;
  /** A line changed since the ledger was last asked. */
  #lineNews = false;
  #reserve: (items: AttemptToReserve[]) => Promise<Reservation[]>;
  #parking: { places: number };
  #emptied: () => void;
  #busy = false;
  #wake: (() => void) | undefined;
  /** A place was freed while the queue was busy: look again at once. */
  #freed = false;

  /** @param parking places that all queues share */
  constructor(
    reserve: (items: AttemptToReserve[]) => Promise<Reservation[]>,
    parking: { places: number },
    emptied: () => void,
  ) {
    this.#reserve = reserve;
    this.#parking = parking;
    this.#emptied = emptied;
  }

  wait(item: AttemptToReserve, signal: AbortSignal): Promise<Admission> {
    return new Promise<Admission>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const leave = (): void => {
        // One that is being asked for at this moment is not in the queue: its answer stands.
        for (const queue of [this.#waiting, this.#parked]) {
          const place = queue.indexOf(waiter);
          if (place < 0) continue;
          queue.splice(place, 1);
          if (queue === this.#parked) this.#parking.places += 1;
          reject(signal.reason);
        }
      };
      const waiter: Waiter = {
        item,
        signal,
        since: performance.now(),
        resolve: (admission) => {
          signal.removeEventListener('abort', leave);
          resolve(admission);
        },
        reject: (error) => {
          signal.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
      if (this.#restsForParked) this.#wake?.();
      if (!this.#busy) queueMicrotask(() => (this.#busy ? undefined : this.#serve()));
    });
  }

  freed(): void {
    this.#freed = true;
    this.#wake?.();
  }

  lineChanged(): void {
    this.#lineNews = true;
    this.#parkedUntil = 0;
    this.freed();
  }

  async #serve(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length + this.#parked.length > 0) {
      await this.#unpark();
      if (this.#waiting.length < BATCH) await sleep(GATHER_MS);
      const batch = this.#waiting.splice(0, BATCH);
      if (batch.length === 0) continue;
      this.#freed = false;
      this.#lineNews = false;
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

  /** Takes those back who wait for a line, when it is time to look at them. With nobody else to serve, waits for that. */
  async #unpark(): Promise<void> {
    if (this.#waiting.length === 0 && performance.now() < this.#parkedUntil) {
      this.#freed = false;
      this.#restsForParked = true;
      await this.#rest(Math.max(0, this.#parkedUntil - performance.now()));
      this.#restsForParked = false;
    }
    if (performance.now() < this.#parkedUntil) return;
    this.#parking.places += this.#parked.length;
    this.#waiting.unshift(...this.#parked.splice(0));
  }

  #park(waiter: Waiter): void {
    // A line that changed while the ledger was being asked may be up again already.
    if (this.#lineNews) this.#parkedUntil = 0;
    else if (this.#parked.length === 0) this.#parkedUntil = performance.now() + LOOK_AGAIN_AWAY_MS;
    this.#parked.push(waiter);
    this.#parking.places -= 1;
  }

  /** Hands out answers; those who must wait go back. Returns how long to rest, if at all. */
  #answer(batch: Waiter[], answers: Reservation[]): number | undefined {
    const back: Waiter[] = [];
    let pause: number | undefined;
    for (const [index, waiter] of batch.entries()) {
      const answer = answers[index];
      if (answer === undefined) waiter.reject(new Error('the ledger gave no answer'));
      else if (answer.kind !== 'WAIT' && answer.kind !== 'AWAY' && answer.kind !== 'UNASKED')
        waiter.resolve(answer);
      else if (waiter.signal.aborted) waiter.reject(waiter.signal.reason);
      else if (performance.now() - waiter.since > LONGEST_WAIT_MS) waiter.reject(new Error(WAITED_LONG));
      else if (answer.kind === 'AWAY' && this.#parking.places <= 0)
        waiter.reject(new TooManyWait(answer.why));
      else if (answer.kind === 'AWAY') this.#park(waiter);
      else {
        back.push(waiter);
        pause = Math.min(
          pause ?? LOOK_AGAIN_MS,
          (answer.kind === 'WAIT' && answer.retryAfterMs) || LOOK_AGAIN_MS,
        );
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
