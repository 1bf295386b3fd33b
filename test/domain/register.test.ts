import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  ALL_PROMOTION,
  BLOCKS_ALL,
  blockedCategories,
  isBlocked,
  judgeRegister,
  PROMOTION_CATEGORIES,
  type RegisterEntry,
} from '../../domain/register.ts';
import { readCategories, readEntry, readOperation } from '../../domain/register-file.ts';

const entry = (over: Partial<RegisterEntry> = {}): RegisterEntry => ({
  categories: 0b10,
  fromMinute: null,
  toMinute: null,
  days: null,
  ...over,
});

describe('a category', () => {
  it('is blocked when it is among those refused, when all are, and when the flow names none', () => {
    expect(isBlocked([], null)).toBe(false);
    expect(isBlocked([entry()], 'FINANCE')).toBe(true);
    expect(isBlocked([entry()], 'HEALTH')).toBe(false);
    expect(isBlocked([entry()], null)).toBe(true);
    expect(isBlocked([BLOCKS_ALL], 'HEALTH')).toBe(true);
    expect(isBlocked([entry(), entry({ categories: 0b10000 })], 'HEALTH')).toBe(true);
  });

  it('has the code of its place in the closed list', () => {
    for (const [index, category] of PROMOTION_CATEGORIES.entries()) {
      const refused = entry({ categories: readCategories(String(index + 1)) });
      expect(blockedCategories(refused)).toEqual([category]);
    }
    expect(blockedCategories(entry({ categories: readCategories('0 3') }))).toEqual([
      ...PROMOTION_CATEGORIES,
    ]);
  });
});

describe('preferred hours and days', () => {
  const zones = ['Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'Europe/Berlin'];
  const entries = fc.record({
    categories: fc.constant(0b10),
    fromMinute: fc.option(fc.integer({ min: 0, max: 1438 })),
    toMinute: fc.constant(null),
    days: fc.option(fc.integer({ min: 1, max: 127 }).map((mask) => mask << 1)),
  });
  const within = (one: RegisterEntry, zone: string, at: number): boolean => {
    const local = DateTime.fromMillis(at, { zone });
    const minute = local.hour * 60 + local.minute;
    const day = one.days === null || ((one.days >> local.weekday) & 1) === 1;
    return day && minute >= (one.fromMinute ?? 0) && minute < (one.toMinute ?? 1440);
  };

  it('are kept to the minute, in every zone, across changes of the clock: now, or at the first moment later', () => {
    fc.assert(
      fc.property(
        entries,
        fc.integer({ min: 1, max: 600 }),
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) }),
        (given, length, zone, at) => {
          const one = { ...given, toMinute: Math.min(1440, (given.fromMinute ?? 0) + length) };
          const ruling = judgeRegister([one], 'HEALTH', [zone], at);
          if (ruling.kind !== 'LATER') {
            expect(ruling.kind === 'ALLOWED').toBe(within(one, zone, at));
            return;
          }
          expect(within(one, zone, at)).toBe(false);
          expect(within(one, zone, ruling.at)).toBe(true);
          expect(within(one, zone, ruling.at - 60_000)).toBe(false);
          // Nothing in between was allowed; an hour that the clock repeats may be left out.
          const offset = (moment: number) => DateTime.fromMillis(moment, { zone }).offset;
          if (offset(at) > offset(ruling.at)) return;
          for (let moment = at; moment < ruling.at; moment += 7 * 60_000) {
            expect(within(one, zone, moment)).toBe(false);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('begin where the clock lands that jumps over their first minute', () => {
    const one = entry({ fromMinute: 150, toMinute: 300 });
    // Berlin, 29 March 2026: 02:00 is followed by 03:00, which is 01:00 UTC.
    const ruling = judgeRegister([one], 'HEALTH', ['Europe/Berlin'], Date.UTC(2026, 2, 29, 0, 0));
    expect(ruling).toEqual({ kind: 'LATER', at: Date.UTC(2026, 2, 29, 1, 0) });
  });

  it('of two registers must both be met, and where they never meet nobody is called', () => {
    const morning = entry({ fromMinute: 540, toMinute: 720 });
    const noon = entry({ fromMinute: 660, toMinute: 900 });
    const evening = entry({ fromMinute: 1080, toMinute: 1200 });
    const at = Date.UTC(2026, 0, 7, 0, 0);
    const both = judgeRegister([morning, noon], 'HEALTH', ['UTC'], at);
    expect(both).toEqual({ kind: 'LATER', at: Date.UTC(2026, 0, 7, 11, 0) });
    expect(judgeRegister([morning, evening], 'HEALTH', ['UTC'], at).kind).toBe('BLOCKED');
    // Hours that are open in one of the zones where the person may be, and not in the other.
    expect(judgeRegister([morning], 'HEALTH', ['UTC', 'Pacific/Auckland'], at).kind).toBe('BLOCKED');
  });

  it('do not loosen a refusal', () => {
    expect(judgeRegister([entry({ days: 0b10 })], 'FINANCE', ['UTC'], 0).kind).toBe('BLOCKED');
    expect(judgeRegister([], null, ['UTC'], 0).kind).toBe('ALLOWED');
  });
});

describe('the cells of a register', () => {
  const cells = (given: Record<string, string>) => readEntry((column) => given[column] ?? '');

  it('are read as people write them, and blank ones restrict nothing but all promotion', () => {
    expect(cells({})).toEqual(BLOCKS_ALL);
    expect(
      cells({ category: ' 1, 7 ', preferredFrom: '9:05', preferredTo: '24:00', preferredDays: 'Mon|sunday' }),
    ).toEqual({ categories: 0b10000010, fromMinute: 545, toMinute: 1440, days: 0b10000010 });
    expect(readCategories('0')).toBe(ALL_PROMOTION);
    expect([readOperation('', 'REMOVE'), readOperation(' add', 'REMOVE'), readOperation('d', 'ADD')]).toEqual(
      ['REMOVE', 'ADD', 'REMOVE'],
    );
  });

  it.each([
    [{ category: '8' }, 'category "8"'],
    [{ category: '-1' }, 'category "-1"'],
    [{ preferredFrom: '9' }, 'preferredFrom "9"'],
    [{ preferredTo: '24:30' }, 'preferredTo "24:30"'],
    [{ preferredFrom: '18:00', preferredTo: '18:00' }, 'preferredFrom must be before'],
    [{ preferredDays: '0' }, 'preferredDays "0"'],
  ])('that cannot be read say so: %j', (given, message) => {
    expect(() => cells(given as Record<string, string>)).toThrow(message);
  });
});
