/** A forecast as the API shows it: moments instead of milliseconds, money as text, and what it was made from. */
import { z } from '@hono/zod-openapi';
import { type Behaviour, CALL_OUTCOMES, SITUATIONS } from '../domain/forecast/behaviour.ts';
import { quantile } from '../domain/forecast/chance.ts';
import type { ForecastAnswer, Range } from '../domain/forecast/forecast.ts';
import { OUTCOMES, ROW_RESULTS } from '../domain/outcome.ts';
import type { RequestPolicy } from '../domain/policy.ts';
import { showAmount } from '../domain/tariff.ts';
import { maybeMoment, moment } from './schemas.ts';

const range = z.object({ p5: z.int(), median: z.int(), p95: z.int() }).openapi('ForecastRange', {
  description:
    'Of twenty simulated runs one is below p5, one above p95; half are on either side of the median.',
});
const rows = z.array(z.int()).openapi({ description: 'The first hundred rows, by their number.' });
const SOURCES = ['ACCOUNT_HISTORY', 'GIVEN', 'DEFAULT'] as const;

const assumed = z.object({
  history: z.enum(['REQUEST', 'FLOW', 'ACCOUNT']).nullable().openapi({
    description: 'Whose calls the history is of; null where there is none.',
  }),
  probabilities: z.array(
    z.object({
      after: z.enum(SITUATIONS).openapi({ description: 'The outcome before; `FIRST`: none.' }),
      source: z.enum(SOURCES),
      n: z.int().openapi({ description: 'Calls it was counted from.' }),
      outcomes: z.record(z.string(), z.number()),
    }),
  ),
  durations: z.array(
    z.object({
      outcome: z.enum(CALL_OUTCOMES),
      source: z.enum(SOURCES),
      n: z.int(),
      ringSeconds: z.number().openapi({ description: 'Median.' }),
      talkSeconds: z.number().openapi({ description: 'Median.' }),
    }),
  ),
  concurrency: z.int().openapi({ description: 'The tightest of flow, account and trunks.' }),
  callsPerSecond: z.number(),
  runs: z.int().openapi({ description: 'Simulated runs.' }),
  peoplePerSimulated: z.number().openapi({
    description: '1: every person was simulated. More: a sample, each standing for so many.',
  }),
  seed: z.int(),
});

export const answerShape = {
  now: moment,
  people: z.int().openapi({ description: 'Who are to be called.' }),
  callableNow: z.int().openapi({ description: 'Whose hours are open at this moment.' }),
  never: z
    .array(
      z.object({
        reason: z.enum(['NO_LINE', 'NO_OPEN_HOURS', 'OPENS_AFTER_END', 'PREFERENCES_NEVER_MEET']),
        detail: z.string().openapi({ description: 'Which rules, by which clocks.' }),
        count: z.int(),
        rows,
      }),
    )
    .openapi({ description: 'People whom no hour allows, or no trunk can call.' }),
  finishAt: z
    .object({ p5: moment, median: moment, p95: moment })
    .nullable()
    .openapi({ description: 'Null where nobody can be called.' }),
  attempts: range,
  answered: range,
  peakCalls: range.openapi({ description: 'Calls at once: telephone lines needed.' }),
  outcomes: z.array(z.object({ outcome: z.enum(OUTCOMES), people: range })),
  cost: z
    .object({
      currency: z.string(),
      p5: z.string(),
      median: z.string(),
      p95: z.string(),
      unpricedPeople: z.int().openapi({ description: 'Whose numbers no rate fits.' }),
    })
    .nullable()
    .openapi({ description: 'Null without a tariff.' }),
  timeline: z.object({
    bucketSeconds: z.int(),
    buckets: z.array(z.object({ at: moment, attempts: z.int(), completed: z.int() })),
  }),
  assumptions: assumed.openapi('BackTestAssumptions'),
};

const answerView = z.object(answerShape);

/** What a forecast cost by, besides its calls. */
export interface Charges {
  currency: string;
  /** Messages of an answered call, in millionths. */
  perAnswerMicros: number;
}

const momentsOf = ({ p5, median, p95 }: Range) => ({
  p5: new Date(p5),
  median: new Date(median),
  p95: new Date(p95),
});

function costOf(answer: ForecastAnswer, charges: Charges | null): z.input<typeof answerView>['cost'] {
  if (!charges) return null;
  const at = (name: keyof Range): string =>
    showAmount(answer.costMicros[name] + answer.answered[name] * charges.perAnswerMicros);
  return {
    currency: charges.currency,
    p5: at('p5'),
    median: at('median'),
    p95: at('p95'),
    unpricedPeople: answer.unpriced,
  };
}

