/** Calling again those whom an ended request did not reach, as a new request. */
import { z } from '@hono/zod-openapi';
import { getFlow } from '../../db/queries/flows.ts';
import { listEndedRecords } from '../../db/queries/records.ts';
import { getPolicy, type RequestRow } from '../../db/queries/requests.ts';
import { isFinal, type Outcome } from '../../domain/outcome.ts';
import { addRecordsTo, type RecordInput } from '../add-records.ts';
import { makeRequest, planRequests } from '../create-requests.ts';
import { type Api, type ChangeCall, change } from '../endpoint.ts';
import { ApiError, notFound } from '../errors.ts';
import { requestOptions } from '../request-options.ts';
import { requestSummary, summariseAll } from '../request-view.ts';
import { idParam } from '../schemas.ts';
import { requireRequest } from './requests.ts';

/**
 * Outcomes that leave a person unreached. Not among them: ANSWERED, DELIVERED and SENT reached them;
 * COMPLAINED asked for no more; UNKNOWN may have reached them, and is added where the request's policy
 * tries unknown attempts again.
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

/** Records read and added at a time. */
const AT_ONCE = 5_000;

const body = z
  .strictObject({
    startAt: requestOptions.startAt,
    endAt: requestOptions.endAt,
    statusEmails: requestOptions.statusEmails,
  })
  .openapi('RetryOptions');
type Call = ChangeCall<z.output<typeof idParam>, unknown, z.output<typeof body>>;

async function outcomesToRetry(call: Call, row: RequestRow): Promise<Outcome[]> {
  const key = { accountId: row.accountId, requestId: row.id };
  const policy = await getPolicy(call.db, { ...key, version: row.policyVersion });
  return policy?.onUnknown === 'RETRY' ? [...FAILURES, 'UNKNOWN'] : [...FAILURES];
}

/** Copies the unreached from one request to the other; each is decided anew. @returns how many */
async function copyFailures(api: Api, call: Call, from: RequestRow, requestId: number): Promise<number> {
  const { db, account } = call;
  const outcomes = await outcomesToRetry(call, from);
  let copied = 0;
  let afterRow = 0;
  for (;;) {
    const rows = await listEndedRecords(db, {
      accountId: account.id,
      requestId: from.id,
      outcomes,
      afterRow,
      limit: AT_ONCE,
    });
    const last = rows.at(-1);
    if (!last) return copied;
    const records = rows.map(
      (row): RecordInput => ({ number: row.number ?? row.given, variables: row.variables ?? {} }),
    );
    await addRecordsTo(db, api.deps, { account, requestId, records });
    copied += rows.length;
    afterRow = last.row;
  }
}

export function retryRoutes(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/requests/{id}/retry-failures',
      tag: 'Requests',
      summary: 'Call the unreached again, as a new request',
      description: `Takes the records of an ended request whose last outcome is one of ${FAILURES.join(', ')}; UNKNOWN too where the request's policy tries unknown attempts again. Each is checked against blacklist and register anew. The new request runs the flow as it is published now.`,
      scope: 'requests:write',
      params: idParam,
      body,
      status: 202,
      reply: z.object({ requests: z.array(requestSummary) }),
      errors: ['REQUEST_NOT_ENDED', 'NOTHING_TO_RETRY', 'FLOW_NOT_RUNNABLE', 'NOT_WHITELISTED'],
    },
    async (call) => {
      const { db, account, caller, params } = call;
      const from = await requireRequest(db, { accountId: account.id, requestId: params.id });
      if (!isFinal(from.status)) throw new ApiError('REQUEST_NOT_ENDED', `The request is ${from.status}.`);
      const flow = await getFlow(db, { accountId: account.id, flowId: from.flowId });
      if (!flow) throw notFound('flow');
      const plan = await planRequests(call, { account, actor: caller.actor, flow, options: call.body });
      if (plan.notRunnable !== undefined) throw new ApiError('FLOW_NOT_RUNNABLE', plan.notRunnable);
      const requestId = await makeRequest(call, plan, { source: 'retry' });
      if ((await copyFailures(api, call, from, requestId)) === 0) {
        throw new ApiError('NOTHING_TO_RETRY', 'No record of the request failed.');
      }
      const made = await requireRequest(db, { accountId: account.id, requestId });
      return { requests: await summariseAll(db, account.id, [made]) };
    },
  );
}
