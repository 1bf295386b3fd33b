/** One person, now or at a time: asking for the call, and its journey. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { listAttempts } from '../../db/queries/attempts.ts';
import { journeyEntries } from '../../db/queries/journeys.ts';
import { listRecordings } from '../../db/queries/recordings.ts';
import { getRecord, type RecordRow } from '../../db/queries/records.ts';
import { getRequest, type RequestRow } from '../../db/queries/requests.ts';
import {
  type AttemptKey,
  attemptId,
  isCodeAttemptId,
  isInboundAttemptId,
  parseAttemptId,
} from '../../domain/attempt-id.ts';
import { REQUEST_STATUSES } from '../../domain/outcome.ts';
import { addRecordsTo, recordInput } from '../add-records.ts';
import { attemptShape, showAttempt } from '../attempt-view.ts';
import { makeRequest, planRequests } from '../create-requests.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError, notFound } from '../errors.ts';
import { recording, showRecording } from '../recording-view.ts';
import { chooseFlow, requestOptions } from '../request-options.ts';

const newCall = z
  .strictObject({
    flowId: requestOptions.flowId,
    flowName: requestOptions.flowName,
    startAt: requestOptions.startAt,
    endAt: requestOptions.endAt,
    ...recordInput.shape,
  })
  .openapi('NewCall');
const madeCall = z
  .object({
    requestId: z.int(),
    uuid: z.string().openapi({ description: 'Of the first attempt.' }),
    status: z.enum(REQUEST_STATUSES),
  })
  .openapi('MadeCall');

const journeyEntry = z
  .object({
    at: z.string(),
    widget: z.string(),
    widgetType: z.string(),
    event: z.string(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  })
  .openapi('JourneyEntry');
const callDetail = z
  .object({
    ...attemptShape,
    attempts: z
      .array(z.object({ uuid: z.string(), attemptNo: z.int(), outcome: attemptShape.outcome }))
      .openapi({ description: 'All attempts of this person in the request so far, first to last.' }),
    journey: z.array(journeyEntry),
    recordings: z.array(recording),
  })
  .openapi('Call');

function askRoute(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/calls',
      tag: 'Calls',
      summary: 'Call one person, now or at a time',
      description:
        'A number that may not be called is refused with the row result as `code` (`INVALID_NUMBER`, `BLACKLISTED`, `DO_NOT_CALL`, `MISSING_VARIABLE`), and nothing is created.',
      scope: 'requests:write',
      body: newCall,
      status: 202,
      reply: madeCall,
      errors: [
        ...(['UNKNOWN_FLOW', 'FLOW_NOT_RUNNABLE', 'MISSING_NUMBER', 'INVALID_NUMBER'] as const),
        ...(['BLACKLISTED', 'DO_NOT_CALL', 'MISSING_VARIABLE', 'TOO_LATE'] as const),
      ],
    },
    async (call) => {
      const { db, account, caller, body } = call;
      const { number, variables, timezone, ...options } = body;
      const flow = await chooseFlow(db, account, options);
      const plan = await planRequests(call, { account, actor: caller.actor, flow, options });
      if (plan.notRunnable !== undefined) throw new ApiError('FLOW_NOT_RUNNABLE', plan.notRunnable);
      const requestId = await makeRequest(call, plan, { source: 'call' });
      const [record] = await addRecordsTo(db, api.deps, {
        account,
        requestId,
        records: [{ number, variables, timezone }],
        fieldOf: () => 'number',
      });
      if (record?.result !== 'ACCEPTED') {
        const message = record?.detail ?? `the number is refused: ${record?.result}`;
        const fields = { MISSING_VARIABLE: 'variables', MALFORMED_ROW: 'timezone' } as const;
        const field = fields[record?.result as keyof typeof fields] ?? 'number';
        // Thrown, so the request is undone with everything that went with it.
        throw new ApiError(record?.result ?? 'MALFORMED_ROW', `${field}: ${message}`, [{ field, message }]);
      }
      const uuid = attemptId({ requestId, row: record.row, attemptNo: 1, step: 0 });
      return { requestId, uuid, status: 'RECEIVED' as const };
    },
  );
}

/** A call that has not begun: what its request and its record say it will be, or that it never will be made. */
function notBegun(key: AttemptKey, request: RequestRow, record: RecordRow): z.input<typeof callDetail> {
  return {
    uuid: attemptId(key),
    direction: 'out',
    requestId: key.requestId,
    row: key.row,
    attemptNo: key.attemptNo,
    step: key.step,
    medium: 'voice',
    flowId: request.flowId,
    flowName: request.flowName,
    flowType: request.flowType,
    flowVersion: request.flowVersion,
    policyVersion: request.policyVersion,
    number: record.number,
    email: null,
    sender: null,
    provider: null,
    providerRef: null,
    state: record.endedAt ? 'ENDED' : 'SCHEDULED',
    outcome: record.endedAt ? record.outcome : null,
    cause: null,
    keys: null,
    beganAt: null,
    answeredAt: null,
    endedAt: record.endedAt,
    test: request.source === 'test',
    attempts: [],
    journey: [],
    recordings: [],
  };
}

