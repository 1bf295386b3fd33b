/** A request as the API shows it: its row and its counters, and nothing that needs a count over records. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../db/client.ts';
import { countOpenAttempts } from '../db/queries/attempts.ts';
import { listDerived } from '../db/queries/request-lineage.ts';
import { getPolicy, type RequestRow, readTallies, type Tallies } from '../db/queries/requests.ts';
import {
  FILE_REJECTIONS,
  FLOW_TYPES,
  OUTCOMES,
  REQUEST_SOURCES,
  REQUEST_STATUSES,
} from '../domain/outcome.ts';
import { requestFields } from '../domain/policy.ts';
import { requestWorkflowId } from '../workflows/contract.ts';
import type { Deps } from './context.ts';
import { maybeMoment, moment } from './schemas.ts';
import { showSpread, spreadView } from './spread-option.ts';

const counts = z.record(z.string(), z.int());

const summaryShape = {
  id: z.int(),
  status: z.enum(REQUEST_STATUSES),
  flowType: z.enum(FLOW_TYPES),
  flowId: z.int(),
  flowName: z.string(),
  flowVersion: z.int(),
  source: z
    .enum(REQUEST_SOURCES)
    .openapi({ description: '`test`: a test call, with which no statistics reckon.' }),
  fromRequestId: z
    .int()
    .nullable()
    .openapi({ description: 'The request whose people these are: of a `retry` or a `clone`.' }),
  split: z
    .object({ id: z.int(), arm: z.int().openapi({ description: 'From 0.' }) })
    .nullable()
    .openapi({ description: 'The split it is an arm of.' }),
  fileName: z.string().nullable(),
  loaded: z.int().openapi({ description: 'Rows found in the list.' }),
  added: z.int().openapi({ description: 'Rows accepted. loaded = added + rejected.' }),
  completed: z.int().openapi({ description: 'Accepted rows that have ended.' }),
  completionPercent: z
    .number()
    .openapi({ description: 'Completed of added, rounded down to two decimals: 100 means all.' }),
  rejected: counts.openapi({ description: 'Rejected rows by result.' }),
  outcomes: counts.openapi({ description: 'Ended rows by outcome.' }),
  attempts: counts.openapi({ description: 'Settled attempts by outcome.' }),
  rejection: z
    .object({ code: z.enum(FILE_REJECTIONS), detail: z.string() })
    .nullable()
    .openapi({ description: 'Why the whole file was turned away.' }),
  open: z.boolean().openapi({ description: 'Takes more records.' }),
  startAt: maybeMoment,
  endAt: maybeMoment,
  nextDueAt: maybeMoment.openapi({ description: 'What it waits for.' }),
  waitingFor: z
    .object({ reason: z.literal('TRUNK_UNAVAILABLE'), detail: z.string(), since: moment })
    .nullable()
    .openapi({ description: 'Why no call of it begins although calls are due: no line can take them.' }),
  createdAt: moment,
  startedAt: maybeMoment,
  endedAt: maybeMoment,
  pausedAt: maybeMoment,
  cancelRequestedAt: maybeMoment,
};

export const requestSummary = z.object(summaryShape).openapi('RequestSummary');

/** A policy as it is frozen with a request. */
export const policyView = z.strictObject(requestFields.shape).openapi('RequestPolicy');

export const requestDetail = z
  .object({
    ...summaryShape,
    inProgress: z.int().openapi({ description: 'Calls and messages that have begun and not ended.' }),
    statusEmails: z.array(z.string()),
    phoneColumn: z.string().nullable(),
    createdBy: z.string(),
    closedAt: maybeMoment,
    ingestedAt: maybeMoment,
    policyVersion: z.int(),
    policy: policyView,
    derived: z
      .array(
        z.object({
          requestId: z.int(),
          source: z.enum(REQUEST_SOURCES),
          outcomes: z.array(z.enum(OUTCOMES)).nullable(),
          status: z.enum(REQUEST_STATUSES),
          createdAt: moment,
        }),
      )
      .openapi({ description: 'Requests made of its people, newest first: at most 50.' }),
    spread: spreadView.nullable().openapi({
      description: 'How first calls are laid over the hours. Null until it runs, and without `spreadOver`.',
    }),
    links: z.object({
      self: z.string(),
      workflow: z.string().optional().openapi({ description: "The request's history in the Temporal UI." }),
    }),
  })
  .openapi('Request');

