import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  contactsNeeded,
  type FrequencyLimits,
  hasLimits,
  judgeFrequency,
  tightest,
} from '../../domain/frequency.ts';

const HOUR_MS = 3_600_000;
const limits = (over: Partial<FrequencyLimits>): FrequencyLimits => ({ perDay: null, gapMs: null, ...over });

/** Clocks that jump, by half an hour on one island, by a day on another, at midnight, and with days of 25 hours. */
const ZONES = [
  'Asia/Kolkata',
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Beirut',
  'Pacific/Apia',
];
const dayIn = (zone: string, at: number): string => DateTime.fromMillis(at, { zone }).toISODate() ?? '';

describe('how often a person is contacted', () => {
  it('is held to the fewer contacts a day and the longer gap of account and flow', () => {
    expect(tightest(limits({ perDay: 3, gapMs: 5 }), limits({ perDay: 5, gapMs: 9 }))).toEqual({
      perDay: 3,
      gapMs: 9,
    });
    expect(tightest(limits({}), limits({ perDay: 2 }))).toEqual({ perDay: 2, gapMs: null });
    expect(tightest(limits({ gapMs: 7 }), undefined)).toEqual({ perDay: null, gapMs: 7 });
    expect(hasLimits(limits({ gapMs: 0 }))).toBe(false);
  });

  it('goes by the person’s own calendar: the next contact is at their midnight', () => {
    const noon = Date.UTC(2026, 0, 7, 6, 30);
    const ruling = judgeFrequency(
      limits({ perDay: 2 }),
      [noon - HOUR_MS, noon - 2 * HOUR_MS],
      ['Asia/Kolkata'],
      noon,
    );
    expect(ruling).toEqual({ nextAt: Date.UTC(2026, 0, 7, 18, 30), today: 2, lastAt: noon - HOUR_MS });
    const yesterday = [Date.UTC(2026, 0, 6, 18, 29), Date.UTC(2026, 0, 6, 18, 28)];
    expect(judgeFrequency(limits({ perDay: 2 }), yesterday, ['Asia/Kolkata'], noon).nextAt).toBeNull();
  });

  it('waits for midnight in every zone a person may be in', () => {
    const at = Date.UTC(2026, 0, 7, 18, 0);
    const ruling = judgeFrequency(
      limits({ perDay: 1 }),
      [at - HOUR_MS],
      ['America/New_York', 'America/Los_Angeles'],
      at,
    );
    expect(ruling.nextAt).toBe(Date.UTC(2026, 0, 8, 8, 0));
  });

  it('counts what a worker whose clock is ahead has begun', () => {
    const at = Date.UTC(2026, 0, 7, 6, 30);
    expect(judgeFrequency(limits({ perDay: 1 }), [at + 50], ['UTC'], at).nextAt).not.toBeNull();
    expect(judgeFrequency(limits({ gapMs: 10 }), [at + 50], ['UTC'], at).nextAt).toBe(at + 60);
    // But nothing is put off for it where the limit leaves room.
    expect(judgeFrequency(limits({ perDay: 2 }), [at + 50], ['UTC'], at).nextAt).toBeNull();
  });

  /** Plays contacts, each made at the first moment the rule allows after it is wanted. */
  const play = (rule: FrequencyLimits, zones: string[], start: number, waits: number[]): number[] => {
    const made: number[] = [];
    let at = start;
    for (const wait of waits) {
      at += wait;
      const { since, most } = contactsNeeded(rule, at);
      // What the ledger is asked for, and no more.
      const known = made.filter((one) => one > since).slice(-most);
      const { nextAt } = judgeFrequency(rule, known, zones, at);
      at = nextAt ?? at;
      made.push(at);
    }
    return made;
  };

  it('never exceeds the cap on anybody’s calendar day, nor falls below the gap, across changes of clocks', () => {
    // A year in which every one of these clocks has jumped both ways.
    const start = fc.integer({ min: Date.UTC(2022, 0, 1), max: Date.UTC(2024, 0, 1) });
    const rule = fc.record({
      perDay: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
      gapMs: fc.option(fc.integer({ min: 0, max: 30 * HOUR_MS }), { nil: null }),
    });
    const zones = fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 3 });
    const waits = fc.array(fc.integer({ min: 0, max: 9 * HOUR_MS }), { minLength: 3, maxLength: 14 });
    fc.assert(
      fc.property(rule, zones, start, waits, (rule, zones, start, waits) => {
        const made = play(rule, zones, start, waits);
        for (const zone of zones) {
          const days = new Map<string, number>();
          for (const at of made) days.set(dayIn(zone, at), (days.get(dayIn(zone, at)) ?? 0) + 1);
          if (rule.perDay !== null) expect(Math.max(...days.values())).toBeLessThanOrEqual(rule.perDay);
        }
        for (const [index, at] of made.entries()) {
          const before = made[index - 1];
          if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(rule.gapMs ?? 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is never put off without need: a moment earlier was forbidden, or is the moment asked about', () => {
    const start = fc.integer({ min: Date.UTC(2022, 0, 1), max: Date.UTC(2024, 0, 1) });
    const ago = fc.array(fc.integer({ min: 0, max: 30 * HOUR_MS }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), start, ago, (zone, at, ago) => {
        const contacts = ago.map((ms) => at - ms);
        const rule = limits({ perDay: 2, gapMs: HOUR_MS });
        const { nextAt } = judgeFrequency(rule, contacts, [zone], at);
        if (nextAt === null) return;
        expect(nextAt).toBeGreaterThan(at);
        expect(judgeFrequency(rule, contacts, [zone], nextAt).nextAt).toBeNull();
        expect(judgeFrequency(rule, contacts, [zone], nextAt - 1).nextAt).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
