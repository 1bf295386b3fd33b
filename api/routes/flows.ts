/** Flows as their authors keep them: drafts, and what is wrong with them. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import type { Account } from '../../db/queries/accounts.ts';
import {
  createFlow,
  type Flow,
  findFlowByName,
  getFlow,
  listFlows,
  updateFlow,
} from '../../db/queries/flows.ts';
import { approvedPromptNames } from '../../db/queries/prompts.ts';
import { type CheckResult, checkFlow } from '../../domain/flow/check.ts';
import { FLOW_TYPES } from '../../domain/outcome.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError, notFound } from '../errors.ts';
import { whyNotRunnable } from '../request-options.ts';
import { idParam, moment, pageOf, paging } from '../schemas.ts';

/** A definition may have a million characters; the rest of a body is small. */
export const FLOW_LIMIT_BYTES = 4 * 1024 * 1024;

export const definition = z
  .record(z.string(), z.unknown())
  .openapi({ description: 'The JSON language of flows. A draft may be unfinished; publishing checks it.' });

const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  // The name stands in URLs, subjects of mails and reports.
  .regex(/^[^\p{Cc}]+$/u, 'must not contain control characters');

const summaryShape = {
  id: z.int(),
  name: z.string(),
  type: z.enum(FLOW_TYPES),
  transactional: z.boolean(),
  publishedVersion: z.int().nullable(),
  approvedVersion: z
    .int()
    .nullable()
    .openapi({ description: 'Of a transactional flow: the version operations approved.' }),
  revision: z
    .int()
    .openapi({ description: 'Counts changes of the draft. Give it back with a change to lose no other.' }),
  createdAt: moment,
  updatedAt: moment,
};
const flowSummary = z
  .object({
    ...summaryShape,
    notRunnable: z.string().nullable().openapi({
      description: 'Why it cannot call a list now, as a sentence; null when it can.',
    }),
  })
  .openapi('FlowSummary');
export const flowDetail = z.object({ ...summaryShape, definition }).openapi('Flow');
const newFlow = z
  .strictObject({ name, type: z.enum(FLOW_TYPES), definition, transactional: z.boolean().optional() })
  .openapi('NewFlow');
/** Which revision of the draft somebody saw last. */
export const seenRevision = z.coerce
  .number('must be a number')
  .int()
  .min(1)
  .max(2 ** 31 - 1)
  .optional()
  .openapi({
    type: 'integer',
    description: 'The `revision` you saw last: when somebody changed the draft since, you get FLOW_CHANGED.',
  });
const flowChanges = z
  .strictObject({ name, definition, transactional: z.boolean(), revision: seenRevision })
  .partial()
  .refine(({ revision: _, ...given }) => Object.keys(given).length > 0, 'give at least one field to change')
  .openapi('FlowChanges');

export const checkReply = z
  .object({
    ok: z.boolean().openapi({ description: 'Whether it can be published: no problem is an error.' }),
    problems: z.array(
      z.object({
        severity: z.enum(['error', 'warning']),
        code: z.string(),
        widget: z.string().optional(),
        field: z.string().optional(),
        message: z.string(),
      }),
    ),
  })
  .openapi('FlowCheck');

const summarise = ({ draft: _, accountId: __, ...flow }: Flow) => flow;
export const showFlow = (flow: Flow): z.input<typeof flowDetail> => ({
  ...summarise(flow),
  definition: flow.draft as Record<string, unknown>,
});

/** @param more `hold`: until the transaction ends, the prompts a flow may play stay as they are */
const contextFor = async (db: Database, account: Account, more: { hold?: boolean } = {}) => ({
  userKeys: Object.keys(account.values).sort(),
  promptNames: await approvedPromptNames(db, { accountId: account.id, ...more }),
  plainHttpWebhooks: account.plainHttpWebhooks,
});

/** Checks a definition for the account it is to run for. `more` as of `contextFor`. */
export async function checkFor(
  db: Database,
  account: Account,
  given: unknown,
  more: { hold?: boolean } = {},
): Promise<CheckResult> {
  return checkFlow(given, await contextFor(db, account, more));
}

export const showCheck = ({ problems }: CheckResult) => ({
  ok: problems.every((problem) => problem.severity !== 'error'),
  problems,
});

/** @throws ApiError NOT_FOUND */
export async function requireFlow(db: Database, account: Account, flowId: number): Promise<Flow> {
  const flow = await getFlow(db, { accountId: account.id, flowId });
  if (!flow) throw notFound('flow');
  return flow;
}

/** A flow that nobody else changes until the transaction ends. @throws ApiError NOT_FOUND */
export async function holdFlow(db: Database, account: Account, flowId: number): Promise<Flow> {
  const flow = await getFlow(db, { accountId: account.id, flowId }, { hold: true });
  if (!flow) throw notFound('flow');
  return flow;
}

/** @throws ApiError FLOW_CHANGED when the draft is no longer the one somebody saw */
export function requireSeen(flow: Flow, seen: number | undefined): void {
  if (seen === undefined || seen === flow.revision) return;
  throw new ApiError(
    'FLOW_CHANGED',
    `The draft is at revision ${flow.revision}; you saw ${seen}. Somebody changed it since.`,
    [{ field: 'revision', message: `is ${flow.revision} now` }],
  );
}

