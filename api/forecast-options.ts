/** What may be said with a forecast or a back-test: other parts of the policy, how people behave, a tariff, a seed. */
import { z } from '@hono/zod-openapi';
import { CALL_OUTCOMES, type GivenBehaviour, SITUATIONS } from '../domain/forecast/behaviour.ts';
import { tariffShape } from '../domain/tariff.ts';
import { policyParts } from './policy-parts.ts';

const share = z.number().min(0).max(1);
/** Shares that come from percentages with decimals. */
const ROUNDING = 0.001;

const shares = z
  .partialRecord(z.enum(CALL_OUTCOMES), share)
  .refine(
    (given) => Math.abs(Object.values(given).reduce((sum, one) => sum + one, 0) - 1) <= ROUNDING,
    'must add up to 1',
  );

const ms = (most: number) => z.number().int().min(0).max(most);
const length = z.strictObject({ ringMs: ms(120_000), talkMs: ms(4 * 3_600_000).default(0) });

export const forecastOptions = {
  policy: z
    .strictObject(policyParts)
    .optional()
    .openapi({
      description: 'Parts of the policy to forecast with, instead of those of the flow or the request.',
      example: { concurrency: 100 },
    }),
  probabilities: z
    .partialRecord(z.enum(SITUATIONS), shares)
    .optional()
    .openapi({
      description:
        'How calls end: shares by outcome, for first calls (`FIRST`) and for calls after an outcome. Absent: the history of the account. Calls after an outcome that is not named end as first ones do.',
      example: { FIRST: { ANSWERED: 0.6, NO_ANSWER: 0.4 } },
    }),
  durations: z
    .partialRecord(z.enum(CALL_OUTCOMES), length)
    .optional()
    .openapi({
      description: 'How long calls ring and people talk, by outcome, ms.',
      example: { ANSWERED: { ringMs: 10_000, talkMs: 45_000 } },
    }),
  tariff: z
    .strictObject(tariffShape)
    .optional()
    .openapi({
      description: "Instead of the account's own.",
      example: { currency: 'INR', rates: [{ prefix: '91', pulseSeconds: 60, perPulse: '0.35' }] },
    }),
  seed: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional().openapi({
    type: 'integer',
    description: 'The same seed and facts give the same answer. Absent: 1.',
  }),
};
/** A form sends objects as JSON text. What is no JSON is left for the schema to refuse. */
function fromText(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}
const { policy, probabilities, durations, tariff, seed } = forecastOptions;
const text = <S extends z.ZodType>(schema: S, description: string) =>
  z.preprocess(fromText, schema).optional().openapi({ type: 'object', description });

/** The same in a form: each the JSON that the body of a call without a file would hold. */
export const forecastFields = {
  policy: text(policy.unwrap(), 'As JSON text: see the call with records.'),
  probabilities: text(probabilities.unwrap(), 'As JSON text.'),
  durations: text(durations.unwrap(), 'As JSON text.'),
  tariff: text(tariff.unwrap(), 'As JSON text.'),
  seed,
};

const parsed = z.object(forecastOptions);
export type ForecastOptions = z.output<typeof parsed>;

/** Shares brought to a sum of exactly 1. */
export function behaviourGiven({ probabilities, durations }: ForecastOptions): GivenBehaviour {
  const exact = Object.fromEntries(
    Object.entries(probabilities ?? {}).map(([situation, given]) => {
      const sum = Object.values(given).reduce((total, one) => total + one, 0);
      return [situation, Object.fromEntries(Object.entries(given).map(([name, one]) => [name, one / sum]))];
    }),
  );
  return { ...(probabilities && { probabilities: exact }), ...(durations && { durations }) };
}
