/**
 * The rules that say when a day may be used: the flow's windows, the promotional hours of the person's country, the
 * holidays of calendars the flow keeps. Each allows some minutes of each local day; all of them must allow a minute.
 */
import type { HolidayCalendar } from '../holiday.ts';
import type { CallingWindow, RequestPolicy } from '../policy.ts';
import { inForce, type PromotionalRule } from '../promotional-hours.ts';
import { dateOf, intersect, type Minutes, weekdayOf } from './clock.ts';
import type { PlacePolicy } from './place.ts';

/**
 * What may change while a request runs and counts at once: read from the database when it matters
 * (`db/queries/live-hours.ts`). Absent: the built-in promotional hours, and no holidays.
 */
export interface LiveHours {
  /** Those that operations added, of all countries. */
  promotional: readonly PromotionalRule[];
  /** The calendars the policy names, with their dates. */
  calendars: readonly HolidayCalendar[];
}

/** What decides the hours: the part of a policy that is read here. */
export type HoursPolicy = PlacePolicy &
  Pick<RequestPolicy, 'callingHours' | 'promotional'> & { live?: LiveHours | undefined };

export interface DayRule {
  /** `FLOW_HOURS`, `PROMOTIONAL/<country>/<rule>` or `HOLIDAY/<calendar>`. */
  id: string;
  /** Where it comes from, in words: a law, a flow, a holiday's name. */
  basisOf(day: number): string;
  /** Whether it says anything about this local day. */
  appliesOn(day: number): boolean;
  /** In order, without overlaps. Asked only of days on which it applies. */
  minutesOf(day: number): readonly Minutes[];
}

const WHOLE_DAY: readonly Minutes[] = [{ from: 0, to: 24 * 60 }];

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** `HH:MM` of a minute of the day. */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Policies and rules are frozen: the same windows are asked about for every person. */
const weeks = new WeakMap<readonly CallingWindow[], Minutes[][]>();

/** Windows by weekday, index 1 to 7, joined where they touch or overlap. */
function byWeekday(windows: readonly CallingWindow[]): Minutes[][] {
  let found = weeks.get(windows);
  if (!found) {
    found = joinedByWeekday(windows);
    weeks.set(windows, found);
  }
  return found;
}

function joinedByWeekday(windows: readonly CallingWindow[]): Minutes[][] {
  return Array.from({ length: 8 }, (_, weekday) => {
    const joined: Minutes[] = [];
    const ofDay = windows
      .filter(({ days }) => days.includes(weekday))
      .map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) }))
      .sort((a, b) => a.from - b.from);
    for (const one of ofDay) {
      const last = joined.at(-1);
      if (last && one.from <= last.to) last.to = Math.max(last.to, one.to);
      else joined.push(one);
    }
    return joined;
  });
}

function weekly(id: string, basis: string, windows: readonly CallingWindow[]): DayRule {
  const week = byWeekday(windows);
  return {
    id,
    basisOf: () => basis,
    appliesOn: () => true,
    minutesOf: (day) => week[weekdayOf(day)] ?? [],
  };
}

function holidays({ name, dates }: HolidayCalendar): DayRule {
  const nameOf = (day: number): string | undefined => dates.get(dateOf(day));
  return {
    id: `HOLIDAY/${name}`,
    basisOf: (day) => nameOf(day) ?? '',
    appliesOn: (day) => nameOf(day) !== undefined,
    minutesOf: () => [],
  };
}

/** @param region of the person's number; null counts as the account's own country */
export function rulesFor(policy: HoursPolicy, region: string | null): DayRule[] {
  const country = region ?? policy.homeRegion;
  const rules: DayRule[] = [];
  if (policy.callingHours) rules.push(weekly('FLOW_HOURS', "the flow's calling hours", policy.callingHours));
  if (policy.promotional) {
    for (const { rule, isInForce } of inForce(country, policy.live?.promotional ?? [])) {
      const { id, source, windows } = rule;
      rules.push({
        ...weekly(`PROMOTIONAL/${country}/${id}`, source, windows),
        appliesOn: (day) => isInForce(dateOf(day)),
      });
    }
  }
  for (const calendar of policy.live?.calendars ?? []) {
    if (calendar.region === null || calendar.region === country) rules.push(holidays(calendar));
  }
  return rules;
}

/** The minutes of a local day that all rules allow. */
export function minutesAllowed(rules: readonly DayRule[], day: number): readonly Minutes[] {
  return rules
    .filter((rule) => rule.appliesOn(day))
    .reduce<readonly Minutes[]>((left, rule) => intersect(left, rule.minutesOf(day)), WHOLE_DAY);
}
