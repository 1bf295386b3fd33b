/**
 * One call attempt, from its turn to its settlement. At most one call is placed for an attempt id:
 *
 *   reserve (ledger) -> place (trunk) -> answered? run the flow -> settle (ledger)
 *
 * `kill -9` before `reserve` commits: nothing happened, the retry begins. After it: the retry finds the
 * attempt in the ledger and asks the trunk what became of it (`reconcile`).
 *
 * An attempt the trunk certainly never acted on is withdrawn from the ledger and waits for its turn again, under
 * the same id: nobody loses an attempt to a line that is away. Who might still place it meanwhile?
 * - This process: `carry` lets one carrier at a time have an attempt.
 * - A worker that was taken for dead and is not: it places nothing it reserved more than `STALE_RESERVATION_MS`
 *   ago, and a reservation is only withdrawn for another worker once it is `PLACEABLE_MS` old. Should it then
 *   withdraw or settle in its turn, it finds its own reservation gone: `withdrawAttempt`.
 * - A worker that dies between withdrawing and reserving anew: the record is due like any other.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { noteSpeechAway } from '../db/queries/line-waits.ts';
import type { ReservedAttempt } from '../db/queries/reserve-calls.ts';
import { withdrawAttempt } from '../db/queries/withdraw-attempt.ts';
import { hasMachineBranch } from '../domain/flow/schema.ts';
import {
  type CallOrder,
  CannotSpeak,
  DuplicateAttempt,
  TrunkUnavailable,
  type VoiceCall,
} from '../providers/voice/trunk.ts';
import { CallCarrier, type CarryCallDeps, failedEnding, oneCarrierEach, type Script } from './carry-call.ts';
import type { Lines } from './lines.ts';
import { ringBefore, STALE_RESERVATION_MS } from './reservation-age.ts';
import { TooManyWait, type Turnstile } from './turnstile.ts';
import { type WhatBecame, whatBecame } from './what-became.ts';

export interface PlaceCallInput {
  accountId: number;
  requestId: number;
  flowId: number;
  row: number;
  attemptNo: number;
}

/** `stop`: nothing more of this page may begin now (paused, cancelled, past its end, or outside the hours). */
export interface PlaceCallResult {
  attempted: boolean;
  stop: boolean;
}

export interface PlaceCallDeps extends CarryCallDeps {
  turnstile: Turnstile;
  lines: Lines;
}

/**
 * A reservation younger than this may yet be placed by whoever made it: nobody else withdraws it. Twice as long,
 * for an order that was on its way when it turned stale.
 */
const PLACEABLE_MS = 2 * STALE_RESERVATION_MS;

/** Before a look at what another has made of an attempt meanwhile. */
const NOT_THERE_PAUSE_MS = 250;

/** Before an attempt that found no place to wait for a line comes again. */
const COME_AGAIN_MS = 10_000;

/** The same while nothing can be spoken. */
const SPEECH_AGAIN_MS = 5_000;

const ATTEMPTED: PlaceCallResult = { attempted: true, stop: false };
const NOTHING: PlaceCallResult = { attempted: false, stop: false };
const STOP: PlaceCallResult = { attempted: false, stop: true };

/** What a turn of an attempt led to. WITHDRAWN: nothing happened to the person, and it waits for its turn again. */
type Fate = 'SETTLED' | 'WITHDRAWN';

export interface PlaceCall {
  activity(input: PlaceCallInput): Promise<PlaceCallResult>;
  /** Carries on with an attempt whose worker has died, outside of any activity. */
  adopt(input: PlaceCallInput, attempt: { id: string; reservedAt: Date }, signal: AbortSignal): Promise<void>;
}

