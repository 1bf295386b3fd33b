import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectBehaviour } from '../../domain/forecast/behaviour.ts';
import type { ForecastFacts, PeopleGroup } from '../../domain/forecast/facts.ts';
import { type ForecastMeans, forecast } from '../../domain/forecast/forecast.ts';
import { OpenHours } from '../../domain/forecast/open-hours.ts';
import type { Watcher } from '../../domain/forecast/run.ts';
import { NO_LIMITS } from '../../domain/frequency.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { maxAttempts } from '../../domain/retry.ts';
import { isOpen } from '../../domain/window.ts';
import { testPolicy } from '../support/campaign.ts';

const DAY_MS = 24 * 3_600_000;
/** From autumn to spring, so that clocks are put back and forward in between. */
const moments = fc.integer({ min: Date.parse('2026-10-20T00:00Z'), max: Date.parse('2027-04-05T00:00Z') });
const ZONES = ['Asia/Kolkata', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];

const group = (over: Partial<PeopleGroup> = {}): PeopleGroup => ({
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

const facts = (
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

const time = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const windows = fc.array(
  fc
    .record({
      days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      from: fc.integer({ min: 0, max: 1_380 }),
      length: fc.integer({ min: 10, max: 600 }),
    })
    .map(({ days, from, length }) => ({ days, from: time(from), to: time(Math.min(1_440, from + length)) })),
  { minLength: 1, maxLength: 3 },
);
const rule = fc.record({
  times: fc.integer({ min: 0, max: 3 }),
  intervalMs: fc.integer({ min: 0, max: 7_200_000 }),
});
const policies = fc
  .record({
    callingHours: fc.option(windows),
    promotional: fc.boolean(),
    retries: fc.record({ BUSY: rule, NO_ANSWER: rule, FAILED: rule, MACHINE: rule }),
    concurrency: fc.integer({ min: 1, max: 30 }),
    callsPerSecond: fc.integer({ min: 1, max: 40 }).map((tenths) => tenths / 10),
    timeZone: fc.constantFrom(...ZONES),
  })
  .map((over) => testPolicy(over));
const crowds = fc.array(
  fc
    .record({
      region: fc.constantFrom('IN', 'DE', 'US', null),
      timeZone: fc.option(fc.constantFrom(...ZONES)),
      count: fc.integer({ min: 1, max: 40 }),
    })
    .map(({ region, timeZone, count }) => group({ person: { region, timeZone }, count })),
  { minLength: 1, maxLength: 4 },
);

type Seen = Parameters<Watcher>[0];

/** One simulated run, and everything that began in it. */
function watched(
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

describe('a simulated run', () => {
  it('begins nothing outside anybody’s hours, in any zone, over clock changes', () => {
    fc.assert(
      fc.property(policies, crowds, moments, (policy, people, now) => {
        const { seen, callable } = watched(people, policy, now);
        for (const { cohort, at } of seen) {
          const person = callable[cohort]?.person;
          expect(person !== undefined && isOpen(policy, person, at)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never has more calls at once than allowed, nor begins them faster', () => {
    fc.assert(
      fc.property(policies, crowds, moments, (policy, people, now) => {
        const { seen } = watched(people, policy, now);
        const begun = seen.map(({ at }) => at);
        for (const { inProgress } of seen) expect(inProgress).toBeLessThanOrEqual(policy.concurrency);
        // A clock that has stood idle lets a tenth of a second's calls through at once, and the one that is due.
        const most = policy.callsPerSecond * 10.1 + 1;
        for (const [index, at] of begun.entries()) {
          const within = begun.slice(index).filter((other) => other < at + 10_000).length;
          expect(within).toBeLessThanOrEqual(Math.floor(most) + 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('ends everybody who can be called, once, and tries nobody more often or sooner than the policy says', () => {
    fc.assert(
      fc.property(policies, crowds, moments, (policy, people, now) => {
        const { answer, seen, callable } = watched(people, policy, now);
        const ended = answer.outcomes.reduce((sum, { people: count }) => sum + count.median, 0);
        expect(ended).toBe(callable.reduce((sum, { count }) => sum + count, 0));
        const never = answer.never.reduce((sum, { count }) => sum + count, 0);
        expect(ended + never).toBe(answer.people);
        const shortest = Math.min(
          ...Object.values(policy.retries).flatMap(({ times, intervalMs }) =>
            times > 0 ? [intervalMs] : [],
          ),
        );
        const last = new Map<number, Seen>();
        for (const attempt of seen) {
          const before = last.get(attempt.person);
          expect(attempt.attemptNo).toBe((before?.attemptNo ?? 0) + 1);
          expect(attempt.attemptNo).toBeLessThanOrEqual(maxAttempts(policy));
          // Times of settlement are whole milliseconds.
          if (before) expect(attempt.at - before.endsAt).toBeGreaterThanOrEqual(shortest - 1);
          last.set(attempt.person, attempt);
        }
        expect(answer.attempts.median).toBe(seen.length);
      }),
      { numRuns: 60 },
    );
  });

  it('begins nothing from the end time on, and names whoever is left expired', () => {
    fc.assert(
      fc.property(
        policies,
        crowds,
        moments,
        fc.integer({ min: 1_000, max: DAY_MS }),
        (policy, people, now, ms) => {
          const endAt = now + ms;
          const { answer, seen, callable } = watched(people, policy, now, { endAt });
          for (const { at } of seen) expect(at).toBeLessThan(endAt);
          const ended = answer.outcomes.reduce((sum, { people: count }) => sum + count.median, 0);
          expect(ended).toBe(callable.reduce((sum, { count }) => sum + count, 0));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps to the limits of contacts a day', () => {
    const policy = testPolicy({
      retries: { BUSY: { times: 5, intervalMs: 1_000 }, NO_ANSWER: never, FAILED: never, MACHINE: never },
    });
    const behaviour = expectBehaviour(null, { probabilities: { FIRST: { BUSY: 1 } } }, policy);
    const over = { behaviour, frequency: { perDay: 2, gapMs: 3_600_000 } };
    const { seen } = watched([group({ count: 3 })], policy, Date.parse('2026-11-23T05:00Z'), over);
    const dayOf = (at: number): number => Math.floor((at + 5.5 * 3_600_000) / DAY_MS);
    for (const person of [0, 1, 2]) {
      const own = seen.filter((one) => one.person === person).map(({ at }) => at);
      expect(own).toHaveLength(6);
      for (const at of own)
        expect(own.filter((other) => dayOf(other) === dayOf(at)).length).toBeLessThanOrEqual(2);
    }
  });

  it('counts the contacts that were before it: a day that is used up is over before the first call', () => {
    const policy = testPolicy();
    const now = Date.parse('2026-11-23T05:00Z');
    const minutes = (ago: number): number => now - ago * 60_000;
    const people = [
      group({ count: 3, contacts: [minutes(1)] }),
      // Yesterday's in India, though fewer than twelve hours ago.
      group({ count: 3, contacts: [minutes(11 * 60)] }),
      group({ count: 3 }),
    ];
    const firstOf = (frequency: ForecastFacts['frequency']): number[] => {
      const { seen } = watched(people, policy, now, { frequency });
      return [0, 1, 2].map((cohort) =>
        Math.min(...seen.filter((one) => one.cohort === cohort).map(({ at }) => at)),
      );
    };
    const [used, yesterday, fresh] = firstOf({ perDay: 1, gapMs: null });
    expect(used).toBeGreaterThanOrEqual(Date.parse('2026-11-24T00:00+05:30'));
    for (const at of [yesterday, fresh]) expect(at).toBeLessThan(now + 60_000);
    expect(firstOf({ perDay: null, gapMs: 3_600_000 })[0]).toBeGreaterThanOrEqual(minutes(1) + 3_600_000);
  });

  it('is over no later with more lines, where all calls are alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 300 }), (concurrency, count) => {
        const finish = (lines: number): number => {
          const policy = testPolicy({ concurrency: lines });
          const given = {
            probabilities: { FIRST: { ANSWERED: 1 } },
            durations: { ANSWERED: { ringMs: 4_000, talkMs: 20_000 } },
          };
          const behaviour = expectBehaviour(null, given, policy);
          return watched([group({ count })], policy, 0, { behaviour }).answer.finishAt?.median ?? 0;
        };
        // The draw of how slow the machine is comes after the order of people, which is as long for both.
        expect(finish(concurrency + 1)).toBeLessThanOrEqual(finish(concurrency) + 1_000);
      }),
      { numRuns: 40 },
    );
  });
});

const never = { times: 0, intervalMs: 0 };

describe('a forecast', () => {
  it('is the same for the same seed', () => {
    fc.assert(
      fc.property(policies, crowds, moments, fc.nat(), (policy, people, now, seed) => {
        const question = { facts: facts(people, policy), policy, seed, now };
        expect(forecast(question, { runs: 3 })).toEqual(forecast(question, { runs: 3 }));
      }),
      { numRuns: 20 },
    );
  });

  it('by a sample tells what a forecast of everybody tells', () => {
    const policy = testPolicy({
      concurrency: 10,
      retries: {
        BUSY: { times: 2, intervalMs: 600_000 },
        NO_ANSWER: { times: 1, intervalMs: 3_600_000 },
        FAILED: never,
        MACHINE: never,
      },
    });
    const people = [group({ count: 2_000 }), group({ person: { region: 'DE' }, count: 1_000 })];
    const now = Date.parse('2026-11-23T05:00Z');
    const question = { facts: facts(people, policy), policy, seed: 3, now };
    const [whole, sample] = [forecast(question, { runs: 30 }), forecast(question, { runs: 30, most: 400 })];
    expect(sample.peoplePerSimulated).toBe(7.5);
    const near = (one: number, other: number): number => Math.abs(one - other) / other;
    expect(near(sample.attempts.median, whole.attempts.median)).toBeLessThan(0.05);
    const hours = (answer: typeof whole): number => (answer.finishAt?.median ?? 0) - now;
    expect(near(hours(sample), hours(whole))).toBeLessThan(0.1);
    expect(sample.peakCalls.median).toBe(10);
  });

  it('simulates no more people for ten million than for six thousand', () => {
    const policy = testPolicy({ concurrency: 5_000 });
    const people = [group({ count: 7_000_000 }), group({ person: { region: 'GB' }, count: 3_000_000 })];
    const account = { accountLimit: { maxInProgress: 10_000, perSecond: 1_000 } };
    const answer = forecast({ facts: facts(people, policy, account), policy, seed: 1, now: 0 }, { runs: 2 });
    expect(answer.peoplePerSimulated).toBe(10_000_000 / 6_000);
    expect(answer.attempts.median).toBe(10_000_000);
  });

  it('narrows with what is known: history of many calls less than a few, given numbers to chance alone', () => {
    const policy = testPolicy({
      retries: { BUSY: { times: 3, intervalMs: 1_000 }, NO_ANSWER: never, FAILED: never, MACHINE: never },
    });
    const history = (calls: number) => ({
      scope: 'FLOW' as const,
      durations: [],
      endings: [
        { situation: 'FIRST' as const, outcome: 'BUSY' as const, count: calls * 0.3 },
        { situation: 'FIRST' as const, outcome: 'ANSWERED' as const, count: calls * 0.7 },
        { situation: 'BUSY' as const, outcome: 'ANSWERED' as const, count: calls * 0.3 },
      ],
    });
    const width = (behaviour: ForecastFacts['behaviour']): number => {
      const { attempts } = forecast(
        {
          facts: facts([group({ count: 2_000 })], policy, { behaviour }),
          policy,
          seed: 5,
          now: 0,
        },
        { runs: 40 },
      );
      return attempts.p95 - attempts.p5;
    };
    const few = width(expectBehaviour(history(50), {}, policy));
    const many = width(expectBehaviour(history(5_000), {}, policy));
    const given = { probabilities: { FIRST: { BUSY: 0.3, ANSWERED: 0.7 }, BUSY: { ANSWERED: 1 } } };
    const certain = width(expectBehaviour(history(50), given, policy));
    expect(few).toBeGreaterThan(2 * many);
    expect(many).toBeGreaterThan(certain);
    expect(certain).toBeGreaterThan(0);
  });

  it('never takes what has not happened yet for impossible, nor what always happened for certain', () => {
    const policy = testPolicy();
    const history = {
      scope: 'FLOW' as const,
      durations: [],
      endings: [{ situation: 'FIRST' as const, outcome: 'ANSWERED' as const, count: 3 }],
    };
    const { weights, n, source } = expectBehaviour(history, {}, policy).chances.FIRST;
    expect({ n, source }).toEqual({ n: 3, source: 'ACCOUNT_HISTORY' });
    const sum = weights.reduce((total, one) => total + one, 0);
    expect((weights[0] ?? 0) / sum).toBeLessThan(0.8);
    expect((weights[1] ?? 0) / sum).toBeGreaterThan(0.03);
  });

  it('has people who did something do it again, and counts the attempts whose end is drawn', () => {
    const policy = testPolicy({
      retries: { BUSY: { times: 2, intervalMs: 1_000 }, NO_ANSWER: never, FAILED: never, MACHINE: never },
    });
    const people = [
      group({ count: 5, script: ['BUSY', 'ANSWERED'] }),
      group({ count: 3, script: ['DECLINED'] }),
      group({ count: 4, script: ['BUSY', 'BUSY', 'BUSY', 'ANSWERED'] }),
    ];
    const all = { probabilities: { FIRST: { ANSWERED: 1 } } };
    const behaviour = expectBehaviour(null, all, policy);
    const answer = forecast({ facts: facts(people, policy, { behaviour }), policy, seed: 1, now: 0 });
    expect(answer.attempts.median).toBe(5 * 2 + 3 + 4 * 3);
    expect(answer.drawnAttempts.p95).toBe(0);
    expect(answer.outcomes.map(({ outcome, people: count }) => [outcome, count.median])).toEqual([
      ['ANSWERED', 5],
      ['BUSY', 4],
      ['DECLINED', 3],
    ]);
  });

  it('lays first calls over the hours where the policy says so', () => {
    const policy = testPolicy({ spreadOver: { hours: 2 } });
    const now = Date.parse('2026-11-23T05:00Z');
    const { seen } = watched([group({ count: 120 })], policy, now, { layOut: true });
    const firstHour = seen.filter(({ at }) => at < now + 3_600_000).length;
    expect(firstHour).toBeGreaterThanOrEqual(55);
    expect(firstHour).toBeLessThanOrEqual(62);
  });

  it('lays them over no more than what is left before the end time, as the engine does', () => {
    const policy = testPolicy({ spreadOver: { hours: 6 } });
    const now = Date.parse('2026-11-23T05:00Z');
    const over = { layOut: true, endAt: now + 2 * 3_600_000 };
    const { answer, seen } = watched([group({ count: 20 })], policy, now, over);
    expect(answer.outcomes.map(({ outcome }) => outcome)).not.toContain('EXPIRED');
    const first = seen.filter(({ attemptNo }) => attemptNo === 1).map(({ at }) => at - now);
    expect(first).toHaveLength(20);
    // One every six minutes.
    for (const [turn, ms] of first.sort((a, b) => a - b).entries()) {
      expect(ms).toBeGreaterThanOrEqual(turn * 360_000);
      expect(ms).toBeLessThan(turn * 360_000 + 60_000);
    }
  });

  it('lays the people of each place over its own hours, as the engine does', () => {
    const callingHours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '17:00' }];
    const policy = testPolicy({ callingHours, spreadOver: { hours: 2 } });
    const now = Date.parse('2026-03-02T06:30Z');
    const overseas = { region: 'US', timeZone: 'America/New_York' };
    const { seen } = watched([group({ count: 2 }), group({ person: overseas, count: 2 })], policy, now, {
      layOut: true,
    });
    const minutesAfter = (cohort: number, opening: number): number[] =>
      seen
        .filter((one) => one.cohort === cohort && one.attemptNo === 1)
        .map(({ at }) => Math.floor((at - opening) / 60_000));
    expect(minutesAfter(0, now)).toEqual([0, 60]);
    expect(minutesAfter(1, Date.parse('2026-03-02T14:00Z'))).toEqual([0, 60]);
  });

  it('needs no more lines than the trunks it may use have', () => {
    const line = (name: string, calls: number) => ({
      name,
      priority: 10,
      limit: { maxInProgress: calls, perSecond: 100 },
    });
    const lines = [line('a', 3), line('b', 4)];
    const peak = (trunk: string | null): number => {
      const policy = testPolicy({ trunk, concurrency: 50 });
      const question = { facts: facts([group({ count: 60 })], policy, { lines }), policy, seed: 1, now: 0 };
      return forecast(question, { runs: 5 }).peakCalls.p95;
    };
    expect(peak(null)).toBe(7);
    expect(peak('b')).toBe(4);
    const policy = testPolicy({ trunk: 'c' });
    const nobody = forecast({
      facts: facts([group()], policy, { lines, hasTrunks: true }),
      policy,
      seed: 1,
      now: 0,
    });
    expect(nobody).toMatchObject({ finishAt: null, never: [{ reason: 'NO_LINE', count: 20 }] });
  });
});

describe('open hours', () => {
  it('are open exactly when the rules say so', () => {
    fc.assert(
      fc.property(
        policies,
        crowds,
        moments,
        fc.array(fc.integer({ min: 0, max: 12 * DAY_MS }), { maxLength: 60 }),
        (policy, people, now, offsets) => {
          for (const { person } of people) {
            const hours = new OpenHours(policy, person, []);
            hours.from(now);
            for (const offset of offsets)
              expect(hours.isOpen(now + offset)).toBe(isOpen(policy, person, now + offset));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
