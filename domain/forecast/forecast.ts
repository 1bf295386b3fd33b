/**
 * A forecast: the same request run many times on a virtual clock, each time in another world that the evidence
 * allows, and what those runs have in common. Pure: (facts, policy, seed, now) -> answer.
 */
import type { Outcome } from '../outcome.ts';
import { isBlocked } from '../register.ts';
import { planner } from '../spread.ts';
import { spreadIntervals } from '../spread-intervals.ts';
import { judgeHours, nextOpening, placeKey } from '../window.ts';
import { quantile, seeded } from './chance.ts';
import {
  type Cohort,
  type Crowd,
  gather,
  HoursBook,
  MOST_SIMULATED,
  mostAtOnce,
  situationOf,
} from './crowd.ts';
import type { ForecastQuestion, PeopleGroup } from './facts.ts';
import { Run, type Turns, type Watcher } from './run.ts';
import { MINUTE_MS, type RunResult } from './run-record.ts';

/** Of twenty runs one ended below `p5`, one above `p95`, and half on either side of the median. */
export interface Range {
  p5: number;
  median: number;
  p95: number;
}

export type NeverReason =
  /** No trunk that the policy may use is enabled. */
  | 'NO_LINE'
  /** No hour of any day is open for them. */
  | 'NO_OPEN_HOURS'
  /** Their next open hour is after the request's end time. */
  | 'OPENS_AFTER_END'
  /** The hours and days they prefer, by the register, never meet the hours in which they may be called, or it now refuses. */
  | 'PREFERENCES_NEVER_MEET';

export interface NeverCallable {
  reason: NeverReason;
  /** Which rules leave nothing, by which clocks. */
  detail: string;
  count: number;
  rows: number[];
}

export interface ForecastAnswer {
  people: number;
  callableNow: number;
  never: NeverCallable[];
  /** Unix ms; null where nobody can be called. */
  finishAt: Range | null;
  attempts: Range;
  /** Telephone lines needed. */
  peakCalls: Range;
  /** Answered calls. */
  answered: Range;
  /** Millionths of the tariff's currency. */
  costMicros: Range;
  /** People whose numbers no rate fits. */
  unpriced: number;
  outcomes: { outcome: Outcome; people: Range }[];
  timeline: { bucketMs: number; buckets: { at: number; attempts: number; completed: number }[] };
  /** Simulated runs, and the real people that each simulated one stands for: 1 where all were simulated. */
  runs: number;
  peoplePerSimulated: number;
  /** Attempts of the median run whose outcome was not on record: of a back-test. */
  drawnAttempts: Range;
}

/** Calls simulated over all runs: about a second of one processor. */
const CALLS_SIMULATED = 300_000;
const LEAST_RUNS = 30;
const MOST_RUNS = 200;
/** Attempts a person has, to begin with. */
const ATTEMPTS_EACH = 1.6;
const ROWS_NAMED = 100;

/** How many runs, how many people are simulated at most, and somebody who watches: for tests. */
export interface ForecastMeans {
  runs?: number;
  most?: number;
  watch?: Watcher;
}

