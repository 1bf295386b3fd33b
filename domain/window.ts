/**
 * When a person may be contacted: whether now, from when, until when, and by which rules. Pure; a policy, a person and
 * a moment in, an answer out, for planning, the last moment before a call, forecasts and explanations alike.
 */
import { intersect, localTime, type Minutes, type Span, spansWithin } from './hours/clock.ts';
import { type Person, type Place, type PlacePolicy, placeOf, type ZoneSource } from './hours/place.ts';
import { type DayRule, type HoursPolicy, minutesAllowed, rulesFor, timeOf } from './hours/rules.ts';

export { type Person, type Place, placeKey, placeOf, type ZoneSource } from './hours/place.ts';
export type { HoursPolicy, LiveHours } from './hours/rules.ts';

/** A person of whom only the number's region is known may be given as that. */
export type PersonOrRegion = Person | string | null;

const personOf = (given: PersonOrRegion): Person =>
  typeof given === 'object' && given !== null ? given : { region: given };

/** IANA zones whose clocks count for a person; all of them must be open. */
export const zonesOf = (policy: PlacePolicy, person: PersonOrRegion): string[] => [
  ...placeOf(policy, personOf(person)).zones,
];

/** Place and rules of a person, found once for all that is asked about them. */
function settle(policy: HoursPolicy, given: PersonOrRegion) {
  const person = personOf(given);
  const rules = rulesFor(policy, person.region);
  const days = new Map<number, readonly Minutes[]>();
  const minutesOf = (day: number): readonly Minutes[] => {
    let found = days.get(day);
    if (!found) {
      found = minutesAllowed(rules, day);
      days.set(day, found);
    }
    return found;
  };
  return { place: placeOf(policy, person), rules, minutesOf };
}

type Settled = ReturnType<typeof settle>;

function isOpenIn({ place, minutesOf }: Settled, at: number): boolean {
  return place.zones.every((zone) => {
    const { day, minute } = localTime(zone, at);
    return minutesOf(day).some(({ from, to }) => minute >= from && minute < to);
  });
}

/** @param at Unix ms */
export const isOpen = (policy: HoursPolicy, person: PersonOrRegion, at: number): boolean =>
  isOpenIn(settle(policy, person), at);

function spansIn({ place, minutesOf }: Settled, span: Span): Span[] {
  let open: Span[] = [span];
  for (const zone of place.zones) {
    if (open.length === 0) break;
    open = intersect(open, spansWithin(zone, span, minutesOf));
  }
  return open;
}

/**
 * The moments of a span at which a person may be contacted, in order, none touching the next.
 * @param from Unix ms
 * @param to Unix ms, not included
 */
export const openIntervals = (
  policy: HoursPolicy,
  person: PersonOrRegion,
  from: number,
  to: number,
): Span[] => (from < to ? spansIn(settle(policy, person), { from, to }) : []);

const DAY_MS = 24 * 3_600_000;
/** A weekly calendar repeats after 8 days whatever the zone; the next week is for the day that daylight saving cuts short. */
const WEEKLY_DAYS = 16;
/** Holidays and rules that begin later end an opening or put one off for longer, but hardly for more than a year. */
const LONGEST_DAYS = 400;

/** Ever longer looks ahead: most people's next opening is today or tomorrow. */
function* looks(policy: HoursPolicy, at: number): Generator<Span> {
  const dated = (policy.live?.calendars.length ?? 0) + (policy.live?.promotional.length ?? 0) > 0;
  const ends = dated ? [2, WEEKLY_DAYS, 100, LONGEST_DAYS] : [2, WEEKLY_DAYS];
  let from = at;
  for (const days of ends) {
    const to = at + days * DAY_MS;
    yield { from, to };
    from = to;
  }
}

/**
 * The first moment from `at` on at which a person may be contacted.
 * @returns Unix ms, `at` itself when it is open now; undefined when none of the next days is ever open
 */
export function nextOpening(policy: HoursPolicy, person: PersonOrRegion, at: number): number | undefined {
  const settled = settle(policy, person);
  if (isOpenIn(settled, at)) return at;
  for (const span of looks(policy, at)) {
    const [first] = spansIn(settled, span);
    if (first) return first.from;
  }
  return undefined;
}

