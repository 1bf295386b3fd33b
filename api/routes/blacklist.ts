/** The blacklist: numbers that are neither called nor texted, addresses that get no mail and may ask for nothing. */
import { z } from '@hono/zod-openapi';
import type { Account } from '../../db/queries/accounts.ts';
import {
  addToBlacklist,
  type BlacklistEntry,
  type BlacklistKind,
  listBlacklist,
  removeExpired,
  removeFromBlacklist,
} from '../../db/queries/blacklist.ts';
import { MAX_REASON_LENGTH } from '../../domain/blacklist-file.ts';
import { parsePhone } from '../../domain/phone.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError, type FieldError, invalid, notFound } from '../errors.ts';
import { maybeMoment, moment, pageOf, paging } from '../schemas.ts';

/** Entries in one call, and the bytes they may take. */
const MAX_ENTRIES = 10_000;
const LIMIT_BYTES = 2 * 1024 * 1024;

export const BLACKLIST_TAG = 'Blacklist and whitelist';
const tooMany = `may be at most ${MAX_ENTRIES}`;

/** What differs between numbers and addresses. */
export interface Kind {
  kind: BlacklistKind;
  path: '/blacklist/phones' | '/blacklist/emails';
  one: 'number' | 'email';
  many: 'numbers' | 'emails';
  /** For people. */
  things: 'numbers' | 'mail addresses';
  schema: 'Phone' | 'Email';
  /** One entry as it is given. */
  input: z.ZodString | z.ZodEmail;
  /** What the start of an entry looks like, in a query. */
  prefix: z.ZodType<string, string>;
  /** As it is kept; undefined for what is none. */
  read(account: Account, text: string): string | undefined;
  wrongCode: 'INVALID_NUMBER' | 'INVALID_INPUT';
  addNote: string;
}

const PHONES: Kind = {
  kind: 'phones',
  path: '/blacklist/phones',
  one: 'number',
  many: 'numbers',
  things: 'numbers',
  schema: 'Phone',
  input: z.string().max(250),
  // A plus sign in a query is a space to some.
  prefix: z
    .string()
    .regex(/^[+ ]?\d{1,15}$/, 'must be the first digits of E.164 numbers, such as +9198')
    .transform((text) => `+${text.replace(/\D/g, '')}`),
  read: (account, text) => parsePhone(text, account.defaultCountry)?.e164,
  wrongCode: 'INVALID_NUMBER',
  addNote: "Numbers without a country code are read in the account's country. ",
};
const EMAILS: Kind = {
  kind: 'emails',
  path: '/blacklist/emails',
  one: 'email',
  many: 'emails',
  things: 'mail addresses',
  schema: 'Email',
  input: z.email('must be a mail address').max(254),
  prefix: z.string().min(1).max(254),
  read: (_account, text) => text.toLowerCase(),
  wrongCode: 'INVALID_INPUT',
  addNote: '',
};
export const BLACKLIST_KINDS: readonly Kind[] = [PHONES, EMAILS];

const common = {
  reason: z.string().trim().max(MAX_REASON_LENGTH).optional(),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'must be RFC 3339 with an offset' })
    .optional()
    .openapi({ description: 'From then on the entry no longer counts.' }),
};
const addedReply = z
  .object({ added: z.int(), updated: z.int().openapi({ description: 'Were there already.' }) })
  .openapi('BlacklistAdded');
const removedReply = z.object({ removed: z.int() }).openapi('BlacklistRemoved');

/** Values as they are kept. @throws ApiError that names each that is none; then nothing is done */
function readValues(kind: Kind, account: Account, given: readonly string[]): string[] {
  const errors: FieldError[] = [];
  const values = given.map((text, index) => {
    const value = kind.read(account, text);
    if (value === undefined) {
      const message = `"${text.slice(0, 40)}" is not a valid ${kind.one}`;
      errors.push({ field: `${kind.many}.${index}`, message });
    }
    return value ?? '';
  });
  if (errors.length === 0) return values;
  throw new ApiError(
    kind.wrongCode,
    `${errors.length} of the ${kind.things} are not valid.`,
    errors.slice(0, 100),
  );
}

/** @throws ApiError for an expiry that has passed */
export function readCommon(given: { reason?: string | undefined; expiresAt?: string | undefined }) {
  const expiresAt = given.expiresAt === undefined ? undefined : new Date(given.expiresAt);
  if (expiresAt && expiresAt <= new Date()) throw invalid('expiresAt', 'must be in the future');
  return { reason: given.reason, expiresAt };
}

/** A field whose name depends on the kind. */
const fieldOf = (given: object, name: string): unknown => (given as Record<string, unknown>)[name];

/** Either one entry or several, as the schema has seen to. */
const valuesOf = (kind: Kind, body: Record<string, unknown>): string[] => {
  const several = body[kind.many];
  return Array.isArray(several) ? several.map(String) : [String(body[kind.one])];
};