/** The whole forecast at once. */
export function forecast(question: ForecastQuestion, means: ForecastMeans = {}): ForecastAnswer {
  const steps = forecasting(question, means);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same run by run, each some ten milliseconds of work: for a process that has others to answer in between. */
export function* forecasting(
  question: ForecastQuestion,
  options: ForecastMeans = {},
): Generator<undefined, ForecastAnswer, undefined> {
  const { facts, policy, seed, now } = question;
  const from = Math.max(now, facts.startAt ?? now);
  const book = new HoursBook(policy);
  const { callable, never } = sort(question, book, from);
  const people = facts.people.reduce((sum, group) => sum + group.count, 0);
  const crowd = gather(facts, policy, callable, options.most ?? MOST_SIMULATED);
  const runs = options.runs ?? runsFor(crowd);
  const planned = plannedFrom(question, from, crowd);
  const results: RunResult[] = [];
  while (crowd.members.length > 0 && results.length < runs) {
    const run = new Run({
      crowd,
      policy,
      frequency: facts.frequency,
      behaviour: facts.behaviour,
      rates: facts.rates,
      from,
      endAt: facts.endAt,
      planned,
      random: seeded(seed, results.length + 1),
      watch: options.watch,
    });
    results.push(run.run());
    yield;
  }
  const scaled = (pick: (result: RunResult) => number): Range =>
    rangeOf(results.map((result) => Math.round(pick(result) * crowd.weight)));
  return {
    people,
    callableNow: now < from ? 0 : countCallable(callable, now),
    never,
    finishAt: results.length === 0 ? null : rangeOf(results.map((result) => Math.round(result.finishedAt))),
    attempts: scaled((result) => result.attempts),
    peakCalls: rangeOf(results.map(({ peak }) => peakOf(peak, crowd, question))),
    answered: scaled((result) => result.answered),
    costMicros: scaled((result) => result.costMicros),
    unpriced: facts.people.reduce((sum, group) => (group.rate < 0 ? sum + group.count : sum), 0),
    outcomes: outcomesOf(results, scaled),
    timeline: timelineOf(results, crowd.weight),
    runs: results.length,
    peoplePerSimulated: crowd.weight,
    drawnAttempts: scaled((result) => result.drawn),
  };
}

/** The people of each place over its own hours, as the engine lays them out: `domain/spread.ts`. One entry a cohort. */
function plannedFrom(
  { facts, policy }: ForecastQuestion,
  from: number,
  { cohorts, members }: Crowd,
): (Turns | undefined)[] | undefined {
  const over = policy.spreadOver;
  if (!facts.layOut || !over) return undefined;
  const places = cohorts.map(({ group }) => placeKey(group.person));
  const people = new Map<string, number>();
  for (const cohort of members) {
    const place = places[cohort] ?? '';
    people.set(place, (people.get(place) ?? 0) + 1);
  }
  const turns = new Map<string, Turns | undefined>();
  for (const [at, { group }] of cohorts.entries()) {
    const place = places[at] ?? '';
    if (turns.has(place)) continue;
    const intervals = spreadIntervals(policy, group.person, { over, from, endsAt: facts.endAt ?? undefined });
    const momentOf = planner(intervals, people.get(place) ?? 0);
    turns.set(place, momentOf && { momentOf });
  }
  return places.map((place) => turns.get(place));
}

/** A sample's lines are whole ones, so a few more or fewer than their share: all of them in use means all there are. */
function peakOf(peak: number, crowd: Crowd, { policy, facts }: ForecastQuestion): number {
  const flowLimit = { maxInProgress: policy.concurrency, perSecond: policy.callsPerSecond };
  const all = mostAtOnce({ ...facts, flowLimit }, policy.trunk);
  return peak >= mostAtOnce(crowd, policy.trunk) ? all : Math.min(all, Math.round(peak * crowd.weight));
}

function runsFor(crowd: Crowd): number {
  const runs = Math.floor(CALLS_SIMULATED / (crowd.members.length * ATTEMPTS_EACH + 1));
  return Math.max(LEAST_RUNS, Math.min(MOST_RUNS, runs));
}

function rangeOf(values: number[]): Range {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => Math.round(quantile(sorted, share));
  return { p5: at(0.05), median: at(0.5), p95: at(0.95) };
}

/** Those who can be called, and those whom no hour allows, by reason. */
function sort(question: ForecastQuestion, book: HoursBook, from: number) {
  const callable: Cohort[] = [];
  const never = new Map<string, NeverCallable>();
  for (const group of question.facts.people) {
    const hours = book.of(group);
    const why = group.inCall
      ? undefined
      : whyNever(question, group, hours.from(Math.max(from, group.dueAt ?? 0)));
    if (why === undefined) {
      callable.push({ group, hours, situation: situationOf(group) });
      continue;
    }
    const key = `${why.reason}/${why.detail}`;
    const found = never.get(key) ?? { ...why, count: 0, rows: [] };
    found.count += group.count;
    found.rows = [...found.rows, ...group.rows].sort((a, b) => a - b).slice(0, ROWS_NAMED);
    never.set(key, found);
  }
  return { callable, never: [...never.values()].sort((a, b) => b.count - a.count) };
}

function whyNever(
  { policy, facts, now }: ForecastQuestion,
  group: PeopleGroup,
  open: { from: number } | undefined,
): { reason: NeverReason; detail: string } | undefined {
  const { endAt, hasTrunks, lines } = facts;
  const usable = lines.some(({ name }) => policy.trunk === null || name === policy.trunk);
  if (!usable && (hasTrunks || policy.trunk !== null)) {
    const which =
      policy.trunk === null
        ? 'every trunk of the account is disabled'
        : `no trunk "${policy.trunk}" is enabled`;
    return { reason: 'NO_LINE', detail: which };
  }
  if (open !== undefined && (endAt === null || open.from < endAt)) return undefined;
  const { rules, zones } = judgeHours(policy, group.person, now);
  const named = [...new Set(rules.map((rule) => rule.id))].join(', ') || 'no rule of hours';
  const clocks = `${zones.slice(0, 3).join(', ')}${zones.length > 3 ? ` and ${zones.length - 3} more zones` : ''}`;
  if (open !== undefined) {
    const moment = new Date(open.from).toISOString();
    return {
      reason: 'OPENS_AFTER_END',
      detail: `${named} by the clock of ${clocks}: open next at ${moment}`,
    };
  }
  if (group.preferences.length > 0 && isBlocked(group.preferences, policy.category)) {
    return { reason: 'PREFERENCES_NEVER_MEET', detail: 'the register refuses promotion of this category' };
  }
  if (group.preferences.length > 0 && nextOpening(policy, group.person, now) !== undefined) {
    return {
      reason: 'PREFERENCES_NEVER_MEET',
      detail: `register preferences and ${named} by the clock of ${clocks}`,
    };
  }
  return { reason: 'NO_OPEN_HOURS', detail: `${named} by the clock of ${clocks}` };
}

const countCallable = (callable: readonly Cohort[], now: number): number =>
  callable.reduce(
    (sum, { group, hours }) =>
      !group.inCall && (group.dueAt ?? 0) <= now && hours.isOpen(now) ? sum + group.count : sum,
    0,
  );

function outcomesOf(
  results: readonly RunResult[],
  scaled: (pick: (result: RunResult) => number) => Range,
): ForecastAnswer['outcomes'] {
  const seen = new Set(results.flatMap((result) => Object.keys(result.outcomes) as Outcome[]));
  return [...seen]
    .map((outcome) => ({ outcome, people: scaled((result) => result.outcomes[outcome] ?? 0) }))
    .sort((a, b) => b.people.median - a.people.median || a.outcome.localeCompare(b.outcome));
}

/** Of a chart, in minutes: the finest that needs no more than `MOST_BUCKETS`. */
const BUCKET_MINUTES = [1, 5, 15, 60, 6 * 60, 24 * 60];
const MOST_BUCKETS = 240;

/** Means over all runs. Stretches in which nothing happens are left out. */
function timelineOf(results: readonly RunResult[], weight: number): ForecastAnswer['timeline'] {
  const minutes = results.flatMap((result) => [...result.minutes.keys()]);
  const first = minutes.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  const last = minutes.reduce((most, one) => Math.max(most, one), first);
  const size = BUCKET_MINUTES.find((one) => (last - first) / one <= MOST_BUCKETS) ?? 24 * 60;
  const buckets = new Map<number, { attempts: number; completed: number }>();
  for (const result of results) {
    for (const [minute, counts] of result.minutes) {
      const key = Math.floor(minute / size) * size;
      const bucket = buckets.get(key) ?? { attempts: 0, completed: 0 };
      bucket.attempts += counts.attempts;
      bucket.completed += counts.completed;
      buckets.set(key, bucket);
    }
  }
  const mean = (count: number): number => Math.round((count * weight) / results.length);
  return {
    bucketMs: size * MINUTE_MS,
    buckets: [...buckets]
      .sort(([a], [b]) => a - b)
      .map(([minute, { attempts, completed }]) => ({
        at: minute * MINUTE_MS,
        attempts: mean(attempts),
        completed: mean(completed),
      })),
  };
}
