/**
 * A call that somebody makes to us, from the decision to its settlement:
 *
 *   offered (in the ledger) -> decide -> turn away, or answer -> run the flow -> settle (ledger)
 *
 * What is decided is in the ledger before it is done. `kill -9` before the decision commits: the retry
 * decides. After a refusal's: the retry turns the caller away again, which does no harm. After the call was
 * let in: the retry asks the trunk what became of it, and joins it where its flow was, or settles it.
 */
import { Context } from '@temporalio/activity';
import { admitInbound } from '../db/queries/inbound.ts';
import type { Outcome, VoiceOutcome } from '../domain/outcome.ts';
import type { CallEnding, VoiceTrunk } from '../providers/voice/trunk.ts';
import { CallCarrier, type CarryCallDeps, failedEnding, oneCarrierEach } from './carry-call.ts';
import { whatBecame } from './what-became.ts';

export interface AnswerCallInput {
  accountId: number;
  /** The ledger's id of the call. */
  attemptId: string;
}

export interface AnswerCall {
  activity(input: AnswerCallInput): Promise<void>;
  /** Goes on with a call whose worker has died, outside of any activity. */
  adopt(input: AnswerCallInput, signal: AbortSignal): Promise<void>;
}

export function createAnswerCall(deps: CarryCallDeps): AnswerCall {
  const carry = oneCarrierEach();
  const adopt: AnswerCall['adopt'] = (input, signal) =>
    carry(input.attemptId, () => answer(deps, new CallCarrier(deps, input, signal), input, signal));
  return { activity: (input) => adopt(input, Context.current().cancellationSignal), adopt };
}

async function answer(
  deps: CarryCallDeps,
  carrier: CallCarrier,
  input: AnswerCallInput,
  signal: AbortSignal,
): Promise<void> {
  const { db, trunk, now } = deps;
  const decision = await admitInbound(db, { ...input, now: now() });
  switch (decision.kind) {
    case 'BLACKLISTED':
      await carrier.settle(turnedAway('BLOCKED', 'BLACKLISTED', now()));
      return trunk.refuse(decision.callId, 'REJECTED');
    // The caller hears a busy tone, and so the ledger calls it: nobody forbade the call, there was no line for it.
    case 'NO_ROOM':
      await carrier.settle(turnedAway('BUSY', `the account has ${decision.limit} calls in progress`, now()));
      return trunk.refuse(decision.callId, 'BUSY');
    case 'SETTLED':
      return refuseAgain(trunk, decision.callId, decision.outcome);
    case 'ADMITTED':
      return connect(deps, carrier, { ...input, callId: decision.callId }, signal);
  }
}

const turnedAway = (outcome: VoiceOutcome, cause: string, at: Date): CallEnding => ({
  outcome,
  cause,
  answeredAt: undefined,
  endedAt: at,
});

/** The worker that decided may have died before the caller heard of it. Any other ending needs nothing more. */
async function refuseAgain(trunk: VoiceTrunk, callId: string, outcome: Outcome): Promise<void> {
  if (outcome === 'BLOCKED') await trunk.refuse(callId, 'REJECTED');
  if (outcome === 'BUSY') await trunk.refuse(callId, 'BUSY');
}

/** Answers a call that was let in, or goes on with it, and carries it to its settlement. */
async function connect(
  deps: CarryCallDeps,
  carrier: CallCarrier,
  call: AnswerCallInput & { callId: string },
  signal: AbortSignal,
): Promise<void> {
  const { trunk, now, log } = deps;
  const found = await whatBecame(deps, call, signal);
  log.info({ attemptId: call.attemptId, found: found.kind }, 'a call to us is taken up');
  switch (found.kind) {
    case 'LIVE': {
      const script = await carrier.script();
      // Does nothing to one that its last worker has answered: the limit runs on.
      await trunk.accept(call.callId, script.definition.settings.maxCallMs);
      return carrier.follow(found.call, script, ofACaller);
    }
    case 'SETTLED':
      return;
    case 'ENDED':
      return carrier.settle(ofACaller(found.ending), await carrier.kept());
    case 'NEVER_PLACED':
      return carrier.settle(
        { ...failedEnding('the trunk has no record of the call', now()), outcome: 'UNKNOWN' },
        await carrier.kept(),
      );
    case 'UNKNOWN':
      return carrier.settle({ ...failedEnding(found.why, now()), outcome: 'UNKNOWN' }, await carrier.kept());
  }
}

/** Endings before an answer that are the caller's doing, by whatever word a trunk has for them. */
const GIVEN_UP: readonly VoiceOutcome[] = ['ANSWERED', 'BUSY', 'NO_ANSWER', 'DECLINED', 'CANCELLED'];

/** A call to us that ended before we answered was given up by its caller. */
function ofACaller(ending: CallEnding): CallEnding {
  const givenUp = ending.answeredAt === undefined && GIVEN_UP.includes(ending.outcome);
  return givenUp ? { ...ending, outcome: 'ABANDONED' } : ending;
}