/**
 * The first moment from `at` on at which a person may not be contacted.
 * @returns Unix ms, `at` itself when it is closed now; undefined when it stays open as far as can be seen
 */
export function nextClosing(policy: HoursPolicy, person: PersonOrRegion, at: number): number | undefined {
  const settled = settle(policy, person);
  if (!isOpenIn(settled, at)) return at;
  for (const span of looks(policy, at)) {
    const [first] = spansIn(settled, span);
    if (!first || first.from > span.from) return span.from;
    if (first.to < span.to) return first.to;
  }
  return undefined;
}

/** One rule by one clock. */
export interface RuleJudgement {
  /** `FLOW_HOURS`, `PROMOTIONAL/<country>/<rule>` or `HOLIDAY/<calendar>`. */
  id: string;
  /** Where the rule comes from: a law, the flow, a holiday's name. */
  basis: string;
  zone: string;
  /** How the zone is known. */
  source: ZoneSource;
  /** `HH:MM`: the window the clock is in, else that day's next one, else its last; null on a day without any. */
  from: string | null;
  to: string | null;
  open: boolean;
}

export interface HoursJudgement {
  open: boolean;
  zones: readonly string[];
  zoneSource: ZoneSource;
  /** Every rule that says anything about the day, by each zone's clock. Empty: any hour is open. */
  rules: RuleJudgement[];
  /** Unix ms of the first moment that is open, `at` itself when it is; null when none is in sight. */
  opensAt: number | null;
  /** Unix ms at which the opening at `opensAt` ends; null when no end is in sight. */
  closesAt: number | null;
}

function judgeRule(rule: DayRule, zone: string, { source }: Place, at: number): RuleJudgement[] {
  const { day, minute } = localTime(zone, at);
  if (!rule.appliesOn(day)) return [];
  const windows = rule.minutesOf(day);
  const open = windows.some(({ from, to }) => minute >= from && minute < to);
  const shown = windows.find(({ to }) => minute < to) ?? windows.at(-1);
  const [from, to] = shown ? [timeOf(shown.from), timeOf(shown.to)] : [null, null];
  return [{ id: rule.id, basis: rule.basisOf(day), zone, source, from, to, open }];
}

/** Every rule's answer at a moment, and what follows from them. @param at Unix ms */
export function judgeHours(policy: HoursPolicy, person: PersonOrRegion, at: number): HoursJudgement {
  const { place, rules } = settle(policy, person);
  const judged = rules.flatMap((rule) => place.zones.flatMap((zone) => judgeRule(rule, zone, place, at)));
  const opensAt = nextOpening(policy, person, at) ?? null;
  return {
    open: judged.every((rule) => rule.open),
    zones: place.zones,
    zoneSource: place.source,
    rules: judged,
    opensAt,
    closesAt: opensAt === null ? null : (nextClosing(policy, person, opensAt) ?? null),
  };
}

/** What is kept with an attempt: as `judgeHours`, clocks that show the same once. Small even for a country of many zones. */
export interface HoursEvidence {
  zoneSource: ZoneSource;
  /** One of each group of zones whose clocks showed the same. */
  zones: string[];
  rules: Omit<RuleJudgement, 'source'>[];
}

/** @param at Unix ms */
export function hoursEvidence(policy: HoursPolicy, person: PersonOrRegion, at: number): HoursEvidence {
  const { place, rules } = settle(policy, person);
  const distinct = new Map<number, string>();
  for (const zone of place.zones) {
    const { day, minute } = localTime(zone, at);
    const shown = day * 1440 + minute;
    if (!distinct.has(shown)) distinct.set(shown, zone);
  }
  const zones = [...distinct.values()];
  return {
    zoneSource: place.source,
    zones,
    rules: rules.flatMap((rule) =>
      zones.flatMap((zone) => judgeRule(rule, zone, place, at).map(({ source: _, ...rest }) => rest)),
    ),
  };
}
