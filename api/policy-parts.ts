/** Parts of a policy that may be changed while a request runs, and given to a clone: their shape, and putting them in. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../db/client.ts';
import { unknownCalendars } from '../db/queries/holiday-calendars.ts';
import {
  type CallingWindow,
  calendarNames,
  callingHours,
  contactFields,
  type RequestPolicy,
  requestPolicy,
  retryRule,
  SLOWEST_CALLS_PER_SECOND,
  TOO_SLOW,
  timeOfDay,
} from '../domain/policy.ts';
import type { SpreadOver } from '../domain/spread.ts';
import { ApiError, fromZod } from './errors.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** One window for all calling days, as hours were written before windows had weekdays. */
const olderHours = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine((hours) => hours.from < hours.to, { message: '`to` must be after `from`', path: ['to'] });

export const policyParts = {
  callingHours: z
    .union([callingHours, olderHours])
    .nullable()
    .optional()
    .openapi({
      description:
        'When a first ring may happen, by the clock of each person: windows of some weekdays, several a day if need be. Null: any hour. One object without days is the older way to write it, and keeps the days there are.',
      example: [
        { days: [1, 2, 3, 4, 5], from: '09:00', to: '13:00' },
        { days: [1, 2, 3, 4, 5], from: '14:00', to: '18:00' },
      ],
    }),
  callingDays: z.array(z.int().min(1).max(7)).min(1).max(7).optional().openapi({
    description: 'ISO weekdays, 1 is Monday; the older way to say on which days the hours hold.',
    deprecated: true,
  }),
  holidayCalendars: calendarNames.optional().openapi({
    description: 'Names of holiday calendars: nobody is contacted on their dates.',
  }),
  zonesBy: z.enum(['COUNTRY', 'AREA']).optional(),
  retries: z
    .strictObject({ BUSY: retryRule, NO_ANSWER: retryRule, FAILED: retryRule, MACHINE: retryRule })
    .partial()
    .optional(),
  concurrency: contactFields.shape.concurrency.unwrap().optional(),
  callsPerSecond: contactFields.shape.callsPerSecond
    .unwrap()
    .min(SLOWEST_CALLS_PER_SECOND, TOO_SLOW)
    .optional(),
  onLate: z.enum(['SKIP', 'SEND']).optional(),
};
const parts = z.object(policyParts);
export type PolicyParts = z.output<typeof parts>;

/** Hours as they are kept, from either way to write them. */
function hoursFrom(
  policy: RequestPolicy,
  given: Pick<PolicyParts, 'callingHours' | 'callingDays'>,
): CallingWindow[] | null {
  const { callingDays: days } = given;
  const hours = given.callingHours === undefined ? policy.callingHours : given.callingHours;
  if (hours === null) return days && days.length < 7 ? [{ days, from: '00:00', to: '24:00' }] : null;
  if (!Array.isArray(hours)) {
    const before = new Set(policy.callingHours?.flatMap((window) => window.days) ?? EVERY_DAY);
    return [{ days: days ?? [...before].sort(), ...hours }];
  }
  if (!days) return hours;
  const windows = new Map(hours.map((window) => [`${window.from}-${window.to}`, { ...window, days }]));
  return [...windows.values()];
}

/** The policy with the parts given put in their places. @throws ApiError INVALID_INPUT */
export function edited(
  policy: RequestPolicy,
  given: PolicyParts & { spreadOver?: SpreadOver | null | undefined },
): RequestPolicy {
  const { callingDays, callingHours: hours, ...others } = given;
  if (callingDays && Array.isArray(hours)) {
    const message = 'goes with the older shape of callingHours; windows name their own days';
    throw new ApiError('INVALID_INPUT', `callingDays: ${message}`, [{ field: 'callingDays', message }]);
  }
  const parsed = requestPolicy.safeParse({
    ...policy,
    ...others,
    callingHours: hoursFrom(policy, given),
    retries: { ...policy.retries, ...given.retries },
  });
  if (!parsed.success) throw fromZod(parsed.error);
  return parsed.data;
}

/** @throws ApiError INVALID_INPUT naming a calendar that the account does not have */
export async function requireCalendars(
  db: Database,
  accountId: number,
  names: readonly string[],
  field = 'holidayCalendars',
): Promise<void> {
  const [unknown] = await unknownCalendars(db, { accountId, names });
  if (unknown === undefined) return;
  const message = `the account has no holiday calendar ${JSON.stringify(unknown)}`;
  throw new ApiError('INVALID_INPUT', `${field}: ${message}`, [
    { field: `${field}.${names.indexOf(unknown)}`, message },
  ]);
}
