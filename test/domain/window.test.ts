import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { type HoursPolicy, isOpen, nextOpening, zonesOf } from '../../domain/window.ts';

const india: HoursPolicy = {
  callingHours: null,
  promotional: false,
  timeZone: 'Asia/Kolkata',
  homeRegion: 'IN',
};
const ALL = [1, 2, 3, 4, 5, 6, 7];
/** Windows as a flow has them: hours, and on which days. */
const hours = (from: string, to: string, days = ALL) => ({ days, from, to });
const ms = (iso: string): number => Date.parse(iso);
const iso = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

describe('calling hours', () => {
  it('are open at any hour when nothing limits them', () => {
    expect(isOpen(india, null, ms('2026-01-05T20:00:00Z'))).toBe(true);
  });

  it('open at `from` and are closed at `to`, on the account’s clock', () => {
    const policy = { ...india, callingHours: [hours('10:00', '17:00')] };
    expect(isOpen(policy, 'IN', ms('2026-01-05T10:00:00+05:30'))).toBe(true);
    expect(isOpen(policy, 'IN', ms('2026-01-05T16:59:59+05:30'))).toBe(true);
    expect(isOpen(policy, 'IN', ms('2026-01-05T17:00:00+05:30'))).toBe(false);
    expect(isOpen(policy, 'IN', ms('2026-01-05T09:59:59+05:30'))).toBe(false);
  });

  it('hold promotional flows to 09:00-21:00 in India even where the flow allows more', () => {
    const policy = { ...india, promotional: true, callingHours: [hours('06:00', '24:00')] };
    expect(isOpen(policy, 'IN', ms('2026-01-05T08:59:00+05:30'))).toBe(false);
    expect(isOpen(policy, 'IN', ms('2026-01-05T20:59:00+05:30'))).toBe(true);
    expect(isOpen(policy, 'IN', ms('2026-01-05T21:00:00+05:30'))).toBe(false);
  });

  it('skip days that are not calling days', () => {
    const policy = { ...india, callingHours: [hours('09:00', '21:00', [1, 2, 3, 4, 5])] };
    // 2026-01-10 is a Saturday.
    expect(iso(nextOpening(policy, 'IN', ms('2026-01-09T22:00:00+05:30')))).toBe('2026-01-12T03:30:00.000Z');
  });

  it('follow the clock of the number’s own country abroad', () => {
    const policy = { ...india, callingHours: [hours('09:00', '21:00')] };
    // 09:00 in Kolkata is 03:30 in London.
    expect(isOpen(policy, 'GB', ms('2026-01-05T09:00:00+05:30'))).toBe(false);
    expect(iso(nextOpening(policy, 'GB', ms('2026-01-05T09:00:00+05:30')))).toBe('2026-01-05T09:00:00.000Z');
  });

  it('of a country with several zones are those in which all of them are open', () => {
    const policy = { ...india, callingHours: [hours('09:00', '21:00')] };
    const opening = nextOpening(policy, 'US', ms('2026-01-05T00:00:00Z'));
    expect(opening).toBeDefined();
    for (const zone of zonesOf(policy, 'US')) {
      const hour = DateTime.fromMillis(opening ?? 0, { zone }).hour;
      expect(hour).toBeGreaterThanOrEqual(9);
      expect(hour).toBeLessThan(21);
    }
  });

  it('open after the skipped hour when daylight saving swallows their beginning', () => {
    const policy = {
      ...india,
      timeZone: 'America/New_York',
      callingHours: [hours('02:30', '05:00')],
    };
    // On 2026-03-08 the clock jumps from 02:00 to 03:00, at 07:00 UTC.
    expect(iso(nextOpening(policy, 'IN', ms('2026-03-08T06:00:00Z')))).toBe('2026-03-08T07:00:00.000Z');
  });

  it('find no opening in a policy that is never open', () => {
    const policy = { ...india, promotional: true, callingHours: [hours('22:00', '23:00')] };
    expect(nextOpening(policy, 'IN', ms('2026-01-05T00:00:00Z'))).toBeUndefined();
  });
});
