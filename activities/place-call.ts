/**
 * One call attempt, from its turn to its settlement. At most one call is placed for an attempt id:
 *
 *   reserve (ledger) -> place (trunk) -> answered? run the flow -> settle (ledger)
 *
 * `kill -9` before `reserve` commits: nothing happened, the retry begins. After it: the retry finds the
 * attempt in the ledger and never places a call; it asks the trunk what became of it (`reconcile`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import type { Database } from '../db/client.ts';
import { type AccountValues, findAttempt } from '../db/queries/call-context.ts';
import type { Frozen } from '../db/queries/frozen.ts';
import type { ReservedAttempt } from '../db/queries/reserve-calls.ts';
import { appendJourneys, type Settlement } from '../db/queries/settle-attempts.ts';
import type { JourneyEntry } from '../domain/flow/journey.ts';
import type { FlowState } from '../domain/flow/machine.ts';
import { type FlowDefinition, hasMachineBranch } from '../domain/flow/schema.ts';
import { startState } from '../domain/flow/step.ts';
import type { Logger } from '../log.ts';
import {
  type CallEnding,
  TrunkUnavailable,
  type VoiceCall,
  type VoiceTrunk,
} from '../providers/voice/trunk.ts';
import { type CarryOut, runFlow, type WebhookReply } from './run-flow.ts';
import { type SendMessageDeps, sendMessage } from './send-message.ts';
import type { Turnstile } from './turnstile.ts';

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

export interface PlaceCallDeps extends SendMessageDeps {
  db: Database;
  frozen: Frozen;
  turnstile: Turnstile;
  accountValues: (accountId: number) => Promise<AccountValues>;
  trunk: VoiceTrunk;
  webhook(
    effect: Parameters<CarryOut['webhook']>[0],
    options: { allowPlainHttp: boolean },
  ): Promise<WebhookReply>;
  /** How often a call's place in its flow is kept: `runFlow`. */
  checkpoints: 'each' | 'end';
  log: Logger;
}

/**
 * Between the reservation and the order to the trunk lies a moment. A worker that was held up longer than
 * this in it (a stopped process, a suspended machine) may already have been taken for dead, so it does not
 * place the call any more; the attempt is reconciled instead. Well under the 15 s of the heartbeat.
 */
const STALE_RESERVATION_MS = 5_000;

/** With a wait of up to five seconds between them: about two minutes. */
const SETTLE_TRIES = 30;

/** Calls in progress when a worker is asked to stop may talk this much longer; then they are hung up and settled. */
const FAREWELL_MS = 8_000;

const ATTEMPTED: PlaceCallResult = { attempted: true, stop: false };
const NOTHING: PlaceCallResult = { attempted: false, stop: false };
const STOP: PlaceCallResult = { attempted: false, stop: true };

export function createPlaceCall(deps: PlaceCallDeps): (input: PlaceCallInput) => Promise<PlaceCallResult> {
  // A retry in the same process (the server thought us dead, and we were not) joins the one that carries the call:
  // two carriers would say everything twice.
  const carried = new Map<string, Promise<void>>();
  const carry = async (attemptId: string, work: () => Promise<void>): Promise<void> => {
    const already = carried.get(attemptId);
    if (already) return already;
    const working = work().finally(() => carried.delete(attemptId));
    carried.set(attemptId, working);
    return working;
  };
  return async (input) => {
    const context = Context.current();
    const carrying = () => new Carrying(deps, input.accountId, context.cancellationSignal);
    try {
      const admission = await deps.turnstile.reserve(input, context.cancellationSignal).catch((error) => {
        // A worker that is asked to stop gives its places in the queue back: nothing was begun.
        if (context.cancellationSignal.aborted) throw new Error('the worker is stopping; nothing was begun');
        throw error;
      });
      switch (admission.kind) {
        case 'RESERVED':
          await carry(admission.attempt.id, () => carrying().place(input, admission.attempt));
          return ATTEMPTED;
        case 'EXISTS':
          if (admission.outcome !== null) return NOTHING;
          await carry(admission.id, () => carrying().reconcile(admission.id));
          return ATTEMPTED;
        case 'BLOCKED':
          return ATTEMPTED;
        case 'STOPPED':
        case 'CLOSED':
          return STOP;
        case 'GONE':
          return NOTHING;
      }
    } finally {
      deps.turnstile.freed(input.flowId);
    }
  };
}

