/** A split as the API shows it: its arms, what came of each, and what may be said of their differences. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../db/client.ts';
import { getFlowVersion } from '../db/queries/flows.ts';
import { type RequestRow, readTallies, type Tallies } from '../db/queries/requests.ts';
import { type AskingWidget, countValues, requestsOfSplits, type SplitRow } from '../db/queries/splits.ts';
import { isFinal } from '../domain/outcome.ts';
import {
  difference,
  isTooFew,
  type Proportion,
  quantileFor,
  shareOf,
  verdictOf,
  wilson,
} from '../domain/proportions.ts';
import { requestSummary, summarise } from './request-view.ts';
import { moment } from './schemas.ts';

const proportion = z.object({
  count: z.int(),
  of: z.int().openapi({ description: 'People whose part in the campaign has ended.' }),
  share: z.number().nullable(),
  low: z.number().openapi({ description: "Wilson's 95% interval of the share." }),
  high: z.number(),
});

const arm = z
  .object({
    name: z.string(),
    weight: z.int(),
    request: requestSummary,
    reached: proportion.openapi({ description: 'Picked up, by a person or a machine.' }),
    answered: proportion.openapi({ description: 'Picked up by a person.' }),
    converted: proportion
      .nullable()
      .openapi({ description: 'Have the value asked about. Null where none was.' }),
    values: z
      .record(z.string(), z.int())
      .nullable()
      .openapi({ description: 'People by the value of the variable asked about: the 50 commonest.' }),
  })
  .openapi('SplitArm');

const MEASURES = ['reached', 'answered', 'converted'] as const;
type Measure = (typeof MEASURES)[number];

const comparison = z
  .object({
    arm: z.string(),
    against: z.string(),
    measure: z.enum(MEASURES),
    difference: z
      .number()
      .nullable()
      .openapi({ description: "Of the shares: the arm's less the first arm's." }),
    low: z.number().nullable().openapi({
      description: "Newcombe's interval: 95% over all comparisons of the measure together.",
    }),
    high: z.number().nullable(),
    verdict: z.enum(['HIGHER', 'LOWER', 'NO_DIFFERENCE_SHOWN', 'TOO_FEW']),
  })
  .openapi('SplitComparison');

const CAUTIONS = {
  STILL_RUNNING:
    'Not everybody has been called. Intervals hold for one look at the end, not for looking until one is seen.',
  FEW_PEOPLE: 'An arm has under 100 people, or fewer than 5 who did it or who did not: nothing to act on.',
  UNEVEN_END: 'An arm was cancelled, expired or rejected: its people are not those it was given.',
} as const;

const shape = {
  id: z.int(),
  name: z.string().nullable(),
  salt: z.string().openapi({
    description: 'With the number it decides the arm. The same salt and weights decide the same.',
  }),
  createdBy: z.string(),
  createdAt: moment,
};
export const splitSummary = z
  .object({
    ...shape,
    arms: z.array(z.object({ name: z.string(), weight: z.int(), request: requestSummary })),
  })
  .openapi('SplitSummary');
export const splitDetail = z
  .object({
    ...shape,
    final: z.boolean().openapi({ description: 'Every arm has ended.' }),
    variable: z.string().nullable(),
    value: z.string().nullable(),
    arms: z.array(arm),
    comparisons: z.array(comparison).openapi({ description: 'Each arm with the first one.' }),
    cautions: z.array(
      z.object({ code: z.enum(['STILL_RUNNING', 'FEW_PEOPLE', 'UNEVEN_END']), message: z.string() }),
    ),
  })
  .openapi('Split');

const noTallies: Tallies = { result: {}, outcome: {}, attempt: {} };

/** @returns summaries in the order given, with two queries however many */
export async function summariseSplits(
  db: Database,
  accountId: number,
  splits: readonly SplitRow[],
): Promise<z.input<typeof splitSummary>[]> {
  const rows = await requestsOfSplits(db, { accountId, splitIds: splits.map(({ id }) => id) });
  const tallies = await readTallies(db, { accountId, requestIds: rows.map(({ id }) => id) });
  return splits.map(({ id, name, salt, createdBy, createdAt, arms }) => ({
    ...{ id, name, salt, createdBy, createdAt },
    arms: rows
      .filter((row) => row.splitId === id)
      .flatMap((row) => {
        const of = arms[row.splitArm ?? 0];
        return of ? [{ ...of, request: summarise(row, tallies.get(row.id) ?? noTallies) }] : [];
      }),
  }));
}

