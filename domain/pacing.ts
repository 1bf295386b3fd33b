/**
 * How many calls may begin now. A generic cell rate clock: `nextAt` is when the next call may begin; each
 * call moves it on by one interval. Pure, so the same arithmetic serves the engine and its forecast.
 */

/** A clock that has stood idle lets through at most this much at once, so pace stays even to a tenth of a second. */
export const BURST_MS = 100;

export interface PaceLimit {
  perSecond: number;
  maxInProgress: number;
}

/** How much a flow, an account or a trunk has to do: calls in progress, and its clock (Unix ms, fractions allowed). */
export interface Load {
  inProgress: number;
  nextAt: number;
}

/**
 * @param limit of a flow, an account or a trunk
 * @param state calls in progress, and the clock (Unix ms, fractions allowed)
 * @param wanted calls that would begin now
 */
export function admit(limit: PaceLimit, state: Load, wanted: number, now: number): number {
  const room = Math.max(0, limit.maxInProgress - state.inProgress);
  const intervalMs = 1000 / limit.perSecond;
  const from = Math.max(state.nextAt, now - BURST_MS);
  const due = from > now ? 0 : Math.floor((now - from) / intervalMs) + 1;
  return Math.min(wanted, room, due);
}

/** The clock after `admitted` calls have begun. */
export function advance(limit: PaceLimit, nextAt: number, admitted: number, now: number): number {
  if (admitted === 0) return nextAt;
  return Math.max(nextAt, now - BURST_MS) + (admitted * 1000) / limit.perSecond;
}

/** A load with one more call, begun now. */
export const withOneMore = (limit: PaceLimit, load: Load, now: number): Load => ({
  inProgress: load.inProgress + 1,
  nextAt: advance(limit, load.nextAt, 1, now),
});
