/**
 * A request's policy: how, when and how often its people may be contacted. A flow's settings are frozen
 * into a policy when a request is created; each later change is a new version, and every attempt names
 * the version it ran under.
 */
import { z } from 'zod';
import { frequencyLimits } from './frequency.ts';
import { PROMOTION_CATEGORIES } from './register.ts';

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

/** Ids of India's DLT platforms (TRAI, TCCCPR 2018) are decimal numbers, today of 19 digits. */
const dltId = z.string().regex(/^\d{5,30}$/, 'must be 5 to 30 digits, as the DLT platform shows it');

/** Daily hours in which a first ring may happen: from `from` up to, not including, `to`. */
export const callingHours = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine((hours) => hours.from < hours.to, { message: '`from` must be before `to`', path: ['to'] });

export const contactPolicy = z.strictObject({
  /**
   * What a promotional flow promotes: a person who refused other categories alone may be contacted. Absent: nobody
   * on the do-not-call register may.
   */
  category: z.enum(PROMOTION_CATEGORIES).nullable().default(null),
  /** ISO weekdays, 1 is Monday. */
  callingDays: z.array(z.int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5, 6, 7]),
  /** Absent: any hour. Promotional hours of the person's country apply on top for promotional flows. */
  callingHours: callingHours.nullable().default(null),
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
  /** Records that became due while the system was down and whose end time has passed. */
  onLate: z.enum(['SKIP', 'SEND']).default('SKIP'),
  /** Stricter than the account's limits on how often a person is contacted; looser ones change nothing. */
  frequency: frequencyLimits.optional(),
  /** India's register of senders (DLT): what receipts name. Carriers are told with the message itself. */
  dlt: z.strictObject({ entityId: dltId.optional(), templateId: dltId.optional() }).optional(),
  /** Whether the flow's finished requests are reported by mail to the account holder. */
  emailNotification: z.boolean().default(false),
});
export type ContactPolicy = z.infer<typeof contactPolicy>;

/** The frozen policy of a request. */
export const requestPolicy = contactPolicy.extend({
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
});
export type RequestPolicy = z.infer<typeof requestPolicy>;
