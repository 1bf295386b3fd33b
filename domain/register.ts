/**
 * What a person's entry in the do-not-call register means for one flow at one moment: called, never, or later.
 * An entry blocks all promotion, or some categories of it; what it does not block it may hold to hours and days.
 */
import { DateTime } from 'luxon';

/**
 * The categories of promotion of the Indian NCPR (TRAI, TCCCPR 2010, schedule I), in the order of their codes 1
 * to 7. Code 0 of a register's file means all of them.
 */
export const PROMOTION_CATEGORIES = [
  'FINANCE',
  'REAL_ESTATE',
  'EDUCATION',
  'HEALTH',
  'CONSUMER_GOODS',
  'COMMUNICATION',
  'TOURISM',
] as const;
export type PromotionCategory = (typeof PROMOTION_CATEGORIES)[number];

/** What a register says of one number. */
export interface RegisterEntry {
  /** Blocked: bit 0 all promotion, bit n the category of code n. */
  categories: number;
  /** Minutes of the day between which the person may be reached; null: any hour. */
  fromMinute: number | null;
  toMinute: number | null;
  /** Bit n is ISO weekday n; null: any day. */
  days: number | null;
}

export const ALL_PROMOTION = 1;

/** An entry that blocks everything: what a number in a plain list of numbers says. */
export const BLOCKS_ALL: RegisterEntry = {
  categories: ALL_PROMOTION,
  fromMinute: null,
  toMinute: null,
  days: null,
};

export type Ruling =
  | { kind: 'ALLOWED' }
  | { kind: 'BLOCKED' }
  /** Not before `at`, Unix ms. */
  | { kind: 'LATER'; at: number };

/** @param code 1 to 7 */
export const categoryOf = (code: number): PromotionCategory | undefined => PROMOTION_CATEGORIES[code - 1];

const bitOf = (category: PromotionCategory): number => 1 << (PROMOTION_CATEGORIES.indexOf(category) + 1);

/** The categories an entry blocks, by name; all of them where it blocks everything. */
export function blockedCategories(entry: Pick<RegisterEntry, 'categories'>): PromotionCategory[] {
  if (entry.categories & ALL_PROMOTION) return [...PROMOTION_CATEGORIES];
  return PROMOTION_CATEGORIES.filter((category) => entry.categories & bitOf(category));
}

/**
 * Whether promotion of this category may never reach the number. Without a category any entry blocks: nobody
 * can say that it is none of those the person refused.
 * @param entries of the number, by every register that applies; none where it is on no register
 */
export function isBlocked(entries: readonly RegisterEntry[], category: PromotionCategory | null): boolean {
  return entries.some(
    ({ categories }) =>
      category === null || (categories & ALL_PROMOTION) !== 0 || (categories & bitOf(category)) !== 0,
  );
}

/** Calendars repeat after a week; the second is for the Sunday on which the clock jumps over the hours. */
const DAYS_AHEAD = 15;
const MINUTE_MS = 60_000;
/** Clocks are put forward by an hour, on one island by half of one. */
const LONGEST_GAP_MINUTES = 60;

/**
 * Whether promotion may reach the number at a moment.
 * @param entries as for `isBlocked`
 * @param zones IANA zones of which all must agree, as nobody knows in which the person is
 * @param at Unix ms
 */
export function judgeRegister(
  entries: readonly RegisterEntry[],
  category: PromotionCategory | null,
  zones: readonly string[],
  at: number,
): Ruling {
  if (isBlocked(entries, category)) return { kind: 'BLOCKED' };
  const open = (moment: number): boolean =>
    entries.every((entry) => zones.every((zone) => isPreferred(entry, zone, moment)));
  if (open(at)) return { kind: 'ALLOWED' };
  const next = entries
    .flatMap((entry) => zones.flatMap((zone) => beginnings(entry, zone, at)))
    .filter((moment) => moment > at)
    .sort((a, b) => a - b)
    .find(open);
  // Hours that never meet leave no moment at which the person agreed to be reached.
  return next === undefined ? { kind: 'BLOCKED' } : { kind: 'LATER', at: next };
}

const minuteOf = (local: DateTime): number => local.hour * 60 + local.minute;

function isPreferred(entry: RegisterEntry, zone: string, at: number): boolean {
  const local = DateTime.fromMillis(at, { zone });
  const minute = minuteOf(local);
  return (
    (entry.days === null || (entry.days & (1 << local.weekday)) !== 0) &&
    minute >= (entry.fromMinute ?? 0) &&
    minute < (entry.toMinute ?? 24 * 60)
  );
}

/** When the hours of an entry begin in a zone, on each day ahead. In an hour that comes twice, the first time. */
function beginnings(entry: RegisterEntry, zone: string, at: number): number[] {
  const from = entry.fromMinute ?? 0;
  const today = DateTime.fromMillis(at, { zone }).startOf('day');
  return Array.from({ length: DAYS_AHEAD + 1 }, (_, days) => {
    const day = today.plus({ days });
    let moment = day.set({ hour: Math.floor(from / 60), minute: from % 60 });
    // A minute that the clock jumps over: the hours begin where it lands.
    for (let back = 0; back < LONGEST_GAP_MINUTES && minuteOf(moment) > from; back += 1) {
      const earlier = moment.minus(MINUTE_MS);
      if (minuteOf(earlier) < from || earlier < day) break;
      moment = earlier;
    }
    return moment.toMillis();
  });
}
