/** DIDs: numbers of an account that people call, and which inbound flow answers each. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { addDid, type Did, getDid, listDids, removeDid, updateDid } from '../../db/queries/dids.ts';
import type { Flow } from '../../db/queries/flows.ts';
import { parsePhone } from '../../domain/phone.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError, notFound } from '../errors.ts';
import { chooseFlow, type FlowChoice, flowChoice, whyNotReady } from '../request-options.ts';
import { id, idParam, moment, pageOf, paging } from '../schemas.ts';

/** A call centre with a number for each extension has a few hundred. */
const MAX_DIDS = 1_000;

const tag = 'Numbers of ours';
const enabled = z
  .boolean()
  .openapi({ description: 'Switched off, callers hear that there is no such number.' });
const newDid = z
  .strictObject({
    number: z
      .string()
      .min(1)
      .max(40)
      .openapi({ description: "E.164, or as dialled in the account's country.", example: '+912269001234' }),
    ...flowChoice,
    enabled: enabled.default(true),
  })
  .openapi('NewDid');
const didChanges = z
  .strictObject({ ...flowChoice, enabled: enabled.optional() })
  .refine((given) => Object.keys(given).length > 0, 'give at least one field to change')
  .openapi('DidChanges');
const did = z
  .object({
    id: z.int(),
    number: z.string(),
    flowId: z.int(),
    flowName: z.string(),
    enabled: z.boolean(),
    createdAt: moment,
    updatedAt: moment,
  })
  .openapi('Did');

/** @throws ApiError INVALID_NUMBER */
function readNumber(account: Account, text: string): string {
  const number = parsePhone(text, account.defaultCountry)?.e164;
  if (number !== undefined) return number;
  const message = `"${text}" is not a valid number`;
  throw new ApiError('INVALID_NUMBER', `number: ${message}.`, [{ field: 'number', message }]);
}

/** @throws ApiError UNKNOWN_FLOW, FLOW_NOT_RUNNABLE, INVALID_INPUT */
async function chooseInboundFlow(db: Database, account: Account, choice: FlowChoice): Promise<Flow> {
  const flow = await chooseFlow(db, account, choice);
  const why =
    flow.type === 'inbound'
      ? whyNotReady(flow, account)
      : `The flow "${flow.name}" is of type ${flow.type}; only inbound flows answer calls.`;
  if (why === undefined) return flow;
  const field = choice.flowId === undefined ? 'flowName' : 'flowId';
  throw new ApiError('FLOW_NOT_RUNNABLE', why, [{ field, message: why }]);
}

/** @throws ApiError NOT_FOUND */
async function requireDid(db: Database, account: Account, didId: number): Promise<Did> {
  const found = await getDid(db, { accountId: account.id, id: didId });
  if (!found) throw notFound('number');
  return found;
}

function readRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/dids',
      tag,
      summary: 'Numbers that people call, and the flows that answer',
      scope: 'dids:read',
      query: z.strictObject({
        ...paging.shape,
        flowId: id.optional(),
        number: z.string().min(1).max(40).optional(),
      }),
      reply: pageOf(did, 'DidPage'),
    },
    async ({ db, account, query }) => {
      const { limit, cursor, flowId } = query;
      const number = query.number === undefined ? undefined : readNumber(account, query.number);
      const afterId = decodeCursor(z.int(), cursor);
      const rows = await listDids(db, { accountId: account.id, flowId, number, afterId, limit: limit + 1 });
      return pageFrom(rows, limit, (last) => last.id);
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/dids/{id}',
      tag,
      summary: 'One number',
      scope: 'dids:read',
      params: idParam,
      reply: did,
    },
    async ({ db, account, params }) => requireDid(db, account, params.id),
  );
}

function addRoute(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/dids',
      tag,
      summary: 'Have an inbound flow answer a number',
      description:
        'The flow is of type inbound and published; each call runs the version that is published when it comes in. A number belongs to one account of the platform.',
      scope: 'dids:write',
      body: newDid,
      status: 201,
      reply: did,
      errors: ['INVALID_NUMBER', 'UNKNOWN_FLOW', 'FLOW_NOT_RUNNABLE', 'NUMBER_TAKEN', 'TOO_MANY_DIDS'],
    },
    async ({ db, account, body, audit }) => {
      const { number: text, enabled: on, ...choice } = body;
      const number = readNumber(account, text);
      const flow = await chooseInboundFlow(db, account, choice);
      const made = await addDid(db, {
        accountId: account.id,
        number,
        flowId: flow.id,
        enabled: on,
        most: MAX_DIDS,
      });
      if (made === 'TOO_MANY') {
        throw new ApiError('TOO_MANY_DIDS', `An account has at most ${MAX_DIDS} numbers.`);
      }
      if (made === 'TAKEN') {
        const message = `${number} is in use`;
        throw new ApiError('NUMBER_TAKEN', `number: ${message}.`, [{ field: 'number', message }]);
      }
      await audit('did.add', `did/${made}`, { number, flowId: flow.id, enabled: on });
      return requireDid(db, account, made);
    },
  );
}

function changeRoutes(api: Api): void {
  change(
    api,
    {
      method: 'patch',
      path: '/dids/{id}',
      tag,
      summary: 'Have another flow answer, or switch the number on or off',
      description: 'Calls in progress go on as they began.',
      scope: 'dids:write',
      params: idParam,
      body: didChanges,
      reply: did,
      errors: ['UNKNOWN_FLOW', 'FLOW_NOT_RUNNABLE'],
    },
    async ({ db, account, params, body, audit }) => {
      const { enabled: on, ...choice } = body;
      const names = choice.flowId !== undefined || choice.flowName !== undefined;
      await requireDid(db, account, params.id);
      const flowId = names ? (await chooseInboundFlow(db, account, choice)).id : undefined;
      await updateDid(db, { accountId: account.id, id: params.id, flowId, enabled: on });
      await audit('did.change', `did/${params.id}`, { flowId, enabled: on });
      return requireDid(db, account, params.id);
    },
  );
  change(
    api,
    {
      method: 'delete',
      path: '/dids/{id}',
      tag,
      summary: 'Give a number up',
      description: 'Calls in progress go on, and past ones stay in the reports.',
      scope: 'dids:write',
      params: idParam,
      status: 204,
    },
    async ({ db, account, params, audit }) => {
      const { number } = await requireDid(db, account, params.id);
      await removeDid(db, { accountId: account.id, id: params.id });
      await audit('did.remove', `did/${params.id}`, { number });
    },
  );
}

export function didRoutes(api: Api): void {
  readRoutes(api);
  addRoute(api);
  changeRoutes(api);
}