/** What a flow needs to run on a call. */
interface Script {
  definition: FlowDefinition;
  number: string;
  variables: Record<string, string>;
  state: FlowState | null;
}

/** Carries one attempt to its settlement. */
class Carrying {
  readonly #deps: PlaceCallDeps;
  readonly #accountId: number;
  readonly #shutdown: AbortSignal;

  constructor(deps: PlaceCallDeps, accountId: number, shutdown: AbortSignal) {
    this.#deps = deps;
    this.#accountId = accountId;
    this.#shutdown = shutdown;
  }

  async place(input: PlaceCallInput, attempt: ReservedAttempt): Promise<void> {
    const { trunk, now } = this.#deps;
    if (now().getTime() - attempt.reservedAt.getTime() > STALE_RESERVATION_MS) {
      throw new Error('held up between reserving the attempt and placing the call');
    }
    let call: VoiceCall;
    try {
      call = await trunk.place({
        attemptId: attempt.id,
        to: attempt.number,
        callerId: attempt.callerId,
        ringTimeoutMs: attempt.policy.ringTimeoutMs,
        maxCallMs: attempt.policy.maxCallMs,
        detectMachine: attempt.policy.detectMachine,
        awaitGreetingEnd: hasMachineBranch(attempt.definition),
        priorAttempts: input.attemptNo - 1,
      });
    } catch (error) {
      // Anything else than a certain no is for the retry to find out: it reconciles.
      if (!(error instanceof TrunkUnavailable)) throw error;
      await this.#settle(attempt.id, failedEnding(`trunk unavailable: ${error.message}`, now()));
      return;
    }
    await this.#carry(call, { ...attempt, state: null });
  }