export function createPlaceCall(deps: PlaceCallDeps): PlaceCall {
  const carry = oneCarrierEach<Fate>();
  const activity: PlaceCall['activity'] = async (input) => {
    const { cancellationSignal: signal } = Context.current();
    const begun = (attemptId: string): Attempt => new Attempt(deps, input, attemptId, signal);
    try {
      for (;;) {
        const admission = await deps.turnstile.reserve(input, signal).catch((error) => {
          // A worker that is asked to stop gives its places in the queue back: nothing was begun.
          if (signal.aborted) throw new Error('the worker is stopping; nothing was begun');
          if (error instanceof TooManyWait)
            throw comeAgain(`waits for a trunk: ${error.message}`, error.name, COME_AGAIN_MS);
          throw error;
        });
        switch (admission.kind) {
          case 'RESERVED': {
            const { attempt } = admission;
            if ((await carry(attempt.id, () => begun(attempt.id).place(attempt))) === 'SETTLED')
              return ATTEMPTED;
            break;
          }
          case 'EXISTS': {
            if (admission.outcome !== null) return NOTHING;
            const { id, reservedAt } = admission;
            if ((await carry(id, () => begun(id).reconcile(reservedAt))) === 'SETTLED') return ATTEMPTED;
            break;
          }
          case 'BLOCKED':
            return ATTEMPTED;
          case 'STOPPED':
          case 'CLOSED':
            return STOP;
          case 'LATER':
          case 'GONE':
            return NOTHING;
        }
      }
    } finally {
      deps.turnstile.freed(input.flowId);
    }
  };
  return {
    activity,
    adopt: async (input, { id, reservedAt }, signal) => {
      await carry(id, () => new Attempt(deps, input, id, signal).reconcile(reservedAt));
      deps.turnstile.freed(input.flowId);
    },
  };
}

/** A failure that frees the slot and has the server send the attempt again; the history does not grow by it. */
const comeAgain = (message: string, type: string, nextRetryDelay: number): ApplicationFailure =>
  ApplicationFailure.create({ message, type, nextRetryDelay });

/** One turn of an attempt, begun here or by a worker before. */
class Attempt {
  readonly #deps: PlaceCallDeps;
  readonly #input: PlaceCallInput;
  readonly #attemptId: string;
  readonly #signal: AbortSignal;
  readonly #carrier: CallCarrier;

  constructor(deps: PlaceCallDeps, input: PlaceCallInput, attemptId: string, signal: AbortSignal) {
    this.#deps = deps;
    this.#input = input;
    this.#attemptId = attemptId;
    this.#signal = signal;
    this.#carrier = new CallCarrier(deps, { accountId: input.accountId, attemptId }, signal);
  }

  /** Asks the trunk for the call and carries it to its settlement. */
  async place(attempt: ReservedAttempt): Promise<Fate> {
    const { lines, now } = this.#deps;
    if (now().getTime() - attempt.reservedAt.getTime() > STALE_RESERVATION_MS) {
      throw new Error('held up between reserving the attempt and placing the call');
    }
    const script = { ...attempt, state: null };
    let call: VoiceCall;
    try {
      call = await this.#order(attempt, script);
    } catch (error) {
      if (error instanceof DuplicateAttempt) return this.reconcile(attempt.reservedAt);
      if (error instanceof CannotSpeak) return this.#waitForSpeech(attempt.reservedAt, error.message);
      // Anything else than a certain no is for the retry to find out: it reconciles.
      if (!(error instanceof TrunkUnavailable)) throw error;
      lines.refused(attempt.line, error.message);
      return this.#withdraw(attempt.reservedAt, error.message);
    }
    lines.taken(attempt.line);
    await this.#carrier.follow(call, script);
    return 'SETTLED';
  }

