/** The blacklist: numbers that are neither called nor texted, addresses that get no mail and may ask for nothing. */
import { z } from '@hono/zod-openapi';
import type { Account } from '../../db/queries/accounts.ts';
import {
  addBlacklistEmails,
  addBlacklistPhones,
  listBlacklistEmails,
  listBlacklistPhones,
  removeBlacklistEmail,
  removeBlacklistPhone,
} from '../../db/queries/suppression.ts';
import { parsePhone } from '../../domain/phone.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError, type FieldError, invalid, notFound } from '../errors.ts';
import { maybeMoment, moment, pageOf, paging } from '../schemas.ts';

/** Entries in one call, and the bytes they may take. */
const MAX_ENTRIES = 10_000;
const LIMIT_BYTES = 2 * 1024 * 1024;

const tag = 'Blacklist and whitelist';
const common = {
  reason: z.string().trim().max(500).optional(),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'must be RFC 3339 with an offset' })
    .optional()
    .openapi({ description: 'From then on the entry no longer counts.' }),
};
const tooMany = `may be at most ${MAX_ENTRIES}`;
const number = z.string().max(250);
const newPhones = z
  .strictObject({
    number: number.optional(),
    numbers: z.array(number).min(1).max(MAX_ENTRIES, tooMany).optional(),
    ...common,
  })
  .refine((body) => (body.number === undefined) !== (body.numbers === undefined), {
    message: 'give `number`, or `numbers` for several',
    path: ['numbers'],
  })
  .openapi('NewBlacklistPhones');
const email = z.email('must be a mail address').max(254);
const newEmails = z
  .strictObject({
    email: email.optional(),
    emails: z.array(email).min(1).max(MAX_ENTRIES, tooMany).optional(),
    ...common,
  })
  .refine((body) => (body.email === undefined) !== (body.emails === undefined), {
    message: 'give `email`, or `emails` for several',
    path: ['emails'],
  })
  .openapi('NewBlacklistEmails');
const addedReply = z
  .object({ added: z.int(), updated: z.int().openapi({ description: 'Were there already.' }) })
  .openapi('BlacklistAdded');
const shown = { reason: z.string().nullable(), expiresAt: maybeMoment, createdAt: moment };
const phoneEntry = z.object({ number: z.string(), ...shown }).openapi('BlacklistPhone');
const emailEntry = z.object({ email: z.string(), ...shown }).openapi('BlacklistEmail');

/** Numbers in E.164. @throws ApiError INVALID_NUMBER that names each that is none; then nothing is added */
function readNumbers(account: Account, given: readonly string[]): string[] {
  const errors: FieldError[] = [];
  const numbers = given.map((text, index) => {
    const read = parsePhone(text, account.defaultCountry);
    if (!read)
      errors.push({ field: `numbers.${index}`, message: `"${text.slice(0, 40)}" is not a valid number` });
    return read?.e164 ?? '';
  });
  if (errors.length === 0) return numbers;
  throw new ApiError(
    'INVALID_NUMBER',
    `${errors.length} of the numbers are not valid.`,
    errors.slice(0, 100),
  );
}

function readCommon({ reason, expiresAt }: { reason?: string | undefined; expiresAt?: string | undefined }) {
  const expires = expiresAt === undefined ? undefined : new Date(expiresAt);
  if (expires && expires <= new Date()) throw invalid('expiresAt', 'must be in the future');
  return { reason, expiresAt: expires };
}

/** Cursors of these lists are the keys themselves, as the queries take them. */
const cursorOf = (cursor: string | undefined) =>
  cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
const opaque = <T>(page: { items: T[]; nextCursor: string | null }) => ({
  ...page,
  nextCursor: page.nextCursor && Buffer.from(page.nextCursor).toString('base64url'),
});

function phoneRoutes(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/blacklist/phones',
      tag,
      summary: 'Blacklist numbers',
      description:
        "Numbers without a country code are read in the account's country. A number that is there already gets the new reason and expiry. One invalid number refuses all.",
      scope: 'lists:write',
      body: newPhones,
      bodyLimitBytes: LIMIT_BYTES,
      reply: addedReply,
      errors: ['INVALID_NUMBER'],
    },
    async ({ db, account, body, audit }) => {
      const numbers = readNumbers(account, body.numbers ?? [body.number ?? '']);
      const entry = readCommon(body);
      const done = await addBlacklistPhones(db, {
        accountId: account.id,
        entries: numbers.map((number) => ({ number, ...entry })),
      });
      await audit('blacklist.add', 'blacklist/phones', { ...done });
      return done;
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/blacklist/phones',
      tag,
      summary: 'Blacklisted numbers',
      scope: 'lists:read',
      query: paging,
      reply: pageOf(phoneEntry, 'BlacklistPhonePage'),
    },
    async ({ db, account, query }) =>
      opaque(
        await listBlacklistPhones(db, {
          accountId: account.id,
          limit: query.limit,
          cursor: cursorOf(query.cursor),
        }),
      ),
  );
  change(
    api,
    {
      method: 'delete',
      path: '/blacklist/phones/{number}',
      tag,
      summary: 'Take a number off the blacklist',
      scope: 'lists:write',
      params: z.object({ number: z.string().max(250) }),
      status: 204,
    },
    async ({ db, account, params, audit }) => {
      const number = parsePhone(params.number, account.defaultCountry)?.e164;
      const removed =
        number !== undefined && (await removeBlacklistPhone(db, { accountId: account.id, number }));
      if (!removed) throw notFound('entry');
      await audit('blacklist.remove', 'blacklist/phones');
    },
  );
}

function emailRoutes(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/blacklist/emails',
      tag,
      summary: 'Blacklist mail addresses',
      scope: 'lists:write',
      body: newEmails,
      bodyLimitBytes: LIMIT_BYTES,
      reply: addedReply,
    },
    async ({ db, account, body, audit }) => {
      const entry = readCommon(body);
      const done = await addBlacklistEmails(db, {
        accountId: account.id,
        entries: (body.emails ?? [body.email ?? '']).map((email) => ({ email, ...entry })),
      });
      await audit('blacklist.add', 'blacklist/emails', { ...done });
      return done;
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/blacklist/emails',
      tag,
      summary: 'Blacklisted mail addresses',
      scope: 'lists:read',
      query: paging,
      reply: pageOf(emailEntry, 'BlacklistEmailPage'),
    },
    async ({ db, account, query }) =>
      opaque(
        await listBlacklistEmails(db, {
          accountId: account.id,
          limit: query.limit,
          cursor: cursorOf(query.cursor),
        }),
      ),
  );
  change(
    api,
    {
      method: 'delete',
      path: '/blacklist/emails/{email}',
      tag,
      summary: 'Take a mail address off the blacklist',
      scope: 'lists:write',
      params: z.object({ email: z.string().max(254) }),
      status: 204,
    },
    async ({ db, account, params, audit }) => {
      const removed = await removeBlacklistEmail(db, { accountId: account.id, email: params.email });
      if (!removed) throw notFound('entry');
      await audit('blacklist.remove', 'blacklist/emails');
    },
  );
}

export function blacklistRoutes(api: Api): void {
  phoneRoutes(api);
  emailRoutes(api);
}
