/** Trunks: by which lines an account's calls leave, how many at once and how fast, and why they wait. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import type { Account } from '../../db/queries/accounts.ts';
import {
  countTrunks,
  createTrunk,
  getTrunk,
  isAssigned,
  type LineUse,
  listTrunks,
  readLineUse,
  removeTrunk,
  type Trunk,
  type TrunkConflict,
  trunkTies,
  updateTrunk,
} from '../../db/queries/trunks.ts';
import { CODECS, newTrunk, trunkChanges, trunkSettings } from '../../domain/trunk.ts';
import type { Caller } from '../context.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError, notFound } from '../errors.ts';
import { idParam, moment, pageOf, paging } from '../schemas.ts';

/** More than any account has carriers. */
const MAX_TRUNKS = 50;

// Made again of their shapes: only what is made where the API's zod is loaded can be given a name.
const fresh = z.strictObject(newTrunk.shape).openapi('NewTrunk');
const changes = z
  .strictObject(trunkChanges.shape)
  .refine((given) => Object.keys(given).length > 0, 'give at least one field to change')
  .openapi('TrunkChanges');

const use = {
  callsInProgress: z.int(),
  callsPerSecondNow: z
    .number()
    .openapi({ description: 'Begun by this account, over the last five seconds.' }),
  state: z.enum(['UP', 'PARTLY_UP', 'DOWN', 'UNSEEN']).openapi({
    description:
      '`PARTLY_UP`: some workers can call by it. `UNSEEN`: no worker has said anything for half a minute, or the trunk is disabled.',
  }),
  workers: z
    .array(z.object({ worker: z.string(), up: z.boolean(), why: z.string(), since: moment, seenAt: moment }))
    .openapi({
      description: 'How each worker sees it. `why` says which server does not answer, and since when.',
    }),
};
const trunkReply = z
  .object({
    id: z.int(),
    name: z.string(),
    endpoint: z.string().openapi({ description: 'What the telephone server calls it.' }),
    maxConcurrentCalls: z.int().openapi({ description: 'The channels of the trunk.' }),
    maxCallsPerSecond: z.number(),
    callerIds: z.array(z.string()).openapi({ description: "Taken in turn. A flow's own go before them." }),
    codecs: z.array(z.enum(CODECS)).openapi({ description: 'In order of preference.' }),
    enabled: z.boolean(),
    priority: z.int().openapi({ description: 'Of two trunks equally loaded the lower number is taken.' }),
    createdAt: moment,
    ...use,
  })
  .openapi('Trunk');
const defaultLine = z.object(use).openapi('DefaultLine');

const stateOf = (workers: LineUse['workers']): z.infer<typeof use.state> => {
  const up = workers.filter((worker) => worker.up).length;
  if (workers.length === 0) return 'UNSEEN';
  if (up === 0) return 'DOWN';
  return up === workers.length ? 'UP' : 'PARTLY_UP';
};

const unused: LineUse = { callsInProgress: 0, callsPerSecondNow: 0, workers: [] };
const showUse = (found: LineUse = unused) => ({ ...found, state: stateOf(found.workers) });

async function showAll(db: Database, accountId: number, trunks: Trunk[]) {
  const uses = await readLineUse(db, { accountId, trunkIds: trunks.map((trunk) => trunk.id) });
  return trunks.map((trunk) => ({ ...trunk, ...showUse(uses.get(trunk.id)) }));
}

async function show(db: Database, accountId: number, trunk: Trunk): Promise<z.input<typeof trunkReply>> {
  const [shown] = await showAll(db, accountId, [trunk]);
  return shown ?? { ...trunk, ...showUse() };
}

async function requireTrunk(db: Database, accountId: number, trunkId: number): Promise<Trunk> {
  const trunk = await getTrunk(db, { accountId, trunkId });
  if (!trunk) throw notFound('trunk');
  return trunk;
}

function refuseConflict(stored: Trunk | TrunkConflict, given: { name: string; endpoint: string }): Trunk {
  if (stored === 'NAME_TAKEN') {
    throw new ApiError('NAME_TAKEN', `The account has a trunk named "${given.name}" already.`, [
      { field: 'name', message: 'is in use' },
    ]);
  }
  if (stored === 'ENDPOINT_TAKEN') {
    throw new ApiError('ENDPOINT_TAKEN', `The endpoint "${given.endpoint}" belongs to another trunk.`, [
      { field: 'endpoint', message: 'is in use' },
    ]);
  }
  return stored;
}

/**
 * An endpoint is somebody's line, and its calls are at their cost: which account may use it operations say. Others learn
 * nothing of endpoints that are not theirs, not even whether they exist.
 */
async function requireAssigned(
  db: Database,
  { caller, account }: { caller: Caller; account: Account },
  endpoint: string,
): Promise<void> {
  if (caller.operations || (await isAssigned(db, { accountId: account.id, endpoint }))) return;
  throw new ApiError(
    'OPERATIONS_ONLY',
    `The endpoint "${endpoint}" is not assigned to the account: operations add trunks by endpoints that are new to it.`,
    [{ field: 'endpoint', message: 'is assigned by operations' }],
  );
}

