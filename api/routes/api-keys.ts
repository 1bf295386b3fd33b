/** Keys: made and shown once, listed without what makes them keys, revoked for good. */
import { z } from '@hono/zod-openapi';
import { type ApiKey, createApiKey, listApiKeys, revokeApiKey } from '../../db/queries/api-keys.ts';
import { makeKey } from '../auth.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError, notFound } from '../errors.ts';
import { idParam, maybeMoment, moment, pageOf, paging } from '../schemas.ts';
import { allows, SCOPES } from '../scopes.ts';

const shape = {
  id: z.int(),
  name: z.string(),
  prefix: z.string().openapi({ description: 'The first characters, to recognise it by.' }),
  scopes: z.array(z.string()),
  createdAt: moment,
  lastUsedAt: maybeMoment,
  revokedAt: maybeMoment,
};
const apiKey = z.object(shape).openapi('ApiKey');
const newKey = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length).optional().openapi({
      description: 'Absent: all. At most what the calling key may do itself. `*` is everything.',
    }),
  })
  .openapi('NewApiKey');
const madeKey = z
  .object({
    ...shape,
    key: z
      .string()
      .nullable()
      .openapi({ description: 'Shown this once and not kept: null in a replayed reply.' }),
  })
  .openapi('MadeApiKey');

const shown = ({ id, name, prefix, scopes, createdAt, lastUsedAt, revokedAt }: ApiKey) => ({
  id,
  name,
  prefix,
  scopes,
  createdAt,
  lastUsedAt,
  revokedAt,
});

const tag = 'Accounts and keys';

export function apiKeyRoutes(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/api-keys',
      tag,
      summary: 'Make a key; it is shown once',
      scope: 'keys:write',
      body: newKey,
      status: 201,
      reply: madeKey,
      kept: (reply) => ({ ...(reply as z.input<typeof madeKey>), key: null }),
    },
    async ({ db, caller, body, audit }) => {
      const { name, scopes = ['*'] } = body;
      const beyond = scopes.find((scope) => !allows(caller.scopes, scope));
      if (beyond) throw new ApiError('MISSING_SCOPE', `The calling key lacks the scope ${beyond} itself.`);
      const { key, prefix, hash } = makeKey();
      const accountId = caller.account?.id ?? null;
      const made = await createApiKey(db, { accountId, name, scopes, prefix, hash });
      await audit('api-key.create', `api-key/${made.id}`, { scopes });
      return { ...shown(made), key };
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/api-keys',
      tag,
      summary: 'Keys, newest first',
      scope: 'keys:read',
      query: paging,
      reply: pageOf(apiKey, 'ApiKeyPage'),
    },
    async ({ db, caller, query }) => {
      const accountId = caller.account?.id ?? null;
      const beforeId = decodeCursor(z.int(), query.cursor);
      const rows = await listApiKeys(db, { accountId, limit: query.limit + 1, beforeId });
      return pageFrom(rows.map(shown), query.limit, (last) => last.id);
    },
  );
  change(
    api,
    {
      method: 'delete',
      path: '/api-keys/{id}',
      tag,
      summary: 'Revoke a key, at once and for good',
      scope: 'keys:write',
      params: idParam,
      status: 204,
    },
    async ({ db, caller, params, audit }) => {
      const revoked = await revokeApiKey(db, { accountId: caller.account?.id ?? null, id: params.id });
      if (!revoked) throw notFound('key');
      await audit('api-key.revoke', `api-key/${params.id}`);
    },
  );
}
