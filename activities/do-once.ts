/**
 * Whatever a flow does to the world from inside a call, a message or a second call: reserved in the ledger
 * first, done once, settled after.
 *
 * `kill -9` before the reservation commits: nothing happened. After it: the flow asks for the same step
 * again, and the reservation says that it was begun; it is then found out about and never done anew.
 */
import type { Database } from '../db/client.ts';
import { reserveStep, type StepReservation, type StepToReserve } from '../db/queries/reserve-step.ts';
import type { Settlement } from '../db/queries/settle-attempts.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { DoNotCallRegister } from '../providers/register/register.ts';

export interface DoOnceDeps {
  db: Database;
  /** Asked where its answers come from outside. */
  register?: DoNotCallRegister;
  settle: (settlement: Settlement) => Promise<void>;
  now: () => Date;
}

/** What became of a step. */
export interface StepEnding {
  outcome: Outcome;
  cause: string;
  providerRef?: string;
  answeredAt?: Date | undefined;
}

export type ReservedStep = Extract<StepReservation, { kind: 'RESERVED' }>;

export interface Doing {
  /** Acts on the world. What it throws leaves the step unsettled: it is UNKNOWN when the call is settled. */
  act(step: ReservedStep): Promise<StepEnding>;
  /** Finds out about a step that was begun before and never settled, as its worker died. */
  find(id: string, reservedAt: Date): Promise<StepEnding>;
}

/** Reserves the step, once the register has been asked about its number where that is to be. */
async function reserve({ db, register }: DoOnceDeps, step: StepToReserve) {
  const asking = { ...step, askRegister: register?.asksOutside ?? false, register: register?.name };
  const reservation = await reserveStep(db, asking);
  if (reservation.kind !== 'UNASKED') return reservation;
  await register?.lookUp(step.accountId, [step.address]);
  const asked = await reserveStep(db, asking);
  if (asked.kind === 'UNASKED') throw new Error('the register was asked, and its answer has expired already');
  return asked;
}

/** @returns the step's outcome, BLOCKED where a list forbids it, BUSY where a second call finds no room */
export async function doOnce(
  deps: DoOnceDeps,
  step: Omit<StepToReserve, 'now'>,
  doing: Doing,
): Promise<Outcome> {
  const reservation = await reserve(deps, { ...step, now: deps.now });
  if (reservation.kind === 'BLOCKED') return 'BLOCKED';
  if (reservation.kind === 'NO_ROOM') return reservation.outcome;
  if (reservation.kind === 'EXISTS' && reservation.outcome !== null) return reservation.outcome;
  const ending = await (reservation.kind === 'RESERVED'
    ? doing.act(reservation)
    : doing.find(reservation.id, reservation.reservedAt));
  await deps.settle({
    accountId: step.accountId,
    attemptId: reservation.id,
    outcome: ending.outcome,
    cause: ending.cause,
    settledAt: deps.now(),
    ...(ending.providerRef !== undefined && { providerRef: ending.providerRef }),
    ...(ending.answeredAt && { answeredAt: ending.answeredAt }),
  });
  return ending.outcome;
}