  /**
   * Asks the trunk for the call. Sentences that can never be spoken are passed over, as in the middle of a call.
   * @throws as `VoiceTrunk.place` does, CannotSpeak only where nothing can be spoken at present
   */
  async #order(attempt: ReservedAttempt, script: Script): Promise<VoiceCall> {
    const { trunk, log } = this.#deps;
    const order: CallOrder = {
      attemptId: attempt.id,
      to: attempt.number,
      callerId: attempt.callerId,
      ringTimeoutMs: attempt.policy.ringTimeoutMs,
      maxCallMs: attempt.policy.maxCallMs,
      detectMachine: attempt.policy.detectMachine,
      awaitGreetingEnd: hasMachineBranch(attempt.definition),
      line: attempt.line,
      ringBefore: ringBefore(attempt.reservedAt),
      priorAttempts: this.#input.attemptNo - 1,
    };
    try {
      return await trunk.place({ ...order, opening: await this.#carrier.opening(script) });
    } catch (error) {
      if (!(error instanceof CannotSpeak && error.kind === 'THIS_TEXT')) throw error;
      log.warn({ attemptId: attempt.id, err: error }, 'a call begins without its first sentence');
      return trunk.place(order);
    }
  }

  /**
   * The line is well, so others call by it; this attempt gives its slot back and comes again.
   * @throws ApplicationFailure, unless it turns out to be settled
   */
  async #waitForSpeech(reservedAt: Date, why: string): Promise<Fate> {
    const { accountId, requestId } = this.#input;
    const fate = await this.#withdraw(reservedAt, why);
    if (fate === 'SETTLED') return fate;
    await noteSpeechAway(this.#deps.db, { accountId, requestId, why });
    throw comeAgain(`waits for speech: ${why}`, 'CannotSpeak', SPEECH_AGAIN_MS);
  }

  /** Finds out what became of an attempt that was begun before: goes on with a call that lives, settles the rest. */
  async reconcile(reservedAt: Date): Promise<Fate> {
    const { now, log } = this.#deps;
    const found = await this.#whatBecame(reservedAt);
    log.info({ attemptId: this.#attemptId, found: found.kind }, 'an attempt begun before is reconciled');
    switch (found.kind) {
      case 'LIVE':
        await this.#carrier.follow(found.call, await this.#carrier.script());
        return 'SETTLED';
      case 'SETTLED':
        return 'SETTLED';
      case 'ENDED':
        await this.#carrier.settle(found.ending, await this.#carrier.kept());
        return 'SETTLED';
      case 'NEVER_PLACED':
        return this.#withdraw(reservedAt, 'the worker stopped before the call was placed');
      case 'UNKNOWN':
        await this.#settleUnknown(found.why, now());
        return 'SETTLED';
    }
  }

  /** What the trunk says. That it never placed the call counts once nobody can be about to have it placed. */
  async #whatBecame(reservedAt: Date): Promise<WhatBecame> {
    const { now } = this.#deps;
    const attempt = { accountId: this.#input.accountId, attemptId: this.#attemptId, since: reservedAt };
    const found = await whatBecame(this.#deps, attempt, this.#signal);
    const youngForMs = PLACEABLE_MS - (now().getTime() - reservedAt.getTime());
    if (found.kind !== 'NEVER_PLACED' || youngForMs <= 0) return found;
    await sleep(Math.min(youngForMs, PLACEABLE_MS), undefined, { signal: this.#signal });
    return whatBecame(this.#deps, attempt, this.#signal);
  }

  async #withdraw(reservedAt: Date, why: string): Promise<Fate> {
    const { db, now, log } = this.#deps;
    const { accountId, requestId, row, attemptNo } = this.#input;
    const done = await withdrawAttempt(db, { accountId, requestId, row, attemptNo, reservedAt });
    log.info({ attemptId: this.#attemptId, done, why }, 'an attempt that was never placed is withdrawn');
    if (done === 'HAS_BEGUN') {
      await this.#settleUnknown('the trunk knows of no call, yet its flow had begun', now());
      return 'SETTLED';
    }
    if (done === 'NOT_THERE') await sleep(NOT_THERE_PAUSE_MS, undefined, { signal: this.#signal });
    return 'WITHDRAWN';
  }

  async #settleUnknown(why: string, at: Date): Promise<void> {
    await this.#carrier.settle({ ...failedEnding(why, at), outcome: 'UNKNOWN' }, await this.#carrier.kept());
  }
}
