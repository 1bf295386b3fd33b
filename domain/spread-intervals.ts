/**
 * Which permitted time a request's people are laid over: one rule for the engine (`db/queries/spread-plan.ts`), for
 * forecasts and for back-tests. Apart from `spread.ts`, which policies are made of, as it needs hours made of policies.
 */
import { firstOpen, type OpenInterval, openMsOf, type SpreadOver } from './spread.ts';
import { type HoursPolicy, openIntervals, type PersonOrRegion } from './window.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Ever longer looks ahead for permitted time; a flow that is open an hour a week finds 31 of them. */
const LOOKS_MS = [2 * DAY_MS, 16 * DAY_MS, 100 * DAY_MS, 400 * DAY_MS];

/** What bounds the time that people are laid over. */
export interface SpreadBounds {
  over: SpreadOver;
  /** Unix ms: not before. */
  from: number;
  /** Unix ms: the request's end time; undefined where it has none, or goes on after it. */
  endsAt: number | undefined;
  /** Of the hours asked for, ms that are left; absent: all of them. */
  leftMs?: number | undefined;
}

/**
 * The permitted time that the people of one place are laid over: so many hours of it, or all of it until a moment, and
 * in either case none from the request's end on.
 */
export function spreadIntervals(
  hours: HoursPolicy,
  place: PersonOrRegion,
  { over, from, endsAt, leftMs }: SpreadBounds,
): OpenInterval[] {
  const wantedMs = 'hours' in over ? (leftMs ?? over.hours * HOUR_MS) : undefined;
  const until = 'until' in over ? Date.parse(over.until) : Number.POSITIVE_INFINITY;
  const last = Math.min(until, endsAt ?? Number.POSITIVE_INFINITY);
  let open: OpenInterval[] = [];
  for (const lookMs of LOOKS_MS) {
    open = openIntervals(hours, place, from, Math.min(last, from + lookMs));
    const enough = wantedMs !== undefined && openMsOf(open) >= wantedMs;
    if (enough || from + lookMs >= last) break;
  }
  return wantedMs === undefined ? open : firstOpen(open, wantedMs);
}
