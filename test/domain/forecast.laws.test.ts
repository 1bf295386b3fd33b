import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectBehaviour } from '../../domain/forecast/behaviour.ts';
import type { ForecastFacts } from '../../domain/forecast/facts.ts';
import { maxAttempts } from '../../domain/retry.ts';
import { isOpen } from '../../domain/window.ts';
import { testPolicy } from '../support/campaign.ts';

import { crowds, DAY_MS, group, moments, never, policies, type Seen, watched } from './forecast-given.ts';

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
