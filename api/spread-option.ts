/** `spreadOver`, the option that lays first calls evenly over the permitted hours: its shape and its checks. */
import { z } from '@hono/zod-openapi';
import { MAX_SPREAD_HOURS, type SpreadOver, type SpreadPlan } from '../domain/spread.ts';
import { invalid } from './errors.ts';
import { readMoment } from './moments.ts';
import { moment } from './schemas.ts';

const shape = z
  .strictObject({
    hours: z.number().min(0.1).max(MAX_SPREAD_HOURS).optional(),
    until: z.string().max(40).optional(),
  })
  .refine(
    ({ hours, until }) => (hours === undefined) !== (until === undefined),
    'give either hours or until',
  );

/** A form sends the object as JSON text. What is no JSON is left for the schema to refuse. */
function fromText(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}

export const spreadOption = z.preprocess(fromText, shape).openapi({
  type: 'object',
  // Read from text where a form sends it, so its shape is told here once more.
  properties: {
    hours: {
      type: 'number',
      minimum: 0.1,
      maximum: MAX_SPREAD_HOURS,
      description: 'So many hours of permitted time, from the first call on.',
    },
    until: {
      type: 'string',
      description: "A moment, RFC 3339. Without an offset it is read in the account's zone.",
    },
  },
  description:
    'Lay first calls evenly over the permitted hours, so that agents and web pages are not flooded. Retries are not held back by it.',
  example: { hours: 6 },
});
export type SpreadGiven = z.output<typeof shape>;

/**
 * @param zone IANA; in which a moment without an offset is meant
 * @throws ApiError INVALID_INPUT: with an open request, or a moment that is past, before the start or after the end
 */
export function readSpread(
  given: SpreadGiven,
  about: { zone: string; open: boolean; startAt: Date | null; endAt: Date | null; now: Date },
): SpreadOver {
  if (about.open) throw invalid('spreadOver', 'an open request calls each person as they come');
  if (given.hours !== undefined) return { hours: given.hours };
  const until = readMoment('spreadOver.until', given.until ?? '', about.zone);
  const from = about.startAt && about.startAt > about.now ? about.startAt : about.now;
  if (until <= from) throw invalid('spreadOver.until', 'must be in the future, and after startAt');
  if (about.endAt && until > about.endAt) throw invalid('spreadOver.until', 'must not be after endAt');
  return { until: until.toISOString() };
}

/** How a request is spread at present. */
export const spreadView = z.object({
  from: moment.openapi({ description: 'When those not called before were laid out last.' }),
  until: moment.openapi({ description: 'After the last of them.' }),
  people: z.int().openapi({ description: 'Who were laid out then.' }),
  perHour: z.number().openapi({ description: 'First calls an hour of permitted time.' }),
});

export function showSpread(row: {
  spreadPlan: SpreadPlan | null;
  endedAt: Date | null;
}): z.input<typeof spreadView> | null {
  const plan = row.spreadPlan;
  if (!plan || row.endedAt) return null;
  const hours = plan.openMs / 3_600_000;
  return {
    from: new Date(plan.from),
    until: new Date(plan.until),
    people: plan.people,
    perHour: hours === 0 ? 0 : Math.round((plan.people / hours) * 10) / 10,
  };
}
