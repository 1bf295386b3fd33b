/**
 * How often a person may be contacted: at most so many times a day, and with a gap in between. Pure. Calls and
 * texts to a number, and mails to an address, are counted each for itself: a message sent from inside a call is
 * part of that contact, and a gap between contacts must not forbid it.
 */
import { DateTime } from 'luxon';
import { z } from 'zod';

/** At most this many may be allowed a day; whoever allows more has no limit. */
export const MOST_A_DAY = 100;
export const LONGEST_GAP_MS = 7 * 24 * 3_600_000;

/** What a flow, or an account, says. A field that is absent or null limits nothing. */
export const frequencyLimits = z.strictObject({
  /** Contacts of one number by one medium, within a day of the person's own calendar. */
  perDay: z.int().min(1).max(MOST_A_DAY).nullable().default(null),
  /** Between the beginnings of two contacts. */
  gapMs: z.int().min(0).max(LONGEST_GAP_MS).nullable().default(null),
});
export type FrequencyLimits = z.output<typeof frequencyLimits>;

export const NO_LIMITS: FrequencyLimits = { perDay: null, gapMs: null };

/** Both hold: the fewer a day, the longer gap. */
export function tightest(one: FrequencyLimits, other: FrequencyLimits | undefined): FrequencyLimits {
  const given = (values: (number | null | undefined)[]): number[] =>
    values.filter((value): value is number => value != null);
  const perDay = given([one.perDay, other?.perDay]);
  const gapMs = given([one.gapMs, other?.gapMs]);
  return {
    perDay: perDay.length === 0 ? null : Math.min(...perDay),
    gapMs: gapMs.length === 0 ? null : Math.max(...gapMs),
  };
}

export const hasLimits = ({ perDay, gapMs }: FrequencyLimits): boolean =>
  perDay !== null || (gapMs !== null && gapMs > 0);

/** A day with a clock put back, and an hour to spare for clocks of workers that differ. */
const LONGEST_DAY_MS = 26 * 3_600_000;

/** Which contacts must be known to judge by these limits: those after `since` (Unix ms), the last `most` of them. */
export function contactsNeeded(limits: FrequencyLimits, at: number): { since: number; most: number } {
  const day = limits.perDay === null ? 0 : LONGEST_DAY_MS;
  return { since: at - Math.max(day, limits.gapMs ?? 0), most: limits.perDay ?? 1 };
}

export interface FrequencyRuling {
  /** When the next contact may be, Unix ms; null: now. */
  nextAt: number | null;
  /** Contacts on the person's day; where several zones are possible, in that with most. At most `perDay` are counted. */
  today: number;
  /** Of the last contact that was looked at, Unix ms. */
  lastAt: number | null;
}

/** Where clocks of workers differ over midnight no moment may be found; then it is asked again after this. */
const ASK_AGAIN_MS = 3_600_000;

/**
 * @param contacts when earlier ones began, Unix ms, in any order: those of `contactsNeeded`. One that seems to lie
 *   ahead was begun by a worker whose clock is ahead, and counts
 * @param zones IANA zones of which all must agree, as nobody knows in which the person is
 * @param at Unix ms
 */
export function judgeFrequency(
  limits: FrequencyLimits,
  contacts: readonly number[],
  zones: readonly string[],
  at: number,
): FrequencyRuling {
  const lastAt = contacts.length === 0 ? null : Math.max(...contacts);
  const days = zones.map((zone) => ({ zone, of: contacts.map((contact) => dayOf(contact, zone)) }));
  // Calendar days and not hours since midnight: an hour that comes twice belongs to the same day both times.
  const onDay = (moment: number): number =>
    Math.max(
      0,
      ...days.map(({ zone, of }) => {
        const day = dayOf(moment, zone);
        return of.filter((one) => one >= day).length;
      }),
    );
  const free = (moment: number): boolean => limits.perDay === null || onDay(moment) < limits.perDay;
  const today = limits.perDay === null ? 0 : onDay(at);
  const afterGap = lastAt === null || !limits.gapMs ? at : Math.max(at, lastAt + limits.gapMs);
  if (free(afterGap)) return { nextAt: afterGap === at ? null : afterGap, today, lastAt };
  const midnights = [...new Set(zones.map((zone) => nextDay(afterGap, zone)))].sort((a, b) => a - b);
  return { nextAt: midnights.find(free) ?? afterGap + ASK_AGAIN_MS, today, lastAt };
}

/** `2026-01-31`: sorts as text. */
const dayOf = (at: number, zone: string): string => DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd');

/** The beginning of the day after. */
const nextDay = (at: number, zone: string): number =>
  DateTime.fromMillis(at, { zone }).startOf('day').plus({ days: 1 }).startOf('day').toMillis();