  async reconcile(attemptId: string): Promise<void> {
    const { trunk, now, log } = this.#deps;
    const found = await trunk.reconcile(attemptId);
    log.info({ attemptId, found: found.kind }, 'an attempt begun before is reconciled');
    switch (found.kind) {
      case 'LIVE':
        await this.#carry(found.call, await this.#scriptOf(attemptId));
        return;
      case 'ENDED':
        await this.#settle(attemptId, found.ending, await this.#keptOf(attemptId));
        return;
      case 'NEVER_PLACED':
        await this.#settle(attemptId, failedEnding('the worker stopped before the call was placed', now()));
        return;
      case 'UNKNOWN':
        await this.#settle(
          attemptId,
          { ...failedEnding(found.why, now()), outcome: 'UNKNOWN' },
          await this.#keptOf(attemptId),
        );
    }
  }

  /** What the person had pressed by the last checkpoint; the journey up to there is written already. */
  async #keptOf(attemptId: string): Promise<{ keys: string; entries: JourneyEntry[] }> {
    const { state } = await findAttempt(this.#deps.db, { accountId: this.#accountId, attemptId });
    return { keys: state?.keys ?? '', entries: [] };
  }

  /** What a call that is adopted was saying, and where it was. */
  async #scriptOf(attemptId: string): Promise<Script> {
    const { db, frozen } = this.#deps;
    const found = await findAttempt(db, { accountId: this.#accountId, attemptId });
    return {
      ...found,
      definition: await frozen.definition(this.#accountId, found.flowId, found.flowVersion),
    };
  }

  /** Follows a call to its end and settles it. */
  async #carry(call: VoiceCall, script: Script): Promise<void> {
    const release = this.#hangUpOnShutdown(call);
    try {
      const progress = await call.answered();
      if (progress.kind === 'ENDED') return await this.#settle(call.attemptId, progress.ending);
      const run = await this.#runFlow(call, progress.by, script);
      await this.#settle(call.attemptId, await call.ended(), run);
    } finally {
      release();
    }
  }

  async #runFlow(call: VoiceCall, answeredBy: 'PERSON' | 'MACHINE', script: Script) {
    const { db, accountValues, checkpoints, now, webhook, log } = this.#deps;
    const accountId = this.#accountId;
    const { definition } = script;
    const { userValues, plainHttpWebhooks, defaultCountry } = await accountValues(accountId);
    const message: CarryOut['sms'] & CarryOut['email'] = (effect) =>
      sendMessage(this.#deps, { accountId, attemptId: call.attemptId, defaultCountry }, effect);
    // The entries of the last checkpoint are written with the settlement, in its transaction.
    let unwritten: JourneyEntry[] = [];
    const result = await runFlow({
      call,
      answeredBy,
      definition,
      context: { userValues, number: script.number },
      state: script.state ?? startState(definition, { variables: script.variables }),
      resume: script.state !== null,
      carryOut: {
        webhook: (effect) => webhook(effect, { allowPlainHttp: plainHttpWebhooks }),
        sms: message,
        email: message,
      },
      checkpoints,
      checkpoint: async (state, entries, when) => {
        if (when === 'END') unwritten = entries;
        else await appendJourneys(db.sql, [{ accountId, attemptId: call.attemptId, entries, state }]);
      },
      now,
      onError: (error, effect) =>
        log.warn({ attemptId: call.attemptId, effect, err: error }, 'a widget failed'),
    });
    return { keys: result.keys, entries: unwritten };
  }

  async #settle(
    attemptId: string,
    ending: CallEnding,
    run: { keys: string; entries: JourneyEntry[] } = { keys: '', entries: [] },
  ): Promise<void> {
    await this.#untilSettled({
      accountId: this.#accountId,
      attemptId,
      outcome: ending.outcome,
      cause: ending.cause,
      settledAt: ending.endedAt,
      entries: run.entries,
      ...(ending.answeredAt && { answeredAt: ending.answeredAt }),
      ...(run.keys !== '' && { keys: run.keys }),
    });
  }

  /**
   * Only this process knows what the person pressed: while the database is away it waits and tries again. Given
   * up after `SETTLE_TRIES`, or when the worker is stopped: the activity's retry then reconciles.
   */
  async #untilSettled(settlement: Settlement): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#deps.settle(settlement);
      } catch (error) {
        if (tries === SETTLE_TRIES || this.#shutdown.aborted) throw error;
        this.#deps.log.warn({ attemptId: settlement.attemptId, err: error }, 'not settled yet; trying again');
        await sleep(Math.min(200 * 2 ** tries, 5_000));
      }
    }
  }

  /** A worker that is asked to stop lets the call end, for a while, and then ends it: its outcome stays known. */
  #hangUpOnShutdown(call: VoiceCall): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const asked = (): void => {
      // Where the server merely lost sight of us, the call goes on: the retry joins it.
      if (!isWorkerStop(this.#shutdown.reason)) return;
      timer = setTimeout(() => {
        call.hangUp().catch((error) => this.#deps.log.warn({ err: error }, 'a call could not be hung up'));
      }, FAREWELL_MS);
    };
    if (this.#shutdown.aborted) asked();
    else this.#shutdown.addEventListener('abort', asked, { once: true });
    return () => {
      clearTimeout(timer);
      this.#shutdown.removeEventListener('abort', asked);
    };
  }
}

/** The SDK gives the reason of a cancellation as the error's message. */
const isWorkerStop = (reason: unknown): boolean =>
  reason instanceof Error && reason.message === 'WORKER_SHUTDOWN';

const failedEnding = (cause: string, at: Date): CallEnding => ({
  outcome: 'FAILED',
  cause,
  answeredAt: undefined,
  endedAt: at,
});
