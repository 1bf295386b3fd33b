/** Campaigns drawn by seed: their people, policies, edits, pauses and lists. */
import fc from 'fast-check';
import type { FrequencyLimits } from '../../../domain/frequency.ts';
import type { VoiceOutcome } from '../../../domain/outcome.ts';
import type { CallingWindow, RequestPolicy } from '../../../domain/policy.ts';
import type { RegisterEntry } from '../../../domain/register.ts';
import { testPolicy } from '../../support/campaign.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Zones whose clocks change, by an hour or by half of one, north and south of the equator, and some that never do. */
const ZONES = [
  'Asia/Kolkata',
  'America/New_York',
  'America/Santiago',
  'Europe/London',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
] as const;

export interface Who {
  number: number;
  timeZone: string;
  region: string;
  whitelisted: boolean;
  /** Blacklisted from this moment on, Unix ms. */
  blacklistedAt: number | null;
  entries: RegisterEntry[];
  /** What each attempt comes to, in turn. */
  fate: VoiceOutcome[];
}

export interface Campaign {
  startAt: number;
  policies: { at: number; policy: RequestPolicy }[];
  pause: { from: number; to: number } | null;
  account: FrequencyLimits;
  accountLimit: { maxInProgress: number; perSecond: number };
  holidays: Map<string, string>;
  people: Who[];
  /** By how much later than it could the engine asks, now and then. */
  delays: number[];
}

/** Around a change of some clock as often as not. */
const moments = fc.oneof(
  fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 11, 1) }),
  fc
    .tuple(
      fc.constantFrom(
        '2026-03-08T07:00Z',
        '2026-11-01T06:00Z',
        '2026-03-29T01:00Z',
        '2026-10-25T01:00Z',
        '2026-04-04T15:00Z',
        '2026-10-03T15:30Z',
        '2026-09-06T04:00Z',
        '2026-02-15T03:00Z',
      ),
      fc.integer({ min: -2 * DAY_MS, max: DAY_MS }),
    )
    .map(([change, apart]) => Date.parse(change) + apart),
);

const time = fc
  .integer({ min: 0, max: 48 })
  .map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`);
const window = fc
  .tuple(time, time, fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }))
  .filter(([one, other]) => one !== other)
  .map(([one, other, days]): CallingWindow => {
    const [from = one, to = other] = [one, other].sort();
    return { from, to, days: days.sort() };
  });
const rule = fc.record({
  times: fc.integer({ min: 0, max: 4 }),
  intervalMs: fc.constantFrom(0, 5 * MINUTE_MS, 2 * HOUR_MS, 20 * HOUR_MS),
});
const limits = fc.record({
  perDay: fc.constantFrom(null, 1, 2),
  gapMs: fc.constantFrom(null, HOUR_MS, 30 * HOUR_MS),
});
const policy = fc
  .record({
    callingHours: fc.option(fc.array(window, { minLength: 1, maxLength: 3 })),
    promotional: fc.boolean(),
    category: fc.constantFrom(null, 'HEALTH' as const),
    onUnknown: fc.constantFrom('HOLD' as const, 'RETRY' as const),
    retries: fc.record({ BUSY: rule, NO_ANSWER: rule, FAILED: rule, MACHINE: rule }),
    frequency: fc.option(limits, { nil: undefined }),
    holidayCalendars: fc.constantFrom<string[]>([], ['all']),
    concurrency: fc.integer({ min: 1, max: 4 }),
    callsPerSecond: fc.constantFrom(0.005, 0.1, 1, 1000),
  })
  .map(({ frequency, ...over }) => testPolicy({ ...over, ...(frequency && { frequency }) }));
const entry = fc.record({
  categories: fc.constantFrom(1, 2, 16),
  fromMinute: fc.constantFrom(null, 600),
  toMinute: fc.constantFrom(null, 900),
  days: fc.constantFrom(null, 0b0111110),
});
const who = (startAt: number) =>
  fc.record({
    number: fc.integer({ min: 1, max: 4 }),
    timeZone: fc.constantFrom(...ZONES),
    region: fc.constantFrom('IN', 'US', 'GB'),
    whitelisted: fc.boolean(),
    blacklistedAt: fc.option(fc.integer({ min: 0, max: 3 * DAY_MS }).map((ms) => startAt + ms)),
    entries: fc.oneof(
      { weight: 2, arbitrary: fc.constant<RegisterEntry[]>([]) },
      fc.array(entry, { minLength: 1, maxLength: 2 }),
    ),
    fate: fc.array(
      fc.constantFrom<VoiceOutcome>('BUSY', 'NO_ANSWER', 'FAILED', 'MACHINE', 'ANSWERED', 'UNKNOWN'),
      { minLength: 6, maxLength: 6 },
    ),
  });

export const campaigns: fc.Arbitrary<Campaign> = moments.chain((startAt) =>
  fc.record({
    startAt: fc.constant(startAt),
    policies: fc
      .tuple(policy, fc.option(fc.tuple(fc.integer({ min: 1, max: 2 * DAY_MS }), policy)))
      .map(([first, edit]) => [
        { at: 0, policy: first },
        ...(edit ? [{ at: startAt + edit[0], policy: edit[1] }] : []),
      ]),
    pause: fc.option(
      fc
        .tuple(fc.integer({ min: 0, max: DAY_MS }), fc.integer({ min: 1, max: DAY_MS }))
        .map(([after, length]) => ({ from: startAt + after, to: startAt + after + length })),
    ),
    account: limits,
    accountLimit: fc.record({
      maxInProgress: fc.integer({ min: 1, max: 6 }),
      perSecond: fc.constantFrom(0.01, 1, 1000),
    }),
    holidays: fc
      .array(fc.integer({ min: 0, max: 4 }), { maxLength: 2 })
      .map(
        (days) =>
          new Map(
            days.map((day) => [new Date(startAt + day * DAY_MS).toISOString().slice(0, 10), 'a feast']),
          ),
      ),
    people: fc.array(who(startAt), { minLength: 1, maxLength: 6 }),
    delays: fc.array(fc.constantFrom(0, 0, 0, 1, 999, 7 * MINUTE_MS, 3 * HOUR_MS), {
      minLength: 1,
      maxLength: 8,
    }),
  }),
);
