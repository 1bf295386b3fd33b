/** Running a request again, whole or in part: a new one with the same people and options. */
import { z } from '@hono/zod-openapi';
import { getPolicy, type RequestRow } from '../../db/queries/requests.ts';
import { isFinal, OUTCOMES, ROW_RESULTS, type RowResult } from '../../domain/outcome.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { copyRows } from '../copy-rows.ts';
import { makeRequest, planRequests, type RequestPlan } from '../create-requests.ts';
import { type Api, type ChangeCall, change } from '../endpoint.ts';
import { ApiError, invalid } from '../errors.ts';
import { edited, policyParts, requireCalendars } from '../policy-parts.ts';
import { chooseFlow, requestOptions } from '../request-options.ts';
import { requestSummary, summariseAll } from '../request-view.ts';
import { idParam } from '../schemas.ts';
import { requireRequest } from './requests.ts';

/** A malformed row is not kept as it stood, so it cannot be read again. */
const CLONED_RESULTS = ROW_RESULTS.filter((result) => result !== 'MALFORMED_ROW');

const { flowId, flowName, startAt, endAt, statusEmails, open, spreadOver } = requestOptions;
const body = z
  .strictObject({
    flowId,
    flowName,
    startAt,
    endAt,
    statusEmails,
    open,
    spreadOver,
    policy: z.strictObject(policyParts).optional().openapi({ description: 'Parts of the policy to change.' }),
    only: z
      .strictObject({
        results: z.array(z.enum(CLONED_RESULTS)).min(1).optional(),
        outcomes: z.array(z.enum(OUTCOMES)).min(1).optional(),
      })
      .optional()
      .openapi({
        description: 'Rows with one of these results; accepted rows that ended so. Absent: all rows.',
      }),
  })
  .openapi('CloneOptions');
type Given = z.output<typeof body>;
type Call = ChangeCall<z.output<typeof idParam>, unknown, Given>;

const made = z
  .object({
    requests: z.array(requestSummary),
    malformedLeftOut: z
      .int()
      .openapi({ description: 'Rows that could not be read the first time, and are not taken.' }),
  })
  .openapi('CloneMade');

/** @throws ApiError IS_A_TEST, LIST_NOT_READ, REQUEST_NOT_ENDED, INVALID_INPUT */
function requireCloneable(row: RequestRow, { only }: Given): void {
  if (row.source === 'test') throw new ApiError('IS_A_TEST', 'It is a test call. Ask for another one.');
  if (!row.ingestedAt) throw new ApiError('LIST_NOT_READ', 'Try again shortly.');
  if (!only?.outcomes) return;
  if (only.results && !only.results.includes('ACCEPTED')) {
    throw invalid('only.outcomes', 'only accepted rows have outcomes, and results leaves them out');
  }
  if (!isFinal(row.status)) {
    throw new ApiError('REQUEST_NOT_ENDED', `The request is ${row.status}; its outcomes are not final.`);
  }
}

/**
 * The policy of the clone: that of the request as it stands, edits among them, or of another flow its own; then the
 * parts given. What the account and the flow's kind decide is as it is now.
 */
async function policyOf(call: Call, from: RequestRow, plan: RequestPlan): Promise<RequestPolicy> {
  const { db, body: given } = call;
  const key = { accountId: from.accountId, requestId: from.id, version: from.policyVersion };
  const before = plan.flow.id === from.flowId ? await getPolicy(db, key) : undefined;
  const { timeZone, homeRegion, promotional, whitelistedOnly, spreadOver } = plan.policy;
  const fresh = { timeZone, homeRegion, promotional, whitelistedOnly };
  // A moment of the first run is past by now; hours are an option like any other.
  const kept = before?.spreadOver && 'hours' in before.spreadOver && !plan.open ? before.spreadOver : null;
  const base = before ? { ...before, ...fresh, spreadOver: spreadOver ?? kept } : plan.policy;
  await requireCalendars(db, from.accountId, given.policy?.holidayCalendars ?? [], 'policy.holidayCalendars');
  return given.policy ? edited(base, given.policy) : base;
}

async function clone(api: Api, call: Call): Promise<z.input<typeof made>> {
  const { db, account, caller, params, body: given } = call;
  const from = await requireRequest(db, { accountId: account.id, requestId: params.id });
  requireCloneable(from, given);
  const { only, policy: _, ...options } = given;
  const choice =
    options.flowId === undefined && options.flowName === undefined ? { flowId: from.flowId } : options;
  const flow = await chooseFlow(db, account, choice);
  const plan = await planRequests(call, {
    account,
    actor: caller.actor,
    flow,
    options: { statusEmails: from.statusEmails, ...options },
  });
  if (plan.notRunnable !== undefined) throw new ApiError('FLOW_NOT_RUNNABLE', plan.notRunnable);
  const requestId = await makeRequest(
    call,
    { ...plan, policy: await policyOf(call, from, plan) },
    { source: 'clone', from: { requestId: from.id, outcomes: only?.outcomes ?? null } },
  );
  const results: RowResult[] = only?.outcomes ? ['ACCEPTED'] : (only?.results ?? CLONED_RESULTS);
  const taken = await copyRows(
    api,
    call,
    { requestId: from.id, results, outcomes: only?.outcomes },
    requestId,
  );
  const rows = [...taken.values()].reduce((sum, count) => sum + count, 0);
  if (rows === 0) throw new ApiError('NOTHING_TO_CLONE', 'The request has no rows of this choice.');
  const row = await requireRequest(db, { accountId: account.id, requestId });
  return {
    requests: await summariseAll(db, account.id, [row]),
    malformedLeftOut: only ? 0 : from.loaded - rows,
  };
}

export function cloneRoutes(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/requests/{id}/clone',
      tag: 'Requests',
      summary: 'The same people again, as a new request',
      description:
        "Takes the rows of the request, accepted and rejected, and decides each anew. The clone has the request's status addresses and its policy as it stands, edits among them; it runs the flow as it is published now, and starts at once unless `startAt` is given. `flowId` or `flowName` names another flow, which then brings its own policy. The two name each other (`fromRequestId`, `derived`).",
      scope: 'requests:write',
      params: idParam,
      body,
      status: 202,
      reply: made,
      errors: [
        ...(['REQUEST_NOT_ENDED', 'LIST_NOT_READ', 'NOTHING_TO_CLONE', 'IS_A_TEST'] as const),
        ...(['UNKNOWN_FLOW', 'FLOW_NOT_RUNNABLE', 'NOT_WHITELISTED'] as const),
      ],
    },
    async (call) => clone(api, call),
  );
}
