/**
 * Lists by mail: the account's address, the mails that came to it, and, outside the account's API, the door at which
 * SNS tells of mails that Amazon SES took.
 */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { getIncomingMail, type IncomingMail, listIncomingMails } from '../../db/queries/incoming-mails.ts';
import {
  drawMailInAddress,
  getMailInAddress,
  removeMailInAddress,
} from '../../db/queries/mail-in-addresses.ts';
import { MAIL_REFUSALS, mailInAddress } from '../../domain/mail-in.ts';
import type { Deps, Env } from '../context.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError, notFound, problemResponse } from '../errors.ts';
import { idParam, maybeMoment, moment, pageOf, paging, queryMoment } from '../schemas.ts';

const tag = 'Lists by mail';
/** SNS itself sends at most 256 KB; escaping may double that. */
const NOTIFICATION_LIMIT_BYTES = 1024 * 1024;
export const NOTIFICATION_PATH = '/hooks/ses-mail';

const addressView = z
  .object({
    enabled: z.boolean().openapi({ description: 'Whether this Clarion takes mail at all.' }),
    address: z.string().nullable().openapi({
      description: 'Where whitelisted senders mail lists to; null: none yet.',
      example: 'lists+k3v9q2m7x4t8w6ya@lists.example.com',
    }),
    createdAt: maybeMoment,
  })
  .openapi('EmailUploadAddress');

const mailView = z
  .object({
    id: z.int(),
    receivedAt: moment,
    judgedAt: maybeMoment,
    by: z.enum(['smtp', 'ses']),
    sender: z.string().nullable().openapi({
      description: 'Address in the header From, as it claims; proven where the verdict is `ACCEPTED`.',
    }),
    envelopeFrom: z.string().nullable().openapi({ description: 'MAIL FROM of the delivery.' }),
    subject: z.string().nullable(),
    bytes: z.int().nullable(),
    verdict: z.enum(['WAITING', 'ACCEPTED', 'REFUSED']),
    reason: z.enum(MAIL_REFUSALS).nullable(),
    detail: z.string().nullable(),
    authentication: z
      .object({
        spf: z.object({ result: z.string(), domain: z.string().nullable(), aligned: z.boolean() }),
        dkim: z.array(
          z.object({
            domain: z.string(),
            result: z.string(),
            aligned: z.boolean(),
            why: z.string().optional(),
          }),
        ),
        dmarc: z.object({ result: z.string(), policy: z.string().nullable() }),
      })
      .nullable()
      .openapi({
        description: '`aligned`: the domain is that of From. `why`: a reason not to count a signature.',
      }),
    files: z.array(
      z.object({
        name: z.string(),
        bytes: z.int(),
        requestId: z.int().nullable(),
        ignored: z.string().nullable().openapi({ description: 'Why it was no list.' }),
      }),
    ),
    requestIds: z.array(z.int()),
    kept: z.boolean().openapi({ description: 'Whether the mail itself is still stored.' }),
  })
  .openapi('IncomingMail');

function show(mail: IncomingMail): z.input<typeof mailView> {
  const { receiver, files, ...rest } = mail;
  return {
    ...rest,
    by: receiver,
    files: files.map(({ name, bytes, requestId, why }) => ({
      name,
      bytes,
      requestId: requestId ?? null,
      ignored: why ?? null,
    })),
    requestIds: files.flatMap(({ requestId }) => requestId ?? []),
  };
}

async function showAddress(deps: Deps, db: Database, account: Account): Promise<z.input<typeof addressView>> {
  const found = await getMailInAddress(db, { accountId: account.id });
  const { mailIn } = deps;
  return {
    enabled: mailIn !== undefined,
    address: found && mailIn ? mailInAddress(found.token, mailIn.domain) : null,
    createdAt: found?.createdAt ?? null,
  };
}

function addressRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/email-uploads/address',
      tag,
      summary: "The account's address for lists",
      scope: 'lists:read',
      reply: addressView,
    },
    async ({ db, account }) => showAddress(api.deps, db, account),
  );
  change(
    api,
    {
      method: 'post',
      path: '/email-uploads/address',
      tag,
      summary: 'Draw a new address for lists',
      description: 'The one before leads nowhere at once: mail to it is dropped and shown nowhere.',
      scope: 'lists:write',
      reply: addressView,
      status: 201,
      errors: ['MAIL_IN_OFF'],
    },
    async ({ db, account, audit }) => {
      if (!api.deps.mailIn)
        throw new ApiError('MAIL_IN_OFF', 'This Clarion takes no mail: no domain is set for it.');
      await drawMailInAddress(db, { accountId: account.id });
      await audit('email-uploads.draw', 'email-uploads/address');
      return showAddress(api.deps, db, account);
    },
  );
  change(
    api,
    {
      method: 'delete',
      path: '/email-uploads/address',
      tag,
      summary: 'Take no more lists by mail',
      scope: 'lists:write',
      status: 204,
    },
    async ({ db, account, audit }) => {
      // Asking twice is well: it is as asked.
      if (await removeMailInAddress(db, { accountId: account.id })) {
        await audit('email-uploads.remove', 'email-uploads/address');
      }
    },
  );
}

export function mailInRoutes(api: Api): void {
  addressRoutes(api);
  read(
    api,
    {
      method: 'get',
      path: '/incoming-mails',
      tag,
      summary: 'Mails that came with lists, newest first',
      description:
        'All that came to the address, refused ones included, with the reason. The refused senders hear nothing.',
      scope: 'requests:read',
      query: z.strictObject({
        ...paging.shape,
        verdict: z.enum(['WAITING', 'ACCEPTED', 'REFUSED']).optional(),
        from: queryMoment.optional(),
        to: queryMoment.optional(),
      }),
      reply: pageOf(mailView, 'IncomingMailPage'),
    },
    async ({ db, account, query }) => {
      const { limit, cursor, ...filter } = query;
      const beforeId = decodeCursor(z.int(), cursor);
      const rows = await listIncomingMails(db, {
        ...filter,
        accountId: account.id,
        limit: limit + 1,
        beforeId,
      });
      const page = pageFrom(rows, limit, (last) => last.id);
      return { ...page, items: page.items.map(show) };
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/incoming-mails/{id}',
      tag,
      summary: 'One mail',
      scope: 'requests:read',
      params: idParam,
      reply: mailView,
    },
    async ({ db, account, params }) => {
      const found = await getIncomingMail(db, { accountId: account.id, id: params.id });
      if (!found) throw notFound('mail');
      return show(found);
    },
  );
}

/**
 * The door for SNS. It has no key: what counts is the signature. 403 for what is not signed or not of our topic,
 * 503 for what could not be written down now, which SNS then sends again.
 */
export function mailHookRoutes(app: OpenAPIHono<Env>, deps: Deps): void {
  const take = deps.mailIn?.takeNotification;
  if (!take) return;
  app.post(NOTIFICATION_PATH, async (c) => {
    c.set('route', NOTIFICATION_PATH);
    const body = await readText(c.req.raw);
    if (body === undefined)
      return problemResponse(new ApiError('BODY_TOO_LARGE', 'SNS sends no such notification.'));
    try {
      return c.body(null, (await take(body)) === 'TAKEN' ? 204 : 403);
    } catch (error) {
      deps.log.warn({ err: error }, 'a notification of mail could not be taken; SNS sends it again');
      return c.body(null, 503);
    }
  });
}

/** @returns undefined when there is more than may be */
async function readText(request: Request): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > NOTIFICATION_LIMIT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
