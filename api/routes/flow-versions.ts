/** Published versions of flows, which never change, and operations' approval of transactional ones. */
import { z } from '@hono/zod-openapi';
import {
  approveFlow,
  type FlowVersion,
  getFlowVersion,
  listFlowVersions,
  publishFlow,
} from '../../db/queries/flows.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError, notFound } from '../errors.ts';
import { id, idParam, moment, pageOf, paging } from '../schemas.ts';
import {
  checkFor,
  definition,
  flowDetail,
  holdFlow,
  requireFlow,
  requireSeen,
  seenRevision,
  showFlow,
} from './flows.ts';

const summaryShape = {
  flowId: z.int(),
  version: z.int(),
  publishedAt: moment,
  publishedBy: z.string(),
};
const versionSummary = z
  .object({
    ...summaryShape,
    liveRequests: z.int().openapi({ description: 'Requests that go by it and have not ended.' }),
  })
  .openapi('FlowVersionSummary');
const versionDetail = z.object({ ...summaryShape, definition }).openapi('FlowVersion');

const summarise = ({ flowId, version, publishedAt, publishedBy }: Omit<FlowVersion, 'definition'>) => ({
  flowId,
  version,
  publishedAt,
  publishedBy,
});
const show = (version: FlowVersion): z.input<typeof versionDetail> => ({
  ...summarise(version),
  definition: version.definition as Record<string, unknown>,
});

const tag = 'Flows';

function readRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/flows/{id}/versions',
      tag,
      summary: 'Published versions, newest first',
      scope: 'flows:read',
      params: idParam,
      query: paging,
      reply: pageOf(versionSummary, 'FlowVersionPage'),
    },
    async ({ db, account, params, query }) => {
      await requireFlow(db, account, params.id);
      const rows = await listFlowVersions(db, {
        accountId: account.id,
        flowId: params.id,
        limit: query.limit + 1,
        beforeVersion: decodeCursor(z.int(), query.cursor),
      });
      return pageFrom(
        rows.map((row) => ({ ...summarise(row), liveRequests: row.liveRequests })),
        query.limit,
        (last) => last.version,
      );
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/flows/{id}/versions/{version}',
      tag,
      summary: 'One published version',
      scope: 'flows:read',
      params: z.object({ id, version: id.max(2 ** 31 - 1) }),
      reply: versionDetail,
    },
    async ({ db, account, params }) => {
      const key = { accountId: account.id, flowId: params.id, version: params.version };
      const found = await getFlowVersion(db, key);
      if (!found) throw notFound('version');
      return show(found);
    },
  );
}

function publishRoute(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/flows/{id}/publish',
      tag,
      summary: 'Publish the draft as the next version',
      description:
        'The draft is checked first. Requests that run keep the version they started with. A transactional flow waits for operations to approve the new version.',
      scope: 'flows:write',
      params: idParam,
      query: z.strictObject({ revision: seenRevision }),
      status: 201,
      reply: versionDetail,
      errors: ['FLOW_HAS_PROBLEMS', 'FLOW_CHANGED'],
    },
    async ({ db, account, caller, params, query, audit }) => {
      const flow = await holdFlow(db, account, params.id);
      requireSeen(flow, query.revision);
      const { problems, definition: checked } = await checkFor(db, account, flow.draft, {
        hold: true,
      });
      if (!checked) {
        const errors = problems
          .filter((problem) => problem.severity === 'error')
          .map(({ widget, field, message, code }) => ({
            field: [widget, field].filter((part) => part !== undefined).join('.') || 'definition',
            message: `${code}: ${message}`,
          }));
        throw new ApiError('FLOW_HAS_PROBLEMS', `The flow has ${errors.length} problem(s).`, errors);
      }
      const version = await publishFlow(db, {
        accountId: account.id,
        flowId: params.id,
        definition: checked,
        publishedBy: caller.actor,
      });
      await audit('flow.publish', `flow/${params.id}`, { version: version.version });
      return show(version);
    },
  );
}

function approveRoute(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/flows/{id}/approve',
      tag,
      summary: 'Approve the published version of a transactional flow',
      description:
        'For operations. Name the version that was looked at: a later one is not approved by accident.',
      scope: 'flows:write',
      operationsOnly: true,
      params: idParam,
      body: z
        .strictObject({
          version: z
            .int()
            .min(1)
            .max(2 ** 31 - 1),
        })
        .openapi('FlowApproval'),
      reply: flowDetail,
      errors: ['FLOW_NOT_PUBLISHED'],
    },
    async ({ db, account, params, body, audit }) => {
      await requireFlow(db, account, params.id);
      const approved = await approveFlow(db, {
        accountId: account.id,
        flowId: params.id,
        version: body.version,
      });
      if (!approved) {
        throw new ApiError('FLOW_NOT_PUBLISHED', `Version ${body.version} is not the one now published.`);
      }
      await audit('flow.approve', `flow/${params.id}`, { version: body.version });
      return showFlow(approved);
    },
  );
}

export function flowVersionRoutes(api: Api): void {
  readRoutes(api);
  publishRoute(api);
  approveRoute(api);
}
