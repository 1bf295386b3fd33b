/** Where keys may be used from: IPv4 addresses and domains. What would lock the caller out asks for a confirmation. */
import { z } from '@hono/zod-openapi';
import {
  addSource,
  listSources,
  lockSourceLists,
  readSourceLists,
  removeSource,
  type SourceEntry,
  type SourceKind,
} from '../../db/queries/whitelist-sources.ts';
import { judgeSource, type Read, readDomain, readNetwork, type SourceLists } from '../../domain/source.ts';
import type { Caller } from '../context.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError, invalid, notFound } from '../errors.ts';
import { idParam, moment, pageOf, paging } from '../schemas.ts';

/** Entries of each list. */
const MAX_SOURCES = 100;

const tag = 'Blacklist and whitelist';
const confirm = z.boolean().optional().openapi({
  description: 'Needed when calls from where you are now would be refused afterwards.',
});
const confirmQuery = z.strictObject({
  confirm: z.enum(['true', 'false'], 'must be true or false').optional(),
});

/** What differs between the two lists. */
interface Kind {
  kind: SourceKind;
  path: '/whitelist/ips' | '/whitelist/domains';
  field: 'address' | 'domain';
  names: { one: string; many: string; schema: string };
  example: string;
  description: string;
  read(text: string): Read<string>;
  of(lists: SourceLists): readonly string[];
  with(lists: SourceLists, values: readonly string[]): SourceLists;
}

const KINDS: readonly Kind[] = [
  {
    kind: 'addresses',
    path: '/whitelist/ips',
    field: 'address',
    names: { one: 'address', many: 'IPv4 addresses that keys may be used from', schema: 'WhitelistAddress' },
    example: '203.0.113.0/24',
    description:
      'A single IPv4 address or a network in CIDR notation. Once any is listed, calls with a key of the account from elsewhere get 403 `ADDRESS_NOT_ALLOWED`. Keys of operations are exempt.',
    read: readNetwork,
    of: (lists) => lists.networks,
    with: (lists, networks) => ({ ...lists, networks }),
  },
  {
    kind: 'domains',
    path: '/whitelist/domains',
    field: 'domain',
    names: { one: 'domain', many: 'domains whose pages may use keys', schema: 'WhitelistDomain' },
    example: 'crm.example.com',
    description:
      'A host, or `*.example.com` for every host below one. Once any is listed, calls whose `Origin` (or without one, `Referer`) names another host get 403 `DOMAIN_NOT_ALLOWED`, and so do calls that name none, unless their address is whitelisted. Keys of operations are exempt.',
    read: readDomain,
    of: (lists) => lists.domains,
    with: (lists, domains) => ({ ...lists, domains }),
  },
];

/** A single address is shown as one. */
const shown = (value: string): string => value.replace(/\/32$/, '');

/** @throws ApiError CONFIRM_NEEDED when the caller's own next call would be refused */
function guard(caller: Caller, after: SourceLists, confirmed: boolean): void {
  if (confirmed || caller.operations) return;
  const refusal = judgeSource(after, caller);
  if (!refusal) return;
  const where =
    refusal === 'ADDRESS_NOT_ALLOWED'
      ? `your own address, ${caller.address ?? 'which is not known'},`
      : caller.site === undefined
        ? 'a call like this one, which names no site and comes from no listed address,'
        : `your own site, ${caller.site || 'which cannot be read'},`;
  const message = `must be true: from then on ${where} would be refused`;
  throw new ApiError('CONFIRM_NEEDED', `confirm: ${message}.`, [{ field: 'confirm', message }]);
}

function sourceRoutes(api: Api, kind: Kind): void {
  const { path, field, names } = kind;
  const entry = z
    .object({ id: z.int(), [field]: z.string().openapi({ example: kind.example }), createdAt: moment })
    .openapi(names.schema);
  const show = ({ id, value, createdAt }: SourceEntry) => ({ id, [field]: shown(value), createdAt });
  const text = z.string().max(300).openapi({ example: kind.example });
  change(
    api,
    {
      method: 'post',
      path,
      tag,
      summary: `Whitelist ${names.one === 'address' ? 'an address' : 'a domain'}`,
      description: `${kind.description} At most ${MAX_SOURCES}. One that is there already is answered with its entry.`,
      scope: 'lists:write',
      body: z.strictObject({ [field]: text, confirm }).openapi(`New${names.schema}`),
      status: 201,
      reply: entry,
      errors: ['CONFIRM_NEEDED', 'TOO_MANY_ENTRIES'],
    },
    async ({ db, account, body, audit, caller }) => {
      const given = kind.read(String(body[field]));
      if (!given.ok) throw invalid(field, given.problem);
      const key = { accountId: account.id };
      await lockSourceLists(db, key);
      const before = await readSourceLists(db, key);
      const values = kind.of(before);
      if (!values.includes(given.value) && values.length >= MAX_SOURCES) {
        throw new ApiError('TOO_MANY_ENTRIES', `An account may whitelist at most ${MAX_SOURCES} of these.`);
      }
      guard(caller, kind.with(before, [...values, given.value]), body.confirm === true);
      const { added, ...made } = await addSource(db, { ...key, kind: kind.kind, value: given.value });
      if (added) await audit('whitelist.add', `${path.slice(1)}/${made.id}`, { [field]: shown(given.value) });
      return show(made);
    },
  );
  read(
    api,
    {
      method: 'get',
      path,
      tag,
      summary: `Whitelisted ${names.many}`,
      scope: 'lists:read',
      query: paging,
      reply: pageOf(entry, `${names.schema}Page`),
    },
    async ({ db, account, query }) => {
      const rows = await listSources(db, {
        accountId: account.id,
        kind: kind.kind,
        limit: query.limit + 1,
        afterId: decodeCursor(z.int(), query.cursor),
      });
      const page = pageFrom(rows, query.limit, (last) => last.id);
      return { ...page, items: page.items.map(show) };
    },
  );
  change(
    api,
    {
      method: 'delete',
      path: `${path}/{id}`,
      tag,
      summary: `Take ${names.one === 'address' ? 'an address' : 'a domain'} off the whitelist`,
      scope: 'lists:write',
      params: idParam,
      query: confirmQuery,
      status: 204,
      errors: ['CONFIRM_NEEDED'],
    },
    async ({ db, account, params, query, audit, caller }) => {
      const key = { accountId: account.id };
      await lockSourceLists(db, key);
      const value = await removeSource(db, { ...key, kind: kind.kind, id: params.id });
      if (value === undefined) throw notFound('entry');
      guard(caller, await readSourceLists(db, key), query.confirm === 'true');
      await audit('whitelist.remove', `${path.slice(1)}/${params.id}`, { [field]: shown(value) });
    },
  );
}

export function whitelistSourceRoutes(api: Api): void {
  for (const kind of KINDS) sourceRoutes(api, kind);
}
