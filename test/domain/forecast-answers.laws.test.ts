/** What a forecast answers, and the hours it goes by, for any people and policies. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectBehaviour } from '../../domain/forecast/behaviour.ts';
import type { ForecastFacts } from '../../domain/forecast/facts.ts';
import { forecast } from '../../domain/forecast/forecast.ts';
import { OpenHours } from '../../domain/forecast/open-hours.ts';
import { isOpen } from '../../domain/window.ts';
import { testPolicy } from '../support/campaign.ts';

import { crowds, DAY_MS, facts, group, moments, never, policies, watched } from './forecast-given.ts';

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