const nameTaken = (taken: string): ApiError =>
  new ApiError('NAME_TAKEN', `The account has a flow named "${taken}" already.`, [
    { field: 'name', message: 'is in use' },
  ]);

const tag = 'Flows';

function readRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/flows',
      tag,
      summary: 'Flows of the account',
      scope: 'flows:read',
      query: z.strictObject({
        ...paging.shape,
        type: z.enum(FLOW_TYPES).optional(),
        name: z.string().max(200).optional(),
        search: z
          .string()
          .trim()
          .min(1)
          .max(200)
          .optional()
          .openapi({ description: 'An id, or part of a name in any case.' }),
      }),
      reply: pageOf(flowSummary, 'FlowPage'),
    },
    async ({ db, account, query }) => {
      const { limit, cursor, ...filter } = query;
      const afterId = decodeCursor(z.int(), cursor);
      const rows = await listFlows(db, { ...filter, accountId: account.id, limit: limit + 1, afterId });
      const items = rows.map((flow) => ({
        ...summarise(flow),
        notRunnable: whyNotRunnable(flow, account) ?? null,
      }));
      return pageFrom(items, limit, (last) => last.id);
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/flows/{id}',
      tag,
      summary: 'One flow with its draft',
      scope: 'flows:read',
      params: idParam,
      reply: flowDetail,
    },
    async ({ db, account, params }) => showFlow(await requireFlow(db, account, params.id)),
  );
}

function draftRoutes(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/flows',
      tag,
      summary: 'Create a flow as a draft',
      scope: 'flows:write',
      body: newFlow,
      bodyLimitBytes: FLOW_LIMIT_BYTES,
      status: 201,
      reply: flowDetail,
      errors: ['NAME_TAKEN'],
    },
    async ({ db, account, body, audit }) => {
      const { definition: draft, name, type, transactional = false } = body;
      const made = await createFlow(db, { accountId: account.id, name, type, transactional, draft });
      if (!made) throw nameTaken(body.name);
      await audit('flow.create', `flow/${made.id}`, { name: made.name, type: made.type });
      return showFlow(made);
    },
  );
  change(
    api,
    {
      method: 'put',
      path: '/flows/{id}',
      tag,
      summary: 'Replace the draft, the name or the kind of traffic',
      description: 'Published versions never change. Fields that are left out stay as they are.',
      scope: 'flows:write',
      params: idParam,
      body: flowChanges,
      bodyLimitBytes: FLOW_LIMIT_BYTES,
      reply: flowDetail,
      errors: ['NAME_TAKEN', 'FLOW_CHANGED'],
    },
    async ({ db, account, params, body, audit }) => {
      const flow = await requireFlow(db, account, params.id);
      const { definition: draft, revision: seen, ...columns } = body;
      requireSeen(flow, seen);
      const other = body.name && (await findFlowByName(db, { accountId: account.id, name: body.name }));
      if (other && other.id !== params.id) throw nameTaken(other.name);
      const changed = await updateFlow(db, {
        accountId: account.id,
        flowId: params.id,
        ...columns,
        draft,
        seen,
      });
      if (!changed) {
        // Somebody was quicker between the two questions.
        requireSeen(await requireFlow(db, account, params.id), seen);
        throw notFound('flow');
      }
      await audit('flow.change', `flow/${params.id}`, {
        fields: Object.keys({ ...columns, ...(draft && { definition: draft }) }),
      });
      return showFlow(changed);
    },
  );
}

const contextReply = z
  .object({
    userKeys: z.array(z.string()).openapi({ description: 'Names of `$user.key.*`, never their values.' }),
    promptNames: z.array(z.string()).openapi({ description: 'Approved prompts.' }),
    plainHttpWebhooks: z.boolean(),
  })
  .openapi('FlowContext');

function contextRoute(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/flow-context',
      tag,
      summary: 'What flows of the account may refer to',
      description:
        'With it a check made elsewhere, such as while somebody types, finds what the check here finds.',
      scope: 'flows:read',
      reply: contextReply,
    },
    ({ db, account }) => contextFor(db, account),
  );
}

function checkRoutes(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/flows/check',
      tag,
      summary: 'Check a definition that is not stored',
      scope: 'flows:read',
      body: z.strictObject({ definition: z.unknown() }).openapi('FlowToCheck'),
      bodyLimitBytes: FLOW_LIMIT_BYTES,
      reply: checkReply,
    },
    async ({ db, account, body }) => showCheck(await checkFor(db, account, body.definition)),
  );
  change(
    api,
    {
      method: 'post',
      path: '/flows/{id}/check',
      tag,
      summary: 'Check the draft as publishing would',
      scope: 'flows:read',
      params: idParam,
      reply: checkReply,
    },
    async ({ db, account, params }) => {
      const flow = await requireFlow(db, account, params.id);
      return showCheck(await checkFor(db, account, flow.draft));
    },
  );
}

export function flowRoutes(api: Api): void {
  readRoutes(api);
  contextRoute(api);
  checkRoutes(api);
  draftRoutes(api);
}