const sum = (values: Record<string, number>): number =>
  Object.values(values).reduce((total, count) => total + count, 0);

/** Rounded down, so that 100 is only ever said of a whole. Nothing to do counts as done once it has ended. */
function percent(completed: number, added: number, ended: boolean): number {
  if (added === 0) return ended ? 100 : 0;
  return Math.floor((completed / added) * 10_000) / 100;
}

/** The note is the worker's; while nothing is to be called anyway it says nothing. */
function waitingFor(row: RequestRow): z.input<typeof requestSummary>['waitingFor'] {
  if (row.status !== 'IN_PROCESS' || row.cancelledAt || !row.lineAwaySince) return null;
  return { reason: 'TRUNK_UNAVAILABLE', detail: row.lineAwayWhy ?? '', since: row.lineAwaySince };
}

export function summarise(row: RequestRow, tallies: Tallies): z.input<typeof requestSummary> {
  const { ACCEPTED: _, ...rejected } = tallies.result;
  const completed = sum(tallies.outcome);
  return {
    id: row.id,
    status: row.status,
    flowType: row.flowType,
    flowId: row.flowId,
    flowName: row.flowName,
    flowVersion: row.flowVersion,
    source: row.source,
    fromRequestId: row.fromRequestId,
    split: row.splitId === null ? null : { id: row.splitId, arm: row.splitArm ?? 0 },
    fileName: row.fileName,
    loaded: row.loaded,
    added: row.added,
    completed,
    completionPercent: percent(completed, row.added, row.status === 'COMPLETED'),
    rejected,
    outcomes: tallies.outcome,
    attempts: tallies.attempt,
    rejection: row.rejection && { code: row.rejection, detail: row.rejectionDetail ?? '' },
    open: row.open && row.closedAt === null && row.endedAt === null,
    startAt: row.startAt,
    endAt: row.endAt,
    nextDueAt: row.nextDueAt,
    waitingFor: waitingFor(row),
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    pausedAt: row.pausedAt,
    cancelRequestedAt: row.cancelledAt,
  };
}

const noTallies: Tallies = { result: {}, outcome: {}, attempt: {} };

/** Several requests with their counters, in the order given: two queries however many. */
export async function summariseAll(
  db: Database,
  accountId: number,
  rows: readonly RequestRow[],
): Promise<z.input<typeof requestSummary>[]> {
  const tallies = await readTallies(db, { accountId, requestIds: rows.map((row) => row.id) });
  return rows.map((row) => summarise(row, tallies.get(row.id) ?? noTallies));
}

export async function detail(
  db: Database,
  links: Deps['links'],
  row: RequestRow,
): Promise<z.input<typeof requestDetail>> {
  const { id: requestId, accountId } = row;
  const [[summary], policy, inProgress, derived] = await Promise.all([
    summariseAll(db, accountId, [row]),
    getPolicy(db, { accountId, requestId, version: row.policyVersion }),
    countOpenAttempts(db, { accountId, requestId }),
    listDerived(db, { accountId, requestId, limit: 50 }),
  ]);
  if (!summary || !policy) throw new Error(`request ${requestId} has no policy ${row.policyVersion}`);
  const workflow =
    links.temporalUi &&
    `${links.temporalUi.replace(/\/$/, '')}/namespaces/default/workflows/${encodeURIComponent(requestWorkflowId(requestId))}`;
  return {
    ...summary,
    inProgress,
    statusEmails: row.statusEmails,
    phoneColumn: row.phoneColumn,
    createdBy: row.createdBy,
    closedAt: row.closedAt,
    ingestedAt: row.ingestedAt,
    policyVersion: row.policyVersion,
    policy,
    derived,
    spread: showSpread(row),
    links: { self: `/api/v1/requests/${requestId}`, ...(workflow && { workflow }) },
  };
}
