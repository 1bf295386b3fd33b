/** Steering a request that is under way: pause, resume, cancel, close, and changes to its end time and policy. */
import { z } from '@hono/zod-openapi';
import {
  addPolicyVersion,
  getPolicy,
  lockRequest,
  type RequestRow,
  steerRequest,
} from '../../db/queries/requests.ts';
import { isFinal } from '../../domain/outcome.ts';
import { callingHours, type RequestPolicy, requestPolicy, retryRule } from '../../domain/policy.ts';
import { type SpreadOver, stopped } from '../../domain/spread.ts';
import { type Api, type ChangeCall, change } from '../endpoint.ts';
import { ApiError, type ErrorCode, fromZod, notFound } from '../errors.ts';
import { readTimes } from '../request-options.ts';
import { detail, requestDetail } from '../request-view.ts';
import { idParam } from '../schemas.ts';
import { readSpread, spreadOption } from '../spread-option.ts';
import { requireRequest } from './requests.ts';

type Steered = Parameters<typeof steerRequest>[1];
type Move = Pick<Steered, 'set' | 'event' | 'data'>;
type Id = z.output<typeof idParam>;

/** Locks the account's request and refuses what no ended request can do. @throws ApiError NOT_FOUND, REQUEST_ENDED */
async function lockRunning(call: ChangeCall<Id, unknown, unknown>): Promise<RequestRow> {
  const row = await lockRequest(call.db, { accountId: call.account.id, requestId: call.params.id });
  if (!row) throw notFound('request');
  if (isFinal(row.status)) throw new ApiError('REQUEST_ENDED', `The request has ended: it is ${row.status}.`);
  return row;
}

/** Carries out one move and answers the request as it is then. No move: nothing was to be done. */
async function steer(
  api: Api,
  call: ChangeCall<Id, unknown, unknown>,
  action: string,
  move: Move | undefined,
): Promise<z.input<typeof requestDetail>> {
  const key = { accountId: call.account.id, requestId: call.params.id };
  if (move) {
    await steerRequest(call.db, { ...key, ...move });
    await call.audit(`request.${action}`, `request/${key.requestId}`, move.data);
    call.notify(key.requestId);
  }
  return detail(call.db, api.deps.links, await requireRequest(call.db, key));
}

const notWhileCancelling = (row: RequestRow): void => {
  if (row.cancelledAt) throw new ApiError('REQUEST_CANCELLING', 'The request is being cancelled.');
};

/** What each word does to a running request. */
const MOVES: Record<
  'pause' | 'resume' | 'cancel' | 'close',
  { summary: string; description: string; errors: ErrorCode[]; move(row: RequestRow): Move | undefined }
> = {
  pause: {
    summary: 'Pause: nothing new begins',
    description: 'What has begun is allowed to end.',
    errors: ['REQUEST_ENDED', 'REQUEST_CANCELLING', 'REQUEST_ALREADY_PAUSED'],
    move(row) {
      notWhileCancelling(row);
      if (row.status === 'PAUSED')
        throw new ApiError('REQUEST_ALREADY_PAUSED', 'The request is paused already.');
      return { set: { status: 'PAUSED', pausedAt: new Date() }, event: 'PAUSED' };
    },
  },
  resume: {
    summary: 'Resume a paused request',
    description: 'Goes on where it was: nobody is called again for having been called before the pause.',
    errors: ['REQUEST_ENDED', 'REQUEST_CANCELLING', 'REQUEST_NOT_PAUSED'],
    move(row) {
      notWhileCancelling(row);
      if (row.status !== 'PAUSED') throw new ApiError('REQUEST_NOT_PAUSED', `The request is ${row.status}.`);
      return {
        set: {
          status: row.startedAt ? 'IN_PROCESS' : 'SCHEDULED',
          pausedAt: null,
          ...(row.spreadPlan && { spreadPlan: stopped(row.spreadPlan, row.pausedAt ?? new Date()) }),
        },
        event: 'RESUMED',
      };
    },
  },
  cancel: {
    summary: 'Cancel: nothing new begins, for good',
    description:
      'Calls in progress are allowed to end; then the status becomes CANCELLED. Until then `cancelRequestedAt` says that it was asked for. Asking again changes nothing.',
    errors: ['REQUEST_ENDED'],
    move(row) {
      if (row.cancelledAt) return undefined;
      return { set: { cancelledAt: new Date() }, event: 'CANCEL_REQUESTED' };
    },
  },
  close: {
    summary: 'Close an open request: no more records come',
    description: 'It completes when every record has ended. Closing a closed one changes nothing.',
    errors: ['REQUEST_ENDED', 'REQUEST_NOT_OPEN'],
    move(row) {
      if (!row.open) throw new ApiError('REQUEST_NOT_OPEN', 'The request was not created as an open one.');
      if (row.closedAt) return undefined;
      return { set: { closedAt: new Date() }, event: 'CLOSED' };
    },
  },
};