const tag = 'Trunks';

function readRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/trunks',
      tag,
      summary: 'Trunks of the account, with what they are doing and why they are not',
      description: 'An account without trunks calls by the default line: see `/trunks/default`.',
      scope: 'trunks:read',
      query: paging,
      reply: pageOf(trunkReply, 'TrunkPage'),
    },
    async ({ db, account, query }) => {
      const afterId = decodeCursor(z.int(), query.cursor);
      const rows = await listTrunks(db, { accountId: account.id, limit: query.limit + 1, afterId });
      return pageFrom(await showAll(db, account.id, rows), query.limit, (last) => last.id);
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/trunks/default',
      tag,
      summary: 'The line of accounts without trunks, and how the workers see it',
      scope: 'trunks:read',
      reply: defaultLine,
    },
    async ({ db, account }) => {
      const uses = await readLineUse(db, { accountId: account.id, trunkIds: [0] });
      return showUse(uses.get(0));
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/trunks/{id}',
      tag,
      summary: 'One trunk, with what it is doing and why it is not',
      scope: 'trunks:read',
      params: idParam,
      reply: trunkReply,
    },
    async ({ db, account, params }) => show(db, account.id, await requireTrunk(db, account.id, params.id)),
  );
}

function writeRoutes(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/trunks',
      tag,
      summary: 'Add a trunk',
      description:
        "Takes a key of operations, which names the account in `X-Account-Id`, unless the account was the last to have a trunk by the endpoint. From the first one on, the account's calls leave by its trunks alone, by the one that is up, has room and is least loaded. Where nothing is said: 30 calls at once, 10 a second, no caller ids, ulaw before alaw, enabled, priority 10.",
      scope: 'trunks:write',
      body: fresh,
      status: 201,
      reply: trunkReply,
      errors: ['NAME_TAKEN', 'ENDPOINT_TAKEN', 'OPERATIONS_ONLY', 'TOO_MANY_TRUNKS'],
    },
    async ({ db, caller, account, body, audit }) => {
      await requireAssigned(db, { caller, account }, body.endpoint);
      if ((await countTrunks(db, account.id)) >= MAX_TRUNKS) {
        throw new ApiError('TOO_MANY_TRUNKS', `An account may have ${MAX_TRUNKS} trunks.`);
      }
      const settings = trunkSettings.parse(body);
      const made = refuseConflict(await createTrunk(db, { accountId: account.id, ...settings }), settings);
      await audit('trunk.create', `trunk/${made.id}`, settings);
      return show(db, account.id, made);
    },
  );
  change(
    api,
    {
      method: 'patch',
      path: '/trunks/{id}',
      tag,
      summary: 'Change a trunk',
      description:
        'Counts from the next call on; calls in progress stay as they are. A disabled trunk takes no new calls. Another endpoint takes a key of operations.',
      scope: 'trunks:write',
      params: idParam,
      body: changes,
      reply: trunkReply,
      errors: ['NAME_TAKEN', 'ENDPOINT_TAKEN', 'OPERATIONS_ONLY'],
    },
    async ({ db, caller, account, params, body, audit }) => {
      const { id: trunkId, createdAt: _, ...before } = await requireTrunk(db, account.id, params.id);
      const wanted = trunkSettings.parse({ ...before, ...body });
      if (wanted.endpoint !== before.endpoint)
        await requireAssigned(db, { caller, account }, wanted.endpoint);
      const changed = await updateTrunk(db, { accountId: account.id, trunkId, ...wanted });
      if (!changed) throw notFound('trunk');
      const trunk = refuseConflict(changed, wanted);
      await audit('trunk.change', `trunk/${trunkId}`, body);
      return show(db, account.id, trunk);
    },
  );
  change(
    api,
    {
      method: 'delete',
      path: '/trunks/{id}',
      tag,
      summary: 'Remove a trunk',
      description:
        'Removed by operations, its endpoint is no longer assigned to the account. Refused while calls are in progress by it, and for the only trunk while requests have not ended: their calls would leave by the default line.',
      scope: 'trunks:write',
      params: idParam,
      status: 204,
      errors: ['TRUNK_IN_USE'],
    },
    async ({ db, caller, account, params, audit }) => {
      const key = { accountId: account.id, trunkId: params.id };
      const trunk = await requireTrunk(db, account.id, params.id);
      const ties = await trunkTies(db, key);
      if (ties.callsInProgress > 0) {
        throw new ApiError(
          'TRUNK_IN_USE',
          `${ties.callsInProgress} calls are in progress by it. Disable it, and remove it when they have ended.`,
        );
      }
      if (ties.requestsLeftWithout > 0) {
        throw new ApiError(
          'TRUNK_IN_USE',
          `It is the only trunk, and ${ties.requestsLeftWithout} requests have not ended. Add another first, or cancel them.`,
        );
      }
      if (!(await removeTrunk(db, { ...key, unassign: caller.operations }))) throw notFound('trunk');
      await audit('trunk.remove', `trunk/${trunk.id}`, { name: trunk.name });
    },
  );
}

export function trunkRoutes(api: Api): void {
  readRoutes(api);
  writeRoutes(api);
}
