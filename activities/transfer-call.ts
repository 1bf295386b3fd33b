/**
 * Connects a person with somebody else. The second call is a call to a person like any other: in the ledger
 * before its phone rings, rung once whatever crashes, settled once, and refused where a list forbids it.
 */
import { openLegs } from '../db/queries/reserve-step.ts';
import type { FlowEffect } from '../domain/flow/machine.ts';
import { parsePhone } from '../domain/phone.ts';
import type { Line } from '../domain/trunk.ts';
import type { Logger } from '../log.ts';
import {
  type CallEnding,
  TrunkUnavailable,
  type VoiceCall,
  type VoiceTrunk,
} from '../providers/voice/trunk.ts';
import { type DoOnceDeps, doOnce, type ReservedStep, type StepEnding } from './do-once.ts';

export interface TransferDeps extends DoOnceDeps {
  trunk: VoiceTrunk;
  log: Logger;
}

/** The call that is transferred. */
export interface TransferredCall {
  accountId: number;
  attemptId: string;
  /** Numbers without a country code are read as this country's. */
  defaultCountry: string;
  /** The line it goes by; the second call goes by the same. */
  line: Line | undefined;
}

/**
 * A worker that was held up longer than this between reserving and asking the trunk may have been taken for
 * dead, and its call be in another's hands: it rings nobody any more. As in `place-call.ts`.
 */
const STALE_RESERVATION_MS = 5_000;

const UNKNOWN: StepEnding = {
  outcome: 'UNKNOWN',
  cause: 'the worker stopped before it heard how the second call ended',
};

/** @returns the second call's outcome, ANSWERED when the other has left; and whether the person has gone */
export async function transferCall(
  deps: TransferDeps,
  from: TransferredCall,
  effect: Extract<FlowEffect, { type: 'TRANSFER' }>,
  call: VoiceCall,
): Promise<{ outcome: string; hungUp: boolean }> {
  const to = parsePhone(effect.to, from.defaultCountry)?.e164;
  let hungUp = false;
  const left = (): void => {
    hungUp = true;
  };
  const step = {
    accountId: from.accountId,
    callAttemptId: from.attemptId,
    step: effect.step,
    medium: 'voice' as const,
    address: to ?? effect.to,
    sender: effect.callerId?.replace(/[^+\d]/g, ''),
    provider: deps.trunk.name,
  };
  const askedAt = deps.now().getTime();
  const outcome = await doOnce(deps, step, {
    async act(reserved) {
      if (to === undefined) return { outcome: 'INVALID', cause: 'not a valid number' };
      if (deps.now().getTime() - askedAt > STALE_RESERVATION_MS) {
        return { outcome: 'FAILED', cause: 'the worker was held up before it asked for the second call' };
      }
      return ring(deps, { from, effect, call, to, reserved, left });
    },
    find: (id) => followLeg(deps, id, call, left),
  });
  return { outcome, hungUp };
}

interface Ringing {
  from: TransferredCall;
  effect: Extract<FlowEffect, { type: 'TRANSFER' }>;
  call: VoiceCall;
  /** E.164. */
  to: string;
  reserved: ReservedStep;
  /** To be called when the person has gone. */
  left(): void;
}

async function ring(deps: TransferDeps, ringing: Ringing): Promise<StepEnding> {
  const { from, effect, call, to, reserved, left } = ringing;
  try {
    const { endedBy, leg } = await call.transfer({
      legId: reserved.id,
      to,
      callerId: reserved.sender,
      ringTimeoutMs: effect.ringTimeoutMs,
      line: from.line,
    });
    if (endedBy === 'HUNG_UP') left();
    return stepEnding(leg);
  } catch (error) {
    if (error instanceof TrunkUnavailable) {
      return { outcome: 'FAILED', cause: `trunk unavailable: ${error.message}` };
    }
    // Whether anybody was rung only the trunk can say.
    deps.log.warn({ attemptId: reserved.id, err: error }, 'a transfer broke off; the trunk is asked');
    return followLeg(deps, reserved.id, call, left);
  }
}

/** What became of a second call that was begun before; one that is still up is waited for. */
async function followLeg(
  deps: TransferDeps,
  legId: string,
  call: VoiceCall,
  left: () => void,
): Promise<StepEnding> {
  const found = await deps.trunk.reconcile(legId);
  switch (found.kind) {
    case 'LIVE': {
      const leg = found.call;
      const first = await Promise.race([leg.ended().then(() => 'LEG'), call.ended().then(() => 'CALL')]);
      if (first === 'CALL') {
        left();
        await leg.hangUp();
      }
      return stepEnding(await leg.ended());
    }
    case 'ENDED':
      return stepEnding(found.ending);
    case 'NEVER_PLACED':
      return { outcome: 'FAILED', cause: 'the worker stopped before the second call was placed' };
    case 'UNKNOWN':
      return { ...UNKNOWN, cause: found.why };
  }
}

const stepEnding = ({ outcome, cause, answeredAt }: CallEnding): StepEnding => ({
  outcome,
  cause,
  answeredAt,
});

/**
 * Settles the second calls of a call that has ended while nobody carried it. One that is up still is hung up:
 * there is nobody left to talk to.
 */
export async function settleLegs(
  deps: TransferDeps,
  of: { accountId: number; attemptId: string },
): Promise<void> {
  const legs = await openLegs(deps.db, { accountId: of.accountId, callAttemptId: of.attemptId });
  for (const legId of legs) {
    const found = await deps.trunk.reconcile(legId);
    // UNKNOWN is what the settlement of the call makes of all that is left open in it.
    if (found.kind === 'UNKNOWN') continue;
    if (found.kind === 'LIVE') await found.call.hangUp();
    const ending: StepEnding =
      found.kind === 'NEVER_PLACED'
        ? { outcome: 'FAILED', cause: 'the worker stopped before the second call was placed' }
        : stepEnding(found.kind === 'LIVE' ? await found.call.ended() : found.ending);
    await deps.settle({
      accountId: of.accountId,
      attemptId: legId,
      outcome: ending.outcome,
      cause: ending.cause,
      settledAt: deps.now(),
      ...(ending.answeredAt && { answeredAt: ending.answeredAt }),
    });
  }
}
