/** One person, now or at a time: asking for the call, and its journey. */
import { z } from '@hono/zod-openapi';
import { attemptId } from '../../domain/attempt-id.ts';
import { REQUEST_STATUSES } from '../../domain/outcome.ts';
import { addRecordsTo, recordInput } from '../add-records.ts';
import { callDetail, findCall } from '../call-view.ts';
import { makeRequest, planRequests } from '../create-requests.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError } from '../errors.ts';
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

export function callRoutes(api: Api): void {
  askRoute(api);
  read(
    api,
    {
      method: 'get',
      path: '/calls/{uuid}',
      tag: 'Calls',
      summary: "One call and the person's journey through the flow",
      description:
        'Also before it has begun: its state is then `SCHEDULED`. `journey` and `recordings` are of this call alone; `attempts`, `steps` and `timeline` are of everything that was begun for the person in the request.',
      scope: 'reports:read',
      params: z.object({ uuid: z.guid('must be a UUID') }),
      reply: callDetail,
    },
    async ({ db, account, params }) => findCall(db, account, params.uuid),
  );
}
