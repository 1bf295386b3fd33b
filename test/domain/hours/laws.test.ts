/**
 * Laws of hours, over every zone and the years 2024 to 2030. What is true is asked of luxon's wall clock, minute by
 * minute, which the code under test never does.
 */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { timeOf } from '../../../domain/hours/rules.ts';
import type { CallingWindow } from '../../../domain/policy.ts';
import {
  type HoursPolicy,
  isOpen,
  judgeHours,
  nextClosing,
  nextOpening,
  openIntervals,
  type Person,
} from '../../../domain/window.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ZONES = Intl.supportedValuesOf('timeZone');

/** Every change of a clock in those years. */
function changesOf(zone: string): number[] {
  const found: number[] = [];
  const offset = (at: number): number => DateTime.fromMillis(at, { zone }).offset;
  for (let day = Date.UTC(2024, 0, 1); day < Date.UTC(2031, 0, 1); day += DAY) {
    if (offset(day) === offset(day + DAY)) continue;
    let [low, high] = [day, day + DAY];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (offset(middle) === offset(low)) low = middle;
      else high = middle;
    }
    found.push(high);
  }
  return found;
}

const changing = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Africa/Cairo',
]
  .concat(['America/Santiago', 'Asia/Beirut', 'America/Havana', 'Antarctica/Troll', 'Atlantic/Azores'])
  .flatMap((zone) => changesOf(zone).map((at) => ({ zone, at })));

const window = fc
  .tuple(
    fc.integer({ min: 0, max: 1439 }),
    fc.integer({ min: 1, max: 1440 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  )
  .map(([one, other, days]): CallingWindow => {
    const from = Math.min(one, other - 1);
    return { days, from: timeOf(from), to: timeOf(Math.max(other, from + 1)) };
  });
/** Whole days touch: hours that stay open for days, and into the hours at which clocks are changed. */
const wholeDays = fc
  .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 })
  .map((days): CallingWindow => ({ days, from: '00:00', to: '24:00' }));
const night = fc.tuple(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 1, max: 90 })).map(
  ([from, length]): CallingWindow => ({
    days: [1, 2, 3, 4, 5, 6, 7],
    from: timeOf(from),
    to: timeOf(from + length),
  }),
);
const windows = fc.array(fc.oneof(window, wholeDays, night), { minLength: 1, maxLength: 4 });
const holidays = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 3 });

/** Somewhere at any time, or around a change of the clock. */
const moment = fc.oneof(
  fc.record({
    zone: fc.constantFrom(...ZONES),
    at: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 11, 31) }),
  }),
  fc
    .tuple(fc.constantFrom(...changing), fc.integer({ min: -DAY, max: DAY }))
    .map(([{ zone, at }, shift]) => ({ zone, at: at + shift })),
);

/** Holidays on some of the week around a moment. */
function policyOf(
  hours: CallingWindow[],
  at: number,
  days: number[],
  promotional = days.length === 1,
): HoursPolicy {
  const dates = days.map((day): [string, string] => [
    new Date(at + (day - 1) * DAY).toISOString().slice(0, 10),
    'x',
  ]);
  return {
    callingHours: hours,
    promotional,
    timeZone: 'UTC',
    homeRegion: 'IN',
    live: { promotional: [], calendars: [{ name: 'mine', region: null, dates: new Map(dates) }] },
  };
}

/** By the wall clock alone. */
function wallSays(policy: HoursPolicy, zone: string, at: number): boolean {
  const local = DateTime.fromMillis(at, { zone });
  const time = local.toFormat('HH:mm');
  const within = (one: CallingWindow): boolean =>
    one.days.includes(local.weekday) && time >= one.from && time < one.to;
  return (
    (policy.callingHours ?? []).some(within) &&
    (!policy.promotional || (time >= '09:00' && time < '21:00')) &&
    !policy.live?.calendars.some(({ dates }) => dates.has(local.toISODate() ?? ''))
  );
}