const inSeconds = (quantiles: readonly number[]): number => Math.round(quantile(quantiles, 0.5) / 100) / 10;
const ofFour = (value: number): number => Math.round(value * 10_000) / 10_000;

function showBehaviour(behaviour: Behaviour) {
  return {
    history: behaviour.scope,
    probabilities: SITUATIONS.map((after) => {
      const { source, n, weights } = behaviour.chances[after];
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const shares = CALL_OUTCOMES.map((outcome, at): [string, number] => [
        outcome,
        ofFour((weights[at] ?? 0) / sum),
      ]);
      return { after, source, n, outcomes: Object.fromEntries(shares.filter(([, value]) => value > 0)) };
    }),
    durations: CALL_OUTCOMES.map((outcome) => {
      const { source, n, ringMs, talkMs } = behaviour.durations[outcome];
      return { outcome, source, n, ringSeconds: inSeconds(ringMs), talkSeconds: inSeconds(talkMs) };
    }),
  };
}

export function showAnswer(
  answer: ForecastAnswer,
  about: {
    now: Date;
    seed: number;
    policy: RequestPolicy;
    behaviour: Behaviour;
    charges: Charges | null;
    tightest: { maxInProgress: number; perSecond: number };
  },
): z.input<typeof answerView> {
  const { tightest, seed } = about;
  return {
    now: about.now,
    people: answer.people,
    callableNow: answer.callableNow,
    never: answer.never,
    finishAt: answer.finishAt && momentsOf(answer.finishAt),
    attempts: answer.attempts,
    answered: answer.answered,
    peakCalls: answer.peakCalls,
    outcomes: answer.outcomes,
    cost: costOf(answer, about.charges),
    timeline: {
      bucketSeconds: answer.timeline.bucketMs / 1000,
      buckets: answer.timeline.buckets.map(({ at, ...counts }) => ({ at: new Date(at), ...counts })),
    },
    assumptions: {
      ...showBehaviour(about.behaviour),
      concurrency: Math.min(about.policy.concurrency, tightest.maxInProgress),
      callsPerSecond: Math.min(about.policy.callsPerSecond, tightest.perSecond),
      runs: answer.runs,
      peoplePerSimulated: answer.peoplePerSimulated,
      seed,
    },
  };
}

/** How a list was understood. */
const listRead = z
  .object({
    phoneColumn: z.string().nullable().openapi({ description: 'As the file calls it. Null for records.' }),
    zoneColumn: z.string().nullable(),
    headless: z.boolean().openapi({ description: 'The file has numbers alone, and no first line of names.' }),
    variables: z.array(z.string()).openapi({ description: 'What the columns feed; empty for records.' }),
    flowVariables: z
      .array(z.object({ name: z.string(), required: z.boolean() }))
      .openapi({ description: "The flow's own." }),
    sample: z
      .array(
        z.object({
          row: z.int(),
          given: z.string(),
          number: z.string().nullable(),
          result: z.enum(ROW_RESULTS),
          detail: z.string().nullable(),
          variables: z.record(z.string(), z.string()),
        }),
      )
      .openapi({
        description:
          'The first five rows and the first ten others that would be turned away, as they were read.',
      }),
  })
  .openapi('ListAsRead');

/** @param survey what the reader found; @param flow the variables of the flow it is read for */
export function showList(
  survey: {
    recognised: {
      phoneColumn: string;
      zoneColumn: string | null;
      headless: boolean;
      variables: string[];
    } | null;
    sample: z.input<typeof listRead>['sample'];
  },
  flow: readonly { name: string; required?: boolean | undefined }[],
): z.input<typeof listRead> {
  const none = { phoneColumn: null, zoneColumn: null, headless: false, variables: [] };
  return {
    ...(survey.recognised ?? none),
    flowVariables: flow.map(({ name, required = false }) => ({ name, required })),
    sample: survey.sample,
  };
}

export const forecastReply = z
  .object({
    requestId: z.int().nullable().openapi({ description: 'The request whose remainder it is.' }),
    flowId: z.int(),
    flowName: z.string(),
    startAt: maybeMoment,
    endAt: maybeMoment,
    loaded: z.int().openapi({ description: 'Rows of the list, or of the request.' }),
    rejected: z
      .array(z.object({ result: z.string(), count: z.int(), rows }))
      .openapi({ description: 'Rows that would be turned away. Of a request: see its own counts.' }),
    list: listRead.nullable().openapi({ description: 'Null for a request: its list was read before.' }),
    ...answerShape,
    assumptions: assumed
      .extend({
        otherRequestsRunning: z.int().openapi({
          description:
            'Of the account, at this moment. They take lines and pace that the forecast counts on.',
        }),
      })
      .openapi('ForecastAssumptions'),
  })
  .openapi('Forecast');