const show = (one: Proportion): z.input<typeof proportion> => ({
  ...one,
  share: shareOf(one),
  ...wilson(one),
});

/** The widgets of a definition that fill a variable with keys. */
export function askingWidgets(definition: unknown, variable: string): AskingWidget[] {
  const { widgets = {} } = definition as { widgets?: Record<string, Record<string, unknown>> };
  return Object.entries(widgets).flatMap(([widget, fields]): AskingWidget[] => {
    if (fields.variable !== variable) return [];
    if (fields.type === 'menu') {
      return [{ widget, least: 1, most: 1, keys: Object.keys((fields.branches ?? {}) as object) }];
    }
    if (fields.type !== 'gather') return [];
    return [
      { widget, least: Number(fields.minDigits ?? 1), most: Number(fields.maxDigits ?? 1), keys: null },
    ];
  });
}

async function valuesOf(db: Database, row: RequestRow, variable: string): Promise<Map<string, number>> {
  const { accountId, flowId, flowVersion: version, id: requestId } = row;
  const found = await getFlowVersion(db, { accountId, flowId, version });
  const widgets = askingWidgets(found?.definition ?? {}, variable);
  const counted = await countValues(db, { accountId, requestId, variable, widgets });
  return new Map(counted.map(({ value, count }) => [value, count]));
}

type Arm = z.input<typeof arm>;

async function armOf(
  db: Database,
  about: { row: RequestRow; name: string; weight: number; tallies: Tallies },
  goal: { variable: string | undefined; value: string | undefined },
): Promise<Arm> {
  const { row, name, weight, tallies } = about;
  const request = summarise(row, tallies);
  const { ANSWERED = 0, MACHINE = 0 } = tallies.outcome;
  const of = request.completed;
  const values = goal.variable === undefined ? undefined : await valuesOf(db, row, goal.variable);
  const all = [...(values?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  const did = goal.value === undefined ? all : (values?.get(goal.value) ?? 0);
  return {
    ...{ name, weight, request },
    // People are counted before their calls are, so a look between the two may see more of them.
    reached: show({ count: ANSWERED + MACHINE, of }),
    answered: show({ count: ANSWERED, of }),
    converted: values ? show({ count: Math.min(did, of), of }) : null,
    values: values ? Object.fromEntries(values) : null,
  };
}

function compareWithFirst(arms: readonly Arm[]): z.input<typeof comparison>[] {
  const [first, ...others] = arms;
  if (!first) return [];
  const z = quantileFor(Math.max(1, others.length));
  return MEASURES.flatMap((measure: Measure) =>
    others.flatMap((other) => {
      const [mine, theirs] = [other[measure], first[measure]];
      if (!mine || !theirs) return [];
      const { estimate = null, low = null, high = null } = difference(mine, theirs, z) ?? {};
      const verdict = verdictOf(mine, theirs, z);
      return [{ arm: other.name, against: first.name, measure, difference: estimate, low, high, verdict }];
    }),
  );
}

/** The split with what came of each arm. Reads the journeys of all its people when a variable is asked about. */
export async function compareSplit(
  db: Database,
  split: SplitRow,
  goal: { variable: string | undefined; value: string | undefined },
): Promise<z.input<typeof splitDetail>> {
  const { accountId, id, name, salt, createdBy, createdAt } = split;
  const rows = await requestsOfSplits(db, { accountId, splitIds: [id] });
  const tallies = await readTallies(db, { accountId, requestIds: rows.map((row) => row.id) });
  const arms: Arm[] = [];
  for (const row of rows) {
    const of = split.arms[row.splitArm ?? 0];
    if (of) arms.push(await armOf(db, { row, ...of, tallies: tallies.get(row.id) ?? noTallies }, goal));
  }
  const final = rows.every(({ status }) => isFinal(status));
  const codes = [
    ...(final ? [] : (['STILL_RUNNING'] as const)),
    ...(arms.some((one) => isTooFew(one.converted ?? one.answered)) ? (['FEW_PEOPLE'] as const) : []),
    ...(rows.some(({ status }) => isFinal(status) && status !== 'COMPLETED')
      ? (['UNEVEN_END'] as const)
      : []),
  ];
  return {
    ...{ id, name, salt, createdBy, createdAt, final },
    variable: goal.variable ?? null,
    value: goal.value ?? null,
    arms,
    comparisons: compareWithFirst(arms),
    cautions: codes.map((code) => ({ code, message: CAUTIONS[code] })),
  };
}
