/** Calling again those whom an ended request did not reach, as a new request. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import { getFlow } from '../../db/queries/flows.ts';
import { type DerivedRequest, listDerived } from '../../db/queries/request-lineage.ts';
import { lockRequest, type RequestKey, type RequestRow, readTallies } from '../../db/queries/requests.ts';
import { isFinal, OUTCOMES, type Outcome } from '../../domain/outcome.ts';
import { copyRows } from '../copy-rows.ts';
import { makeRequest, planRequests } from '../create-requests.ts';
import { type Api, type ChangeCall, change, read } from '../endpoint.ts';
import { ApiError, notFound } from '../errors.ts';
import { requestOptions } from '../request-options.ts';
import { requestSummary, summariseAll } from '../request-view.ts';
import { idParam, moment } from '../schemas.ts';
import { requireRequest } from './requests.ts';

/**
 * Outcomes that leave a person unreached. Not among them: ANSWERED, DELIVERED and SENT reached them;
 * COMPLAINED asked for no more; UNKNOWN may have reached them, and is added only where it is asked for.
 */
const FAILURES = [
  'BUSY',
  'NO_ANSWER',
  'DECLINED',
  'INVALID',
  'FAILED',
  'MACHINE',
  'ABANDONED',
  'BLOCKED',
  'CANCELLED',
  'EXPIRED',
  'UNDELIVERED',
  'REJECTED',
  'BOUNCED',
] as const satisfies readonly Outcome[];

/** Retries of one request that are looked at: one for each outcome, and as many again. */
const MOST_RETRIES = 50;

const body = z
  .strictObject({
    startAt: requestOptions.startAt,
    endAt: requestOptions.endAt,
    statusEmails: requestOptions.statusEmails,
    spreadOver: requestOptions.spreadOver,
    outcomes: z
      .array(z.enum(FAILURES))
      .min(1)
      .optional()
      .openapi({ description: 'Only people who ended so. Absent: every outcome that reached nobody.' }),
    includeUnknown: z.boolean().optional().openapi({
      description:
        'Also those whose call ended nobody knows how: they may have been reached. The reply says how many there are.',
    }),
    again: z
      .boolean()
      .optional()
      .openapi({ description: 'Although an earlier retry of the request calls these people already.' }),
  })
  .openapi('RetryOptions');
type Call = ChangeCall<z.output<typeof idParam>, unknown, z.output<typeof body>>;

const counts = z.record(z.string(), z.int());
const preview = z
  .object({
    failures: counts.openapi({ description: 'People by the outcome that left them unreached.' }),
    unknown: z
      .int()
      .openapi({ description: 'People who may have been reached: `includeUnknown` takes them.' }),
    retries: z
      .array(
        z.object({ requestId: z.int(), outcomes: z.array(z.enum(OUTCOMES)).nullable(), createdAt: moment }),
      )
      .openapi({ description: 'Requests that call some of them again already, newest first.' }),
  })
  .openapi('RetryPreview');
const made = z
  .object({
    requests: z.array(requestSummary),
    taken: counts.openapi({ description: 'People of the ended request that the new one has, by outcome.' }),
    unknownLeftOut: z.int().openapi({ description: 'People who may have been reached and were left alone.' }),
  })
  .openapi('RetryMade');

/** People of an ended request by the outcome they ended with. */
async function endedBy(db: Database, key: RequestKey): Promise<Record<string, number>> {
  const tallies = await readTallies(db, { accountId: key.accountId, requestIds: [key.requestId] });
  return tallies.get(key.requestId)?.outcome ?? {};
}

const pick = (from: Record<string, number>, outcomes: readonly Outcome[]): Record<string, number> =>
  Object.fromEntries(outcomes.flatMap((one) => (from[one] ? [[one, from[one]]] : [])));

/** @throws ApiError REQUEST_NOT_ENDED, IS_A_TEST */
export function requireRetryable(row: RequestRow): void {
  if (row.source === 'test') throw new ApiError('IS_A_TEST', 'It is a test call. Ask for another one.');
  if (!isFinal(row.status)) throw new ApiError('REQUEST_NOT_ENDED', `The request is ${row.status}.`);
}

/** Outcomes asked for that somebody ended with. @throws ApiError NOTHING_TO_RETRY */
function chosen(given: z.output<typeof body>, ended: Record<string, number>): Outcome[] {
  const { outcomes = FAILURES, includeUnknown = false } = given;
  const wanted: Outcome[] = [...outcomes, ...(includeUnknown ? (['UNKNOWN'] as const) : [])];
  const found = [...new Set(wanted)].filter((outcome) => (ended[outcome] ?? 0) > 0);
  if (found.length > 0) return found;
  const unknown = ended.UNKNOWN ?? 0;
  const detail = given.outcomes
    ? `No record of the request ended as ${given.outcomes.join(', ')}.`
    : unknown > 0
      ? `No record of the request failed. ${unknown} ended as UNKNOWN: these people may have been reached; includeUnknown takes them.`
      : 'No record of the request failed.';
  throw new ApiError('NOTHING_TO_RETRY', detail);
}