function addRoute(api: Api, kind: Kind): void {
  const { one, many, path, schema } = kind;
  const body = z
    .strictObject({
      [one]: kind.input.optional(),
      [many]: z.array(kind.input).min(1).max(MAX_ENTRIES, tooMany).optional(),
      ...common,
    })
    .refine((given) => (fieldOf(given, one) === undefined) !== (fieldOf(given, many) === undefined), {
      message: `give \`${one}\`, or \`${many}\` for several`,
      path: [many],
    })
    .openapi(`NewBlacklist${schema}s`);
  change(
    api,
    {
      method: 'post',
      path,
      tag: BLACKLIST_TAG,
      summary: `Blacklist ${kind.things}`,
      description: `${kind.addNote}One that is there already gets the new reason and expiry. One invalid one refuses all.`,
      scope: 'lists:write',
      body,
      bodyLimitBytes: LIMIT_BYTES,
      reply: addedReply,
      errors: ['INVALID_NUMBER'],
    },
    async ({ db, account, body: given, audit }) => {
      const values = readValues(kind, account, valuesOf(kind, given));
      const entry = readCommon(given as { reason?: string; expiresAt?: string });
      const entries = values.map((value) => ({ value, ...entry }));
      const done = await addToBlacklist(db, { accountId: account.id, kind: kind.kind, entries });
      await audit('blacklist.add', path.slice(1), { ...done });
      return done;
    },
  );
}

function listRoute(api: Api, kind: Kind): void {
  const { one, path, schema } = kind;
  const entry = z
    .object({ [one]: z.string(), reason: z.string().nullable(), expiresAt: maybeMoment, createdAt: moment })
    .openapi(`Blacklist${schema}`);
  const show = ({ value, ...rest }: BlacklistEntry) => ({ [one]: value, ...rest });
  const query = z.strictObject({
    ...paging.shape,
    [one]: kind.prefix.optional().openapi({ type: 'string', description: 'What entries begin with.' }),
    reason: z.string().min(1).max(MAX_REASON_LENGTH).optional().openapi({
      description: 'Words of the reason, in any case.',
    }),
    expired: z.enum(['true', 'false'], 'must be true or false').optional().openapi({
      description: 'Only those that no longer count, or only those that do.',
    }),
  });
  read(
    api,
    {
      method: 'get',
      path,
      tag: BLACKLIST_TAG,
      summary: `Blacklisted ${kind.things}`,
      scope: 'lists:read',
      query,
      reply: pageOf(entry, `Blacklist${schema}Page`),
    },
    async ({ db, account, query: asked }) => {
      const { limit, cursor, reason, expired } = asked;
      const prefix = fieldOf(asked, one);
      const rows = await listBlacklist(db, {
        accountId: account.id,
        kind: kind.kind,
        limit: limit + 1,
        after: decodeCursor(z.string(), cursor),
        prefix: typeof prefix === 'string' ? prefix : undefined,
        reason,
        expired: expired === undefined ? undefined : expired === 'true',
        now: new Date(),
      });
      const page = pageFrom(rows, limit, (last) => last.value);
      return { ...page, items: page.items.map(show) };
    },
  );
}

function removeRoutes(api: Api, kind: Kind): void {
  const { one, many, path, schema } = kind;
  const key = (account: Account) => ({ accountId: account.id, kind: kind.kind });
  change(
    api,
    {
      method: 'delete',
      path: `${path}/{${one}}`,
      tag: BLACKLIST_TAG,
      summary: `Take a ${one === 'number' ? 'number' : 'mail address'} off the blacklist`,
      scope: 'lists:write',
      params: z.object({ [one]: z.string().max(254) }),
      status: 204,
    },
    async ({ db, account, params, audit }) => {
      const value = kind.read(account, params[one] ?? '');
      const values = value === undefined ? [] : [value];
      if ((await removeFromBlacklist(db, { ...key(account), values })) === 0) throw notFound('entry');
      await audit('blacklist.remove', path.slice(1));
    },
  );
  const body = z
    .strictObject({
      [many]: z.array(kind.input).min(1).max(MAX_ENTRIES, tooMany).optional(),
      expired: z.literal(true, 'must be true').optional(),
    })
    .refine((given) => (given[many] === undefined) !== (given.expired === undefined), {
      message: `give \`${many}\`, or \`expired: true\` for all that no longer count`,
      path: [many],
    })
    .openapi(`BlacklistRemovalOf${schema}s`);
  change(
    api,
    {
      method: 'post',
      path: `${path}/removals`,
      tag: BLACKLIST_TAG,
      summary: `Take several ${kind.things} off the blacklist, or all that have expired`,
      description: 'Those that are not on it are passed over. One invalid one refuses all.',
      scope: 'lists:write',
      body,
      bodyLimitBytes: LIMIT_BYTES,
      reply: removedReply,
      errors: ['INVALID_NUMBER'],
    },
    async ({ db, account, body: given, audit }) => {
      const removed = given.expired
        ? await removeExpired(db, { ...key(account), now: new Date() })
        : await removeFromBlacklist(db, {
            ...key(account),
            values: readValues(kind, account, valuesOf(kind, given)),
          });
      await audit('blacklist.remove', path.slice(1), { removed });
      return { removed };
    },
  );
}

export function blacklistRoutes(api: Api): void {
  for (const kind of BLACKLIST_KINDS) {
    addRoute(api, kind);
    listRoute(api, kind);
    removeRoutes(api, kind);
  }
}
