import { describe, expect, it } from 'vitest';
import { readHolidayLines } from '../../../domain/holiday.ts';
import { isZoneName, zoneProblem } from '../../../domain/hours/place.ts';
import { latenessOf, OUTAGE_MS } from '../../../domain/lateness.ts';
import { contactPolicy, requestPolicy } from '../../../domain/policy.ts';
import type { PromotionalRule } from '../../../domain/promotional-hours.ts';
import { type HoursPolicy, hoursEvidence, isOpen, judgeHours, placeOf } from '../../../domain/window.ts';

const ALL = [1, 2, 3, 4, 5, 6, 7];
const india: HoursPolicy = {
  callingHours: null,
  promotional: true,
  timeZone: 'Asia/Kolkata',
  homeRegion: 'IN',
};
const ms = (iso: string): number => Date.parse(iso);

describe('the older shape of hours', () => {
  it.each([
    [
      { callingDays: [1, 2], callingHours: { from: '09:00', to: '17:00' } },
      [{ days: [1, 2], from: '09:00', to: '17:00' }],
    ],
    [{ callingHours: { from: '09:00', to: '17:00' } }, [{ days: ALL, from: '09:00', to: '17:00' }]],
    [{ callingDays: [6] }, [{ days: [6], from: '00:00', to: '24:00' }]],
    [{ callingDays: [6], callingHours: null }, [{ days: [6], from: '00:00', to: '24:00' }]],
    [{ callingDays: ALL, callingHours: null }, null],
    [{ callingHours: null }, null],
    [{}, null],
  ])('%j is read as the windows it means', (older, windows) => {
    expect(contactPolicy.parse(older).callingHours).toEqual(windows);
    const frozen = { ...older, timeZone: 'UTC', homeRegion: 'IN', promotional: true };
    expect(requestPolicy.parse(frozen).callingHours).toEqual(windows);
  });

  it('is refused together with the newer one, and so are hours over midnight', () => {
    const window = { days: ALL, from: '09:00', to: '17:00' };
    expect(contactPolicy.safeParse({ callingDays: [1], callingHours: [window] }).success).toBe(false);
    const night = contactPolicy.safeParse({ callingHours: [{ ...window, from: '22:00', to: '02:00' }] });
    expect(night.error?.issues[0]).toMatchObject({
      path: ['callingHours', 0, 'to'],
      message: expect.stringContaining('22:00 to 24:00 and 00:00 to 02:00'),
    });
  });
});

describe('windows by weekday', () => {
  const policy = {
    ...india,
    promotional: false,
    callingHours: [
      { days: [1, 2, 3, 4, 5], from: '09:00', to: '13:00' },
      { days: [1, 2, 3, 4, 5], from: '14:00', to: '18:00' },
      { days: [6], from: '10:00', to: '12:00' },
    ],
  };
  it.each([
    ['Monday before', '2026-01-05T08:59:59+05:30', false, '2026-01-05T03:30:00.000Z'],
    ['Monday morning', '2026-01-05T12:59:59+05:30', true, '2026-01-05T07:29:59.000Z'],
    ['the lunch break', '2026-01-05T13:00:00+05:30', false, '2026-01-05T08:30:00.000Z'],
    ['Saturday after', '2026-01-10T12:00:00+05:30', false, '2026-01-12T03:30:00.000Z'],
  ])('%s', (_, at, open, opens) => {
    expect(isOpen(policy, 'IN', ms(at))).toBe(open);
    expect(new Date(judgeHours(policy, 'IN', ms(at)).opensAt ?? 0).toISOString()).toBe(opens);
  });
});

