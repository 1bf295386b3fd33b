/** People, policies and hours for the laws of forecasts, and a run that is watched. */
import fc from 'fast-check';
import { expectBehaviour } from '../../domain/forecast/behaviour.ts';
import type { ForecastFacts, PeopleGroup } from '../../domain/forecast/facts.ts';
import { type ForecastMeans, forecast } from '../../domain/forecast/forecast.ts';
import { OpenHours } from '../../domain/forecast/open-hours.ts';
import type { Watcher } from '../../domain/forecast/run.ts';
import { NO_LIMITS } from '../../domain/frequency.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { testPolicy } from '../support/campaign.ts';

export const DAY_MS = 24 * 3_600_000;
/** From autumn to spring, so that clocks are put back and forward in between. */
export const moments = fc.integer({
  min: Date.parse('2026-10-20T00:00Z'),
  max: Date.parse('2027-04-05T00:00Z'),
});
export const ZONES = [
  'Asia/Kolkata',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
];

export const group = (over: Partial<PeopleGroup> = {}): PeopleGroup => ({
  person: { region: 'IN' },
  preferences: [],
  count: 20,
  attempts: 0,
  previous: null,
  dueAt: null,
  inCall: false,
  script: [],
  rate: -1,
  rows: [],
  ...over,
});

export const facts = (
  people: PeopleGroup[],
  policy: RequestPolicy,
  over: Partial<ForecastFacts> = {},
): ForecastFacts => ({
  people,
  accountLimit: { maxInProgress: 1_000, perSecond: 1_000 },
  lines: [],
  hasTrunks: false,
  frequency: NO_LIMITS,
  behaviour: expectBehaviour(null, {}, policy),
  rates: [],
  layOut: false,
  startAt: null,
  endAt: null,
  ...over,
});

export const time = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
export const windows = fc.array(
  fc
    .record({
      days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      from: fc.integer({ min: 0, max: 1_380 }),
      length: fc.integer({ min: 10, max: 600 }),
    })
    .map(({ days, from, length }) => ({ days, from: time(from), to: time(Math.min(1_440, from + length)) })),
  { minLength: 1, maxLength: 3 },
);
export const rule = fc.record({
  times: fc.integer({ min: 0, max: 3 }),
  intervalMs: fc.integer({ min: 0, max: 7_200_000 }),
});
export const policies = fc
  .record({
    callingHours: fc.option(windows),
    promotional: fc.boolean(),
    retries: fc.record({ BUSY: rule, NO_ANSWER: rule, FAILED: rule, MACHINE: rule }),
    concurrency: fc.integer({ min: 1, max: 30 }),
    callsPerSecond: fc.integer({ min: 1, max: 40 }).map((tenths) => tenths / 10),
    timeZone: fc.constantFrom(...ZONES),
  })
  .map((over) => testPolicy(over));
export const crowds = fc.array(
  fc
    .record({
      region: fc.constantFrom('IN', 'DE', 'US', null),
      timeZone: fc.option(fc.constantFrom(...ZONES)),
      count: fc.integer({ min: 1, max: 40 }),
    })
    .map(({ region, timeZone, count }) => group({ person: { region, timeZone }, count })),
  { minLength: 1, maxLength: 4 },
);

export type Seen = Parameters<Watcher>[0];

/** One simulated run, and everything that began in it. */
export function watched(
  people: PeopleGroup[],
  policy: RequestPolicy,
  now: number,
  over: Partial<ForecastFacts> = {},
  means: ForecastMeans = {},
) {
  const seen: Seen[] = [];
  const watch: Watcher = (attempt) => seen.push(attempt);
  const question = { facts: facts(people, policy, over), policy, seed: 11, now };
  const answer = forecast(question, { runs: 1, watch, ...means });
  // Groups that no hour allows take no part, so places of cohorts are those of the others.
  const callable = people.filter(
    ({ person }) => new OpenHours(policy, person, []).from(now) !== undefined && beforeEnd(person),
  );
  function beforeEnd(person: PeopleGroup['person']): boolean {
    const open = new OpenHours(policy, person, []).from(now);
    return over.endAt === undefined || over.endAt === null || (open?.from ?? over.endAt) < over.endAt;
  }
  return { answer, seen, callable };
}

export const never = { times: 0, intervalMs: 0 };
