/**
 * A request's policy: how, when and how often its people may be contacted. A flow's settings are frozen
 * into a policy when a request is created; each later change is a new version, and every attempt names
 * the version it ran under.
 */
import { z } from 'zod';
import { frequencyLimits } from './frequency.ts';
import { PROMOTION_CATEGORIES } from './register.ts';
import { spreadOver } from './spread.ts';

/** `HH:MM`, 24 hours; `24:00` is the end of the day. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be HH:MM, from 00:00 to 24:00');

/** Retries for one outcome: at most `times` more attempts, `intervalMs` apart. */
export const retryRule = z.strictObject({
  times: z.int().min(0).max(20),
  intervalMs: z
    .int()
    .min(0)
    .max(7 * 24 * 3_600_000),
});
export type RetryRule = z.infer<typeof retryRule>;

/** The outcomes a policy may try again. Everything else is final at the first attempt. */
export const RETRYABLE_OUTCOMES = ['BUSY', 'NO_ANSWER', 'FAILED', 'MACHINE'] as const;
export type RetryableOutcome = (typeof RETRYABLE_OUTCOMES)[number];

const noRetry = { times: 0, intervalMs: 0 };

/**
 * The slowest pace that may be asked for: a call in a hundred seconds. Whoever wants fewer wants a pause. Not in the
 * schema of policies, as slower ones were frozen before there was a bound and must still be read.
 */
export const SLOWEST_CALLS_PER_SECOND = 0.01;
export const TOO_SLOW = `must be at least ${SLOWEST_CALLS_PER_SECOND}, a call in a hundred seconds; to hold a request, pause it`;

/** Ids of India's DLT platforms (TRAI, TCCCPR 2018) are decimal numbers, today of 19 digits. */
const dltId = z.string().regex(/^\d{5,30}$/, 'must be 5 to 30 digits, as the DLT platform shows it');

/** Windows of one flow: a morning and an afternoon on each weekday come to 14. */
const MAX_WINDOWS = 50;

/**
 * Hours of some weekdays in which a first ring may happen: from `from` up to, not including, `to`, both on the same
 * day of the person's calendar. Hours over midnight are two windows, as only then it is plain whose weekday counts.
 */
export const callingWindow = z
  .strictObject({
    /** ISO weekdays, 1 is Monday. */
    days: z
      .array(z.int().min(1).max(7))
      .min(1)
      .max(7)
      .default([1, 2, 3, 4, 5, 6, 7])
      .transform((days) => [...new Set(days)].sort()),
    from: timeOfDay,
    to: timeOfDay,
  })
  .refine((window) => window.from < window.to, {
    message:
      '`to` must be after `from`; for hours over midnight give two windows, such as 22:00 to 24:00 and 00:00 to 02:00',
    path: ['to'],
  });
export type CallingWindow = z.infer<typeof callingWindow>;

/** Several windows of a weekday are all open: before and after a lunch break. */
export const callingHours = z.array(callingWindow).min(1).max(MAX_WINDOWS);

/** Calendars a flow keeps, by name: `domain/holiday.ts`. */
export const calendarNames = z
  .array(z.string().min(1).max(64))
  .max(20)
  .refine((names) => new Set(names).size === names.length, 'names a calendar twice');

