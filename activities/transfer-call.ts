/**
 * Connects a person with somebody else. The second call is a call to a person like any other: in the ledger
 * before its phone rings, rung once whatever crashes, settled once, refused where a list forbids it, and within the
 * limits of the account and of its trunk.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openLegs } from '../db/queries/reserve-step.ts';
import type { FlowEffect } from '../domain/flow/machine.ts';
import { parsePhone } from '../domain/phone.ts';
import type { Line } from '../domain/trunk.ts';
import type { Logger } from '../log.ts';
import {
  type CallEnding,
  type TransferResult,
  TrunkUnavailable,
  type VoiceCall,
  type VoiceTrunk,
} from '../providers/voice/trunk.ts';
import { type DoOnceDeps, doOnce, type ReservedStep, type StepEnding } from './do-once.ts';
import { ringBefore, STALE_RESERVATION_MS } from './reservation-age.ts';
import { whatBecame } from './what-became.ts';

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
  /** Of the worker: aborted when it is asked to stop. */
  signal: AbortSignal;
}

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
    lineState: (line: Line | undefined) => deps.trunk.state(line),
  };
  const outcome = await doOnce(deps, step, {
    async act(reserved) {
      if (to === undefined) return { outcome: 'INVALID', cause: 'not a valid number' };
      // Its turn: others' calls keep the pace of the account and the trunk as well.
      if (reserved.waitMs > 0) await sleep(reserved.waitMs);
      if (deps.now().getTime() - reserved.reservedAt.getTime() > STALE_RESERVATION_MS) {
        return { outcome: 'FAILED', cause: 'the worker was held up before it asked for the second call' };
      }
      return ring(deps, { from, effect, call, to, reserved, left });
    },
    find: (legId, since) => followLeg(deps, { from, legId, since, call, left }),
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
      line: reserved.line,
      ringBefore: ringBefore(reserved.reservedAt),
    });
    if (endedBy === 'HUNG_UP') left();
    return stepEnding(leg);
  } catch (error) {
    if (error instanceof TrunkUnavailable) {
      return { outcome: 'FAILED', cause: `trunk unavailable: ${error.message}` };
    }
    // Whether anybody was rung only the trunk can say.
    deps.log.warn({ attemptId: reserved.id, err: error }, 'a transfer broke off; the trunk is asked');
    return followLeg(deps, { from, legId: reserved.id, since: reserved.reservedAt, call, left });
  }
}

interface Following {
  from: TransferredCall;
  legId: string;
  /** When it was reserved. */
  since: Date;
  call: VoiceCall;
  /** To be called when the person has gone. */
  left(): void;
}

/**
 * What became of a second call that was begun before. One that is still up, though it may only ring, is connected
 * with the person: nobody else does it any more.
 */
async function followLeg(
  deps: TransferDeps,
  { from, legId, since, call, left }: Following,
): Promise<StepEnding> {
  const { accountId, signal } = from;
  const found = await whatBecame(deps, { accountId, attemptId: legId, since }, signal);
  switch (found.kind) {
    case 'LIVE': {
      const leg = found.call;
      if ((await joined(call, leg)) === 'HUNG_UP') {
        left();
        await leg.hangUp();
      }
      return stepEnding(await leg.ended());
    }
    case 'SETTLED':
      return found;
    case 'ENDED':
      return stepEnding(found.ending);
    case 'NEVER_PLACED':
      return { outcome: 'FAILED', cause: 'the worker stopped before the second call was placed' };
    case 'UNKNOWN':
      return { ...UNKNOWN, cause: found.why };
  }
}

/** @returns which of the two calls ended the connection */
async function joined(call: VoiceCall, leg: VoiceCall): Promise<TransferResult['endedBy']> {
  if (call.join) return call.join(leg);
  // Connected it may be; connect it this trunk cannot.
  const left = call.ended().then(() => 'HUNG_UP' as const);
  return Promise.race([leg.ended().then(() => 'OTHER_LEFT' as const), left]);
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
  signal: AbortSignal,
): Promise<void> {
  const legs = await openLegs(deps.db, { accountId: of.accountId, callAttemptId: of.attemptId });
  for (const { id: legId, reservedAt: since } of legs) {
    const found = await whatBecame(deps, { accountId: of.accountId, attemptId: legId, since }, signal);
    // UNKNOWN is what the settlement of the call makes of all that is left open in it.
    if (found.kind === 'UNKNOWN' || found.kind === 'SETTLED') continue;
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
