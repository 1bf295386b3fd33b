/** Changing a request that is under way, and the versions of its policy: who changed what, and when. */
import { isDeepStrictEqual } from 'node:util';
import { z } from '@hono/zod-openapi';
import {
  addPolicyVersion,
  getPolicy,
  listPolicyVersions,
  type PolicyChange,
  type RequestRow,
} from '../../db/queries/requests.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, type ChangeCall, change, read } from '../endpoint.ts';
import { invalid } from '../errors.ts';
import { edited, policyParts, requireCalendars } from '../policy-parts.ts';
import { readTimes } from '../request-options.ts';
import { policyView, requestDetail } from '../request-view.ts';
import { idParam, moment, pageOf, paging } from '../schemas.ts';
import { readSpread, spreadOption } from '../spread-option.ts';
import { lockRunning, type Move, notWhileCancelling, type RequestId, steer } from '../steering.ts';
import { requireRequest } from './requests.ts';

const time = z.string().max(40).nullable().optional().openapi({ format: 'date-time' });

const changes = z
  .strictObject({
    startAt: time.openapi({ description: 'Only while nobody has been called. Null: at once.' }),
    endAt: time.openapi({ description: 'Null: no end.' }),
    ...policyParts,
    spreadOver: spreadOption
      .nullable()
      .optional()
      .openapi({
        type: ['object', 'null'],
        description: 'Lays those not called yet over the hours anew; null lets them be called at once.',
      }),
  })
  .refine((given) => Object.keys(given).length > 0, 'give at least one field to change')
  .openapi('RequestChanges');
type Given = z.output<typeof changes>;
type Call = ChangeCall<RequestId, unknown, Given>;

const policyVersion = z
  .object({
    version: z.int(),
    createdAt: moment,
    createdBy: z.string().openapi({ description: '`key:<id>`, `user:<id>` or `system`.' }),
    changes: z
      .array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() }))
      .openapi({ description: 'Against the version before. Empty for the first.' }),
    policy: policyView,
  })
  .openapi('PolicyVersion');

/** @throws ApiError INVALID_INPUT naming the field */
function editTimes(call: Call, row: RequestRow): { startAt: Date | null; endAt: Date | null } {
  const { startAt: startText, endAt: endText } = call.body;
  const given = { startAt: startText ?? undefined, endAt: endText ?? undefined };
  const read = readTimes(given, call.account.timeZone, new Date());
  if (startText !== undefined && row.startedAt) throw invalid('startAt', 'the request has begun already');
  const startAt = startText === undefined ? row.startAt : read.startAt;
  const endAt = endText === undefined ? row.endAt : read.endAt;
  if (startAt && endAt && endAt <= startAt) {
    throw endText === undefined
      ? invalid('startAt', 'must be before endAt')
      : invalid('endAt', 'must be after startAt');
  }
  return { startAt, endAt };
}

/** What is different, field by field. */
function changesBetween(
  before: RequestPolicy & { startAt: Date | null; endAt: Date | null },
  after: RequestPolicy & { startAt: Date | null; endAt: Date | null },
): PolicyChange[] {
  const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof typeof after)[];
  return fields
    .map((field) => ({ field, from: plain(before[field]), to: plain(after[field]) }))
    .filter(({ from, to }) => !isDeepStrictEqual(from, to));
}

/** The next version, where anything is different; undefined where the request is as wished already. */
async function edit(call: Call, row: RequestRow): Promise<Move | undefined> {
  const { startAt: _, endAt: __, spreadOver, ...parts } = call.body;
  const key = { accountId: row.accountId, requestId: row.id };
  const { db, account, caller } = call;
  const times = editTimes(call, row);
  await requireCalendars(db, account.id, parts.holidayCalendars ?? []);
  const about = { zone: account.timeZone, now: new Date(), open: row.open && row.closedAt === null };
  const spread = spreadOver && readSpread(spreadOver, { ...row, ...times, ...about });
  const policy = await getPolicy(db, { ...key, version: row.policyVersion });
  if (!policy) throw new Error(`request ${row.id} has no policy ${row.policyVersion}`);
  const next = edited(policy, { ...parts, ...(spreadOver !== undefined && { spreadOver: spread }) });
  const { startAt, endAt } = row;
  const different = changesBetween({ ...policy, startAt, endAt }, { ...next, ...times });
  // Laying people out anew is done even where the wish is the same as before.
  if (different.length === 0 && spreadOver === undefined) return undefined;
  const version = row.policyVersion + 1;
  await addPolicyVersion(db, {
    ...key,
    version,
    policy: next,
    changes: different,
    createdBy: caller.actor,
  });
  const endMoved = times.endAt?.getTime() !== endAt?.getTime();
  return {
    // Those who were late by the end before are not late by the new one.
    set: { policyVersion: version, ...times, ...(endMoved && { lateAt: null }) },
    event: 'CHANGED',
    data: { fields: Object.keys(call.body), policyVersion: version },
  };
}

export function requestEditRoutes(api: Api): void {
  change(
    api,
    {
      method: 'patch',
      path: '/requests/{id}',
      tag: 'Requests',
      summary: 'Change times, hours, pace, retries or holidays',
      description:
        'Each change is a new version of the policy; attempts that begin from now on run under it and name it, those that wait for their turn among them. `retries` may name some outcomes only. What is so already makes no version.',
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
  read(
    api,
    {
      method: 'get',
      path: '/requests/{id}/policies',
      tag: 'Requests',
      summary: 'The versions of its policy, newest first: who changed what, and when',
      scope: 'requests:read',
      params: idParam,
      query: paging,
      reply: pageOf(policyVersion, 'PolicyVersionPage'),
    },
    async ({ db, account, params, query }) => {
      const { id: requestId } = await requireRequest(db, { accountId: account.id, requestId: params.id });
      const rows = await listPolicyVersions(db, {
        accountId: account.id,
        requestId,
        before: decodeCursor(z.int(), query.cursor),
        limit: query.limit + 1,
      });
      return pageFrom(rows, query.limit, (last) => last.version);
    },
  );
}