/**
 * Two people who click at once must not have anybody called twice: whoever comes second finds what the first has made.
 * @throws ApiError ALREADY_RETRIED, naming the request
 */
function requireUntaken(earlier: readonly DerivedRequest[], outcomes: readonly Outcome[]): void {
  const errors = outcomes.flatMap((outcome) => {
    const by = earlier.find((one) => one.outcomes === null || one.outcomes.includes(outcome));
    return by
      ? [{ field: outcome, message: `called again by request ${by.requestId}`, by: by.requestId }]
      : [];
  });
  if (errors.length === 0) return;
  const requests = [...new Set(errors.map(({ by }) => by))].join(', ');
  const left = outcomes.filter((outcome) => !errors.some(({ field }) => field === outcome));
  const others = left.length > 0 ? ` Not called again yet: ${left.join(', ')}.` : '';
  throw new ApiError(
    'ALREADY_RETRIED',
    `Request ${requests} calls these people again already.${others} To call those whom it did not reach, retry it; \`again\` calls all of them once more.`,
    errors.map(({ field, message }) => ({ field, message })),
  );
}

async function retry(api: Api, call: Call): Promise<z.input<typeof made>> {
  const { db, account, caller, params } = call;
  const key = { accountId: account.id, requestId: params.id };
  const from = await lockRequest(db, key);
  if (!from) throw notFound('request');
  requireRetryable(from);
  const ended = await endedBy(db, key);
  const outcomes = chosen(call.body, ended);
  if (!call.body.again) {
    requireUntaken(await listDerived(db, { ...key, source: 'retry', limit: MOST_RETRIES }), outcomes);
  }
  const flow = await getFlow(db, { accountId: account.id, flowId: from.flowId });
  if (!flow) throw notFound('flow');
  const plan = await planRequests(call, { account, actor: caller.actor, flow, options: call.body });
  if (plan.notRunnable !== undefined) throw new ApiError('FLOW_NOT_RUNNABLE', plan.notRunnable);
  const requestId = await makeRequest(call, plan, {
    source: 'retry',
    from: { requestId: from.id, outcomes },
  });
  const taken = await copyRows(api, call, { requestId: from.id, outcomes }, requestId);
  const row = await requireRequest(db, { accountId: account.id, requestId });
  return {
    requests: await summariseAll(db, account.id, [row]),
    taken: Object.fromEntries([...taken].flatMap(([outcome, count]) => (outcome ? [[outcome, count]] : []))),
    unknownLeftOut: outcomes.includes('UNKNOWN') ? 0 : (ended.UNKNOWN ?? 0),
  };
}

export function retryRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/requests/{id}/retry-failures',
      tag: 'Requests',
      summary: 'Whom a retry would call',
      description: 'Changes nothing. Of a request that has not ended: those who have ended so far.',
      scope: 'requests:read',
      params: idParam,
      reply: preview,
    },
    async ({ db, account, params }) => {
      const key = { accountId: account.id, requestId: params.id };
      await requireRequest(db, key);
      const ended = await endedBy(db, key);
      const retries = await listDerived(db, { ...key, source: 'retry', limit: MOST_RETRIES });
      return {
        failures: pick(ended, FAILURES),
        unknown: ended.UNKNOWN ?? 0,
        retries: retries.map(({ requestId, outcomes, createdAt }) => ({ requestId, outcomes, createdAt })),
      };
    },
  );
  change(
    api,
    {
      method: 'post',
      path: '/requests/{id}/retry-failures',
      tag: 'Requests',
      summary: 'Call the unreached again, as a new request',
      description: `Takes the people of an ended request whose last outcome is one of ${FAILURES.join(', ')}, or of those named. Nobody is taken twice: where an earlier retry of the request calls them again the answer is 409 \`ALREADY_RETRIED\`. Each is checked against blacklist and register anew. The new request runs the flow as it is published now; the two name each other (\`fromRequestId\`, \`derived\`).`,
      scope: 'requests:write',
      params: idParam,
      body,
      status: 202,
      reply: made,
      errors: [
        ...(['REQUEST_NOT_ENDED', 'NOTHING_TO_RETRY', 'ALREADY_RETRIED', 'IS_A_TEST'] as const),
        ...(['FLOW_NOT_RUNNABLE', 'NOT_WHITELISTED'] as const),
      ],
    },
    async (call) => retry(api, call),
  );
}