describe('promotional hours', () => {
  const rule = (over: Partial<PromotionalRule>): PromotionalRule => ({
    id: '7',
    country: 'IN',
    effectiveFrom: '2026-02-01',
    source: 'a later regulation',
    windows: [{ days: ALL, from: '08:00', to: '22:00' }],
    replacesBuiltIn: false,
    ...over,
  });
  const withRules = (...promotional: PromotionalRule[]): HoursPolicy => ({
    ...india,
    live: { promotional, calendars: [] },
  });
  const open = (policy: HoursPolicy, at: string, region = 'IN'): boolean => isOpen(policy, region, ms(at));

  it('that operations add cannot open what the built-in ones close, unless they say that they replace them', () => {
    expect(open(withRules(rule({})), '2026-02-02T08:30:00+05:30')).toBe(false);
    expect(open(withRules(rule({ replacesBuiltIn: true })), '2026-02-02T08:30:00+05:30')).toBe(true);
  });

  it('hold from their first day on, and the one that began last holds', () => {
    const strict = rule({ windows: [{ days: ALL, from: '10:00', to: '19:00' }] });
    expect(open(withRules(strict), '2026-01-31T09:30:00+05:30')).toBe(true);
    expect(open(withRules(strict), '2026-02-01T09:30:00+05:30')).toBe(false);
    const later = rule({ id: '8', effectiveFrom: '2026-03-01' });
    expect(open(withRules(strict, later), '2026-02-28T09:30:00+05:30')).toBe(false);
    expect(open(withRules(strict, later), '2026-03-01T09:30:00+05:30')).toBe(true);
  });

  it('of another country hold for its numbers alone, by weekday, and are named with their source', () => {
    const france = rule({
      id: '9',
      country: 'FR',
      effectiveFrom: '2023-03-01',
      source: 'décret n° 2022-1313',
      windows: [
        { days: [1, 2, 3, 4, 5], from: '10:00', to: '13:00' },
        { days: [1, 2, 3, 4, 5], from: '14:00', to: '20:00' },
      ],
    });
    const at = '2026-01-05T13:30:00+01:00';
    const person = { region: 'FR', timeZone: 'Europe/Paris' };
    expect(isOpen(withRules(france), person, ms(at))).toBe(false);
    expect(isOpen(withRules(france), { ...person, region: 'DE' }, ms(at))).toBe(true);
    expect(judgeHours(withRules(france), person, ms(at)).rules).toEqual([
      {
        id: 'PROMOTIONAL/FR/9',
        basis: 'décret n° 2022-1313',
        zone: 'Europe/Paris',
        source: 'COLUMN',
        from: '14:00',
        to: '20:00',
        open: false,
      },
    ]);
  });

  it('do not hold transactional traffic', () => {
    expect(open({ ...india, promotional: false }, '2026-01-05T23:30:00+05:30')).toBe(true);
  });
});

describe('holidays', () => {
  const calendar = (region: string | null) => ({
    name: 'gazette',
    region,
    dates: new Map([['2026-01-26', 'Republic Day']]),
  });
  const keeping = (region: string | null): HoursPolicy => ({
    ...india,
    promotional: false,
    live: { promotional: [], calendars: [calendar(region)] },
  });

  it('close the whole day of the person’s own calendar, and are named', () => {
    const new_york = { region: 'IN', timeZone: 'America/New_York' };
    expect(isOpen(keeping(null), 'IN', ms('2026-01-26T00:00:00+05:30'))).toBe(false);
    expect(isOpen(keeping(null), 'IN', ms('2026-01-26T23:59:59+05:30'))).toBe(false);
    expect(isOpen(keeping(null), 'IN', ms('2026-01-27T00:00:00+05:30'))).toBe(true);
    expect(isOpen(keeping(null), new_york, ms('2026-01-26T00:00:00+05:30'))).toBe(true);
    expect(isOpen(keeping(null), new_york, ms('2026-01-26T23:59:59-05:00'))).toBe(false);
    expect(judgeHours(keeping(null), 'IN', ms('2026-01-26T12:00:00+05:30'))).toMatchObject({
      open: false,
      rules: [{ id: 'HOLIDAY/gazette', basis: 'Republic Day', from: null, to: null, open: false }],
    });
  });

  it('of a country are kept by its numbers alone', () => {
    const noon = ms('2026-01-26T12:00:00+05:30');
    expect(isOpen(keeping('IN'), 'IN', noon)).toBe(false);
    expect(isOpen(keeping('IN'), 'AE', noon)).toBe(true);
  });

  it('are read from csv as people write it, and what cannot be read is named by its line', () => {
    const text =
      '\ufeffDate,Name\r\n2026-01-26,"Republic Day, India"\r\n\r\n# movable\r\n2026-08-15;Independence Day\r\n2026-10-02\r\n';
    expect(readHolidayLines(text)).toEqual({
      entries: [
        { date: '2026-01-26', name: 'Republic Day, India' },
        { date: '2026-08-15', name: 'Independence Day' },
        { date: '2026-10-02', name: 'Holiday' },
      ],
      problems: [],
    });
    expect(readHolidayLines('2026-01-01,ok\n26/01/2026,Republic Day\n2026-02-30,no day').problems).toEqual([
      { line: 2, message: expect.stringContaining('"26/01/2026"') },
      { line: 3, message: expect.stringContaining('"2026-02-30"') },
    ]);
  });
});