/** Parts of a policy that may be changed while a request runs, and given to a clone. */
export const policyParts = {
  callingDays: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
  callingHours: callingHours.nullable().optional(),
  retries: z
    .strictObject({ BUSY: retryRule, NO_ANSWER: retryRule, FAILED: retryRule, MACHINE: retryRule })
    .partial()
    .optional(),
  concurrency: z.int().min(1).max(10_000).optional(),
  callsPerSecond: z.number().positive().max(10_000).optional(),
};

const changes = z
  .strictObject({
    endAt: z.string().max(40).nullable().optional().openapi({ format: 'date-time' }),
    ...policyParts,
    spreadOver: spreadOption.nullable().optional().openapi({
      description: 'Lays those not called yet over the hours anew; null lets them be called at once.',
    }),
  })
  .refine((given) => Object.keys(given).length > 0, 'give at least one field to change')
  .openapi('RequestChanges');

/** The policy with the parts given put in their places. @throws ApiError INVALID_INPUT */
export function edited(
  policy: RequestPolicy,
  parts: {
    retries?: Partial<RequestPolicy['retries']> | undefined;
    spreadOver?: SpreadOver | null | undefined;
  },
): RequestPolicy {
  const retries = { ...policy.retries, ...parts.retries };
  const parsed = requestPolicy.safeParse({ ...policy, ...parts, retries });
  if (!parsed.success) throw fromZod(parsed.error);
  return parsed.data;
}

async function edit(call: ChangeCall<Id, unknown, z.output<typeof changes>>, row: RequestRow): Promise<Move> {
  const { endAt: endText, spreadOver, ...parts } = call.body;
  const key = { accountId: row.accountId, requestId: row.id };
  const about = { zone: call.account.timeZone, now: new Date() };
  const move = { set: {} as Move['set'], event: 'CHANGED', data: { fields: Object.keys(call.body) } };
  if (endText !== undefined) {
    const { endAt } = readTimes({ endAt: endText ?? undefined }, call.account.timeZone, new Date());
    if (endAt && row.startAt && endAt <= row.startAt) {
      throw new ApiError('INVALID_INPUT', 'endAt: must be after startAt', [
        { field: 'endAt', message: 'must be after startAt' },
      ]);
    }
    move.set.endAt = endAt;
  }
  const open = row.open && row.closedAt === null;
  const spread = spreadOver && readSpread(spreadOver, { ...row, ...move.set, ...about, open });
  if (Object.keys(parts).length > 0 || spreadOver !== undefined) {
    const policy = await getPolicy(call.db, { ...key, version: row.policyVersion });
    if (!policy) throw new Error(`request ${row.id} has no policy ${row.policyVersion}`);
    const version = row.policyVersion + 1;
    await addPolicyVersion(call.db, {
      ...key,
      version,
      policy: edited(policy, { ...parts, ...(spreadOver !== undefined && { spreadOver: spread }) }),
      createdBy: call.caller.actor,
    });
    move.set.policyVersion = version;
  }
  return move;
}

export function requestControlRoutes(api: Api): void {
  for (const [word, { summary, description, errors, move }] of Object.entries(MOVES)) {
    change(
      api,
      {
        method: 'post',
        path: `/requests/{id}/${word}`,
        tag: 'Requests',
        summary,
        description,
        scope: 'requests:write',
        params: idParam,
        reply: requestDetail,
        errors,
      },
      async (call) => steer(api, call, word, move(await lockRunning(call))),
    );
  }
  change(
    api,
    {
      method: 'patch',
      path: '/requests/{id}',
      tag: 'Requests',
      summary: 'Change the end time or parts of the policy',
      description:
        'A change of policy is a new version; attempts that begin from now on run under it and name it. `retries` may name some outcomes only.',
      scope: 'requests:write',
      params: idParam,
      body: changes,
      reply: requestDetail,
      errors: ['REQUEST_ENDED', 'REQUEST_CANCELLING'],
    },
    async (call) => {
      const row = await lockRunning(call);
      notWhileCancelling(row);
      return steer(api, call, 'change', await edit(call, row));
    },
  );
}