/** The fields of `contactPolicy`, for those who need them one by one. */
export const contactFields = z.strictObject({
  /**
   * What a promotional flow promotes: a person who refused other categories alone may be contacted. Absent: nobody
   * on the do-not-call register may.
   */
  category: z.enum(PROMOTION_CATEGORIES).nullable().default(null),
  /** Absent: any hour. Promotional hours of the person's country apply on top for promotional flows. */
  callingHours: callingHours.nullable().default(null),
  /** On whose dates nobody is contacted. Looked up when it matters, not frozen: a date added today counts today. */
  holidayCalendars: calendarNames.default([]),
  /**
   * Whose clock a number of a country with several zones follows. COUNTRY: all of them must be open. AREA: the zones
   * of the number's area code, although a mobile number may live elsewhere by now.
   */
  zonesBy: z.enum(['COUNTRY', 'AREA']).default('COUNTRY'),
  retries: z
    .strictObject({
      BUSY: retryRule.default(noRetry),
      NO_ANSWER: retryRule.default(noRetry),
      FAILED: retryRule.default(noRetry),
      MACHINE: retryRule.default(noRetry),
    })
    .default({ BUSY: noRetry, NO_ANSWER: noRetry, FAILED: noRetry, MACHINE: noRetry }),
  /** Calls of this flow in progress at once, over all its requests. */
  concurrency: z.int().min(1).max(10_000).default(50),
  callsPerSecond: z.number().positive().max(10_000).default(10_000),
  callerIds: z.array(z.string().min(1).max(32)).max(50).default([]),
  /** The name of the account's trunk that calls must leave by. Absent: whichever is up and least loaded. */
  trunk: z.string().min(1).max(64).nullable().default(null),
  ringTimeoutMs: z.int().min(5_000).max(120_000).default(30_000),
  maxCallMs: z
    .int()
    .min(10_000)
    .max(4 * 3_600_000)
    .default(600_000),
  /** Detect answering machines. Without it a machine is served like a person. */
  detectMachine: z.boolean().default(true),
  /** Record both sides of every answered call, from the answer to the end. */
  recordCalls: z.boolean().default(false),
  /** An attempt whose ending nobody knows: keep the person from a second call, or make a new attempt. */
  onUnknown: z.enum(['HOLD', 'RETRY']).default('HOLD'),
  /** People who could not be contacted before the end time, for hours or an outage: `domain/lateness.ts`. */
  onLate: z.enum(['SKIP', 'SEND']).default('SKIP'),
  /** Stricter than the account's limits on how often a person is contacted; looser ones change nothing. */
  frequency: frequencyLimits.optional(),
  /** India's register of senders (DLT): what receipts name. Carriers are told with the message itself. */
  dlt: z.strictObject({ entityId: dltId.optional(), templateId: dltId.optional() }).optional(),
  /** Whether the flow's finished requests are reported by mail to the account holder. */
  emailNotification: z.boolean().default(false),
});

const older = z.object({
  callingDays: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
  callingHours: z.strictObject({ from: z.unknown(), to: z.unknown() }).nullable().optional(),
});

/**
 * The shape of hours before windows had weekdays, `callingDays` and one `{from, to}`, read as the windows it means.
 * Frozen policies and flows of that shape stay as they are wherever they are kept. Anything else is left alone.
 */
export function withWindows(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  const parsed = older.safeParse(given);
  if (!parsed.success) return given;
  const { callingDays, callingHours: hours } = parsed.data;
  if (callingDays === undefined && hours == null) return given;
  const { callingDays: _, ...rest } = given as Record<string, unknown>;
  // Every day at any hour is no limit.
  if (hours == null && callingDays?.length === 7) return { ...rest, callingHours: null };
  const window = hours ?? { from: '00:00', to: '24:00' };
  return { ...rest, callingHours: [{ ...(callingDays && { days: callingDays }), ...window }] };
}

export const contactPolicy = z.preprocess(withWindows, contactFields);
export type ContactPolicy = z.infer<typeof contactPolicy>;

/** The fields of `requestPolicy`, for those who need them one by one. */
export const requestFields = contactFields.extend({
  /** IANA zone of the account: its calling days and hours are meant in it. */
  timeZone: z.string(),
  /** Region (ISO 3166-1 alpha-2) whose numbers live in `timeZone`; others use their own region's zones. */
  homeRegion: z.string().length(2),
  /** Promotional traffic is scrubbed against the do-not-call register and held to promotional hours. */
  promotional: z.boolean(),
  /** A trial of a transactional flow that may not run yet: it calls whitelisted numbers alone. */
  whitelistedOnly: z.boolean().optional(),
  /** Limits on how often a person is contacted do not hold. For emergencies: no flow can say so of itself. */
  frequencyExempt: z.boolean().optional(),
  /** First attempts are laid evenly over the permitted hours. Absent: as fast as limits allow. */
  spreadOver: spreadOver.nullable().optional(),
  /** A test call to a whitelisted number: at any hour, counted in no statistics. */
  test: z.boolean().optional(),
});
/** The frozen policy of a request. */
export const requestPolicy = z.preprocess(withWindows, requestFields);
export type RequestPolicy = z.infer<typeof requestPolicy>;