/** What an attempt left behind: the person's journey, and what was recorded. */
async function tracesOf(db: Database, accountId: number, attemptId: string) {
  const [journey, recordings] = await Promise.all([
    journeyEntries(db, { accountId, attemptId }) as Promise<z.input<typeof journeyEntry>[]>,
    listRecordings(db, { accountId, attemptId }),
  ]);
  return { journey, recordings: recordings.map((row) => showRecording(attemptId, row)) };
}

/** A call to us, a message sent from inside one, or a one-time code: no request stands behind it, and nothing is tried again. */
async function findInbound(
  db: Database,
  account: Account,
  uuid: string,
): Promise<z.input<typeof callDetail>> {
  const accountId = account.id;
  const [found] = await listAttempts(db, { accountId, id: uuid.toLowerCase(), limit: 1 });
  if (!found) throw notFound('call');
  const { id, attemptNo, outcome, step } = found;
  return {
    ...showAttempt(found),
    attempts: step === 0 ? [{ uuid: id, attemptNo, outcome }] : [],
    ...(await tracesOf(db, accountId, id)),
  };
}

async function findCall(db: Database, account: Account, uuid: string): Promise<z.input<typeof callDetail>> {
  if (isInboundAttemptId(uuid) || isCodeAttemptId(uuid)) return findInbound(db, account, uuid);
  const key = parseAttemptId(uuid);
  // A request id of 48 bits may be no safe integer of ours, but it is then no request of ours either.
  if (!key) throw notFound('call');
  const accountId = account.id;
  const ofRecord = { accountId, requestId: key.requestId, row: key.row };
  const [[found], request, record, all] = await Promise.all([
    listAttempts(db, { accountId, id: uuid.toLowerCase(), limit: 1 }),
    getRequest(db, ofRecord),
    getRecord(db, ofRecord),
    listAttempts(db, { ...ofRecord, limit: 500 }),
  ]);
  if (!request || !record || record.result !== 'ACCEPTED') throw notFound('call');
  const attempts = all
    .filter((one) => one.row === key.row && one.step === 0)
    .map(({ id, attemptNo, outcome }) => ({ uuid: id, attemptNo, outcome }))
    .sort((a, b) => a.attemptNo - b.attemptNo);
  if (found) {
    return { ...showAttempt(found), attempts, ...(await tracesOf(db, accountId, found.id)) };
  }
  // Of calls to come only the next one is known of; any later id is nobody's yet.
  const next = record.attempts + 1;
  if (key.step !== 0 || key.attemptNo !== next || (record.endedAt && next > 1)) throw notFound('call');
  return { ...notBegun(key, request, record), attempts };
}

export function callRoutes(api: Api): void {
  askRoute(api);
  read(
    api,
    {
      method: 'get',
      path: '/calls/{uuid}',
      tag: 'Calls',
      summary: "One call and the person's journey through the flow",
      description: 'Also before it has begun: its state is then `SCHEDULED`.',
      scope: 'reports:read',
      params: z.object({ uuid: z.guid('must be a UUID') }),
      reply: callDetail,
    },
    async ({ db, account, params }) => findCall(db, account, params.uuid),
  );
}
