/**
 * One call attempt, from its turn to its settlement. At most one call is placed for an attempt id:
 *
 *   reserve (ledger) -> place (trunk) -> answered? run the flow -> settle (ledger)
 *
 * `kill -9` before `reserve` commits: nothing happened, the retry begins. After it: the retry finds the
 * attempt in the ledger and never places a call; it asks the trunk what became of it (`reconcile`).
 */
import { Context } from '@temporalio/activity';
import type { ReservedAttempt } from '../db/queries/reserve-calls.ts';
import { hasMachineBranch } from '../domain/flow/schema.ts';
import { TrunkUnavailable, type VoiceCall } from '../providers/voice/trunk.ts';
import { CallCarrier, type CarryCallDeps, failedEnding, oneCarrierEach } from './carry-call.ts';
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

export interface PlaceCallDeps extends CarryCallDeps {
  turnstile: Turnstile;
}

/**
 * Between the reservation and the order to the trunk lies a moment. A worker that was held up longer than
 * this in it (a stopped process, a suspended machine) may already have been taken for dead, so it does not
 * place the call any more; the attempt is reconciled instead. Well under the 15 s of the heartbeat.
 */
const STALE_RESERVATION_MS = 5_000;

const ATTEMPTED: PlaceCallResult = { attempted: true, stop: false };
const NOTHING: PlaceCallResult = { attempted: false, stop: false };
const STOP: PlaceCallResult = { attempted: false, stop: true };

export function createPlaceCall(deps: PlaceCallDeps): (input: PlaceCallInput) => Promise<PlaceCallResult> {
  const carry = oneCarrierEach();
  return async (input) => {
    const context = Context.current();
    const carrier = (attemptId: string) =>
      new CallCarrier(deps, { accountId: input.accountId, attemptId }, context.cancellationSignal);
    try {
      const admission = await deps.turnstile.reserve(input, context.cancellationSignal).catch((error) => {
        // A worker that is asked to stop gives its places in the queue back: nothing was begun.
        if (context.cancellationSignal.aborted) throw new Error('the worker is stopping; nothing was begun');
        throw error;
      });
      switch (admission.kind) {
        case 'RESERVED':
          await carry(admission.attempt.id, () =>
            place(deps, carrier(admission.attempt.id), input, admission.attempt),
          );
          return ATTEMPTED;
        case 'EXISTS':
          if (admission.outcome !== null) return NOTHING;
          await carry(admission.id, () => reconcile(deps, carrier(admission.id), admission.id));
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

/** Asks the trunk for the call and carries it to its settlement. */
async function place(
  deps: PlaceCallDeps,
  carrier: CallCarrier,
  input: PlaceCallInput,
  attempt: ReservedAttempt,
): Promise<void> {
  const { trunk, now } = deps;
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
    await carrier.settle(failedEnding(`trunk unavailable: ${error.message}`, now()));
    return;
  }
  await carrier.follow(call, { ...attempt, state: null });
}

/** Finds out what became of an attempt that was begun before: goes on with a call that lives, settles the rest. */
async function reconcile(deps: PlaceCallDeps, carrier: CallCarrier, attemptId: string): Promise<void> {
  const { trunk, now, log } = deps;
  const found = await trunk.reconcile(attemptId);
  log.info({ attemptId, found: found.kind }, 'an attempt begun before is reconciled');
  switch (found.kind) {
    case 'LIVE':
      return carrier.follow(found.call, await carrier.script());
    case 'ENDED':
      return carrier.settle(found.ending, await carrier.kept());
    case 'NEVER_PLACED':
      return carrier.settle(failedEnding('the worker stopped before the call was placed', now()));
    case 'UNKNOWN':
      return carrier.settle({ ...failedEnding(found.why, now()), outcome: 'UNKNOWN' }, await carrier.kept());
  }
}