describe('whose clock counts', () => {
  it.each([
    [
      'the row’s zone, before anything',
      { region: 'US', timeZone: 'Asia/Tokyo', areaZones: ['America/New_York'], areaCertain: true },
      {},
      ['Asia/Tokyo'],
      'COLUMN',
    ],
    ['the account’s for its own country', { region: 'IN' }, {}, ['Asia/Kolkata'], 'ACCOUNT'],
    ['the account’s for numbers of no country', { region: null }, {}, ['Asia/Kolkata'], 'ACCOUNT'],
    ['the country’s abroad', { region: 'GB' }, {}, ['Europe/London'], 'NUMBER'],
    [
      'the area’s of a landline',
      { region: 'RU', areaZones: ['Europe/Moscow'], areaCertain: true },
      {},
      ['Europe/Moscow'],
      'NUMBER',
    ],
    [
      'the area’s of any number where the flow says so',
      { region: 'US', areaZones: ['America/New_York'] },
      { zonesBy: 'AREA' as const },
      ['America/New_York'],
      'NUMBER',
    ],
  ])('%s', (_, person, over, zones, source) => {
    expect(placeOf({ ...india, ...over }, person)).toEqual({ zones, source });
  });

  it('all of a country with several zones, the account’s own country too', () => {
    const mobile = { region: 'US', areaZones: ['America/New_York'], areaCertain: false };
    expect(placeOf(india, mobile).zones).toContain('Pacific/Honolulu');
    const home = { ...india, timeZone: 'America/New_York', homeRegion: 'US' };
    expect(placeOf(home, mobile)).toMatchObject({ source: 'NUMBER' });
    expect(placeOf(home, mobile).zones).toContain('America/Los_Angeles');
  });

  it('a zone is an IANA name; an abbreviation, an offset or a typing mistake is named', () => {
    for (const good of ['Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+5', 'asia/kolkata'])
      expect(isZoneName(good)).toBe(true);
    for (const bad of ['IST', 'EST', '+05:30', 'Asia/Calcuta', 'local', '', 'Asia/Kolkata ', 'Europe'])
      expect(isZoneName(bad)).toBe(false);
    expect(zoneProblem('Time Zone', 'IST')).toBe(
      'Time Zone: "IST" is no IANA time zone, such as Asia/Kolkata or America/New_York',
    );
  });

  it('the evidence of a country of many zones names each clock once', () => {
    const policy = {
      ...india,
      promotional: false,
      callingHours: [{ days: ALL, from: '09:00', to: '21:00' }],
    };
    const { zones, rules } = hoursEvidence(policy, 'US', ms('2026-01-05T20:00:00Z'));
    expect(zones.length).toBeLessThan(10);
    expect(rules.map(({ zone }) => zone)).toEqual(zones);
  });
});

describe('lateness', () => {
  const policy = { ...india, promotional: false, callingHours: [{ days: ALL, from: '09:00', to: '18:00' }] };
  const endAt = ms('2026-01-05T20:00:00+05:30');
  const midday = ms('2026-01-05T12:00:00+05:30');
  it.each([
    ['open at the end, looked at in time', midday, { lookedAt: midday }, null],
    ['open at the end, but nobody looked', midday, { lookedAt: midday + OUTAGE_MS }, 'OUTAGE'],
    ['closed at the end', endAt, { lookedAt: endAt }, 'HOURS'],
    ['open until the end', ms('2026-01-05T18:00:00+05:30'), { lookedAt: endAt - 2 * 3_600_000 }, null],
    ['closed at the end, next attempt due after it', endAt, { lookedAt: endAt, dueAt: endAt }, null],
  ])('of a person whose hours are %s', (_, end, over, expected) => {
    expect(latenessOf(policy, { region: 'IN' }, { dueAt: null, endAt: end, ...over })).toBe(expected);
  });
});
