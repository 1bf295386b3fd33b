/**
 * Who is late when a request's end time passes. A person whose next attempt was due before the end is late when it could
 * not be made then: nobody was there to make it (an outage), or their hours were closed. A flow skips them (they expire,
 * and the record says why) or sends them: they are attempted at the first moment their hours allow, end time or not.
 * Whoever could have been called and was not, because others were called first, is not late: the end is the end.
 */
import { type HoursPolicy, isOpen, type Person, zonesOf } from './window.ts';

/**
 * A request's workflow looks at the very moment of its end. Where it looked later than this, the system was away.
 */
export const OUTAGE_MS = 120_000;

export type Lateness = 'OUTAGE' | 'HOURS';

/**
 * @param dueAt when the next attempt was due; null: at once
 * @param lookedAt when the end was first noticed
 */
export function latenessOf(
  policy: HoursPolicy,
  person: Person,
  times: { dueAt: number | null; endAt: number; lookedAt: number },
): Lateness | null {
  const { dueAt, endAt, lookedAt } = times;
  if (dueAt !== null && dueAt >= endAt) return null;
  if (lookedAt - endAt >= OUTAGE_MS) return 'OUTAGE';
  return isOpen(policy, person, endAt - 1) ? null : 'HOURS';
}

/** What the record of somebody who expired says. */
export function whyExpired(policy: HoursPolicy, person: Person, lateness: Lateness | null): string {
  if (lateness === 'OUTAGE') return "late: the system was away when the request's end time passed";
  if (lateness === null) return "not reached before the request's end time";
  const [zone, ...others] = zonesOf(policy, person);
  const clock = others.length > 0 ? `${zone} and ${others.length} more zones` : zone;
  return `late: closed by the clock of ${clock} when the request's end time passed`;
}
