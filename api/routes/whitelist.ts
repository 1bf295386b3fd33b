/** Mail addresses that may get status mail and send lists. */
import { z } from '@hono/zod-openapi';
import {
  addWhitelistEmail,
  listWhitelistEmails,
  removeWhitelistEmail,
} from '../../db/queries/whitelist-emails.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, change, read } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { idParam, moment, pageOf, paging } from '../schemas.ts';

const tag = 'Blacklist and whitelist';
const entry = z.object({ id: z.int(), email: z.string(), createdAt: moment }).openapi('WhitelistEmail');

export function whitelistRoutes(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/whitelist/emails',
      tag,
      summary: 'Whitelist a mail address',
      description: 'One that is there already is answered with its entry.',
      scope: 'lists:write',
      body: z
        .strictObject({ email: z.email('must be a mail address').max(254) })
        .openapi('NewWhitelistEmail'),
      status: 201,
      reply: entry,
    },
    async ({ db, account, body, audit }) => {
      const made = await addWhitelistEmail(db, { accountId: account.id, email: body.email });
      await audit('whitelist.add', `whitelist/emails/${made.id}`);
      return made;
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/whitelist/emails',
      tag,
      summary: 'Whitelisted mail addresses',
      scope: 'lists:read',
      query: paging,
      reply: pageOf(entry, 'WhitelistEmailPage'),
    },
    async ({ db, account, query }) => {
      const rows = await listWhitelistEmails(db, {
        accountId: account.id,
        limit: query.limit + 1,
        afterId: decodeCursor(z.int(), query.cursor),
      });
      return pageFrom(rows, query.limit, (last) => last.id);
    },
  );
  change(
    api,
    {
      method: 'delete',
      path: '/whitelist/emails/{id}',
      tag,
      summary: 'Take a mail address off the whitelist',
      scope: 'lists:write',
      params: idParam,
      status: 204,
    },
    async ({ db, account, params, audit }) => {
      const removed = await removeWhitelistEmail(db, { accountId: account.id, id: params.id });
      if (!removed) throw notFound('entry');
      await audit('whitelist.remove', `whitelist/emails/${params.id}`);
    },
  );
}