/** A person of India's rules in any zone. */
const person = (zone: string): Person => ({ region: 'IN', timeZone: zone });

describe('hours', () => {
  it('are open when the wall clock says so, in every zone', () => {
    fc.assert(
      fc.property(moment, windows, holidays, ({ zone, at }, hours, days) => {
        const policy = policyOf(hours, at, days);
        expect(isOpen(policy, person(zone), at)).toBe(wallSays(policy, zone, at));
      }),
      { numRuns: 2_000 },
    );
  });

  it('open and close at the very minutes at which the wall clock says so, across daylight saving', () => {
    fc.assert(
      fc.property(moment, windows, holidays, ({ zone, at }, hours, days) => {
        const from = Math.floor(at / MINUTE) * MINUTE;
        const policy = policyOf(hours, at, days);
        const open = openIntervals(policy, person(zone), from, from + DAY);
        const within = (minute: number): boolean => open.some((one) => minute >= one.from && minute < one.to);
        for (let minute = from; minute < from + DAY; minute += MINUTE) {
          if (within(minute) !== wallSays(policy, zone, minute)) {
            expect(`${zone} ${new Date(minute).toISOString()} ${within(minute)}`).toBe('as the clock says');
          }
        }
        for (const [index, one] of open.entries()) expect(one.from).toBeGreaterThan(open[index - 1]?.to ?? 0);
      }),
      { numRuns: 150 },
    );
  });

  it('name an opening that is the first moment open, and a closing that is the first one closed', () => {
    fc.assert(
      fc.property(moment, windows, holidays, ({ zone, at }, hours, days) => {
        const policy = policyOf(hours, at, days);
        const who = person(zone);
        const opening = nextOpening(policy, who, at);
        if (opening === undefined) {
          expect(openIntervals(policy, who, at, at + 30 * DAY)).toEqual([]);
          return;
        }
        expect(isOpen(policy, who, opening)).toBe(true);
        expect(openIntervals(policy, who, at, opening)).toEqual([]);
        if (opening > at) expect(isOpen(policy, who, opening - 1)).toBe(false);
        const closing = nextClosing(policy, who, opening);
        if (closing === undefined) {
          const whole = { from: opening, to: opening + 15 * DAY };
          expect(openIntervals(policy, who, whole.from, whole.to)).toEqual([whole]);
          return;
        }
        expect(isOpen(policy, who, closing)).toBe(false);
        expect(isOpen(policy, who, closing - 1)).toBe(true);
        expect(openIntervals(policy, who, opening, closing)).toEqual([{ from: opening, to: closing }]);
        const judged = judgeHours(policy, who, at);
        expect(judged).toMatchObject({ open: opening === at, opensAt: opening, closesAt: closing });
      }),
      { numRuns: 400 },
    );
  });

  it('of a country with several zones are open only when they are open in every one of them', () => {
    fc.assert(
      fc.property(moment, windows, fc.constantFrom('US', 'BR', 'AU', 'RU', 'ID'), ({ at }, hours, region) => {
        const policy = { ...policyOf(hours, at, []), homeRegion: 'IN', promotional: false };
        const { zones, open } = judgeHours(policy, region, at);
        expect(zones.length).toBeGreaterThan(2);
        const each = zones.map((timeZone) => isOpen(policy, { region, timeZone }, at));
        expect(open).toBe(each.every(Boolean));
      }),
      { numRuns: 200 },
    );
  });

  it('are as many on the year’s shortest and longest days as the clock shows of them', () => {
    for (const { zone, at } of changing) {
      const from = DateTime.fromMillis(at, { zone }).startOf('day');
      const to = from.plus({ days: 1 });
      const policy = {
        ...policyOf([{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }], at, []),
        promotional: false,
      };
      expect(openIntervals(policy, person(zone), from.toMillis(), to.toMillis())).toEqual([
        { from: from.toMillis(), to: to.toMillis() },
      ]);
    }
  });
});
