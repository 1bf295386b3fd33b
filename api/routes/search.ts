/** The search box: from whatever is in hand, an id, a number, an address or a part of a name, to where it leads. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { type AttemptRow, findAttempts, listAttempts } from '../../db/queries/attempts.ts';
import { getRecord } from '../../db/queries/records.ts';
import { listRequests } from '../../db/queries/request-pages.ts';
import { getRequest, type RequestRow } from '../../db/queries/requests.ts';
import { didByNumber, flowsLike, isBlacklisted, requestsWithNumber } from '../../db/queries/search.ts';
import { parseAttemptId } from '../../domain/attempt-id.ts';
import { parsePhone } from '../../domain/phone.ts';
import type { Caller } from '../context.ts';
import { type Api, read } from '../endpoint.ts';
import { maybeMoment } from '../schemas.ts';
import { allows, type Scope } from '../scopes.ts';

const TYPES = ['call', 'person', 'request', 'flow', 'did'] as const;

const item = z
  .object({
    type: z.enum(TYPES),
    title: z.string(),
    detail: z.string().openapi({ description: 'One line more, for a person.' }),
    at: maybeMoment.openapi({ description: 'When it was made or last happened.' }),
    requestId: z.int().nullable(),
    flowId: z.int().nullable(),
    uuid: z.string().nullable(),
    didId: z.int().nullable(),
    number: z.string().nullable().openapi({ description: 'To filter reports by.' }),
    email: z.string().nullable(),
  })
  .openapi('SearchResult');
type Item = z.input<typeof item>;

const reply = z
  .object({
    q: z.string(),
    groups: z.array(z.object({ type: z.enum(TYPES), items: z.array(item) })),
  })
  .openapi('SearchResults');

/** Of one kind, and in all. */
const MOST = { each: 8, all: 20 };

const none: Omit<Item, 'type' | 'title' | 'detail'> = {
  at: null,
  requestId: null,
  flowId: null,
  uuid: null,
  didId: null,
  number: null,
  email: null,
};

interface Question {
  db: Database;
  account: Account;
  q: string;
  may(scope: Scope): boolean;
}

function showRequest(row: RequestRow): Item {
  const { id, flowName, fileName, status, added, createdAt, flowId } = row;
  return {
    ...none,
    type: 'request',
    title: fileName === null ? `Request ${id}` : `Request ${id}: ${fileName}`,
    detail: `${status.toLowerCase().replaceAll('_', ' ')}, ${flowName}, ${added} people`,
    at: createdAt,
    requestId: id,
    flowId,
  };
}

async function findRequests({ db, account, q, may }: Question, e164: string | undefined): Promise<Item[]> {
  if (!may('requests:read')) return [];
  const accountId = account.id;
  const ids = /^#?[1-9]\d{0,14}$/.test(q) ? [Number(q.replace('#', ''))] : [];
  if (e164 !== undefined)
    ids.push(...(await requestsWithNumber(db, { accountId, number: e164, limit: MOST.each })));
  const [named, byId] = await Promise.all([
    // The digits of a number are in no flow's name that anybody looks for.
    e164 === undefined ? listRequests(db, { accountId, text: q, limit: MOST.each }) : [],
    Promise.all(ids.map((requestId) => getRequest(db, { accountId, requestId }))),
  ]);
  const rows = [...byId.filter((row) => row !== undefined), ...named];
  return [...new Map(rows.map((row) => [row.id, row])).values()].map(showRequest);
}

async function findFlows({ db, account, q, may }: Question): Promise<Item[]> {
  if (!may('flows:read')) return [];
  const rows = await flowsLike(db, { accountId: account.id, text: q, limit: MOST.each });
  return rows.map(({ id, name, type, publishedVersion }) => ({
    ...none,
    type: 'flow',
    title: name,
    detail: `${type} flow ${id}, ${publishedVersion === null ? 'a draft' : `version ${publishedVersion}`}`,
    flowId: id,
  }));
}

function showCall(row: AttemptRow): Item {
  const { id, medium, outcome, address, requestId, flowId, flowName, reservedAt } = row;
  const what = medium === 'voice' ? 'Call' : medium === 'sms' ? 'SMS' : 'Mail';
  return {
    ...none,
    type: 'call',
    title: `${what} ${row.direction === 'in' ? 'from' : 'to'} ${address || 'a withheld number'}`,
    detail: [outcome?.toLowerCase().replaceAll('_', ' ') ?? 'in progress', flowName]
      .filter((part) => part !== '')
      .join(', '),
    at: reservedAt,
    requestId,
    flowId: flowId === 0 ? null : flowId,
    uuid: id,
  };
}

/** A call by its id; also one that has not begun, whose id is known from its request. */
async function findCall({ db, account, q, may }: Question): Promise<Item[]> {
  if (!may('reports:read')) return [];
  const accountId = account.id;
  const [begun] = await findAttempts(db, { accountId, ids: [q] });
  if (begun) return [showCall(begun)];
  const key = parseAttemptId(q);
  if (key?.step !== 0) return [];
  const of = { accountId, requestId: key.requestId, row: key.row };
  const [record, request] = await Promise.all([getRecord(db, of), getRequest(db, of)]);
  if (!record || !request || record.result !== 'ACCEPTED' || record.attempts + 1 !== key.attemptNo) return [];
  if (record.endedAt) return [];
  const { requestId } = key;
  const title = `Call to ${record.number ?? record.given}`;
  return [{ ...none, type: 'call', title, detail: `not begun, ${request.flowName}`, requestId, uuid: q }];
}

/** A person: all that was begun to or from one number or address. */
async function findPerson(
  { db, account, may }: Question,
  by: { number: string } | { email: string },
): Promise<Item[]> {
  if (!may('reports:read')) return [];
  const accountId = account.id;
  const address = 'number' in by ? by.number : by.email;
  const [[last], blocked] = await Promise.all([
    listAttempts(db, { accountId, address, limit: 1 }),
    may('lists:read') ? isBlacklisted(db, { accountId, address, now: new Date() }) : false,
  ]);
  if (!last && !blocked) return [];
  const outcome = last?.outcome?.toLowerCase().replaceAll('_', ' ') ?? 'in progress';
  return [
    {
      ...none,
      type: 'person',
      title: address,
      detail: [
        last ? `last ${last.medium}: ${outcome}` : 'never contacted',
        ...(blocked ? ['blacklisted'] : []),
      ].join(', '),
      at: last?.reservedAt ?? null,
      ...by,
    },
  ];
}

async function findDid({ db, account, may }: Question, number: string): Promise<Item[]> {
  if (!may('dids:read')) return [];
  const found = await didByNumber(db, { accountId: account.id, number });
  if (!found) return [];
  return [{ ...none, type: 'did', title: number, detail: `answered by ${found.flowName}`, didId: found.id }];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function find(question: Question): Promise<Item[]> {
  const { account, q } = question;
  if (UUID.test(q.toLowerCase())) return findCall({ ...question, q: q.toLowerCase() });
  const email = /^\S+@\S+$/.test(q) ? q.toLowerCase() : undefined;
  const number = email === undefined ? parsePhone(q, account.defaultCountry)?.e164 : undefined;
  const found = await Promise.all([
    number === undefined ? [] : findPerson(question, { number }),
    email === undefined ? [] : findPerson(question, { email }),
    number === undefined ? [] : findDid(question, number),
    findRequests(question, number),
    findFlows(question),
  ]);
  return found.flat();
}

/** Some of every kind, and no more than fit in all. */
function group(items: readonly Item[]): z.input<typeof reply>['groups'] {
  let left = MOST.all;
  return TYPES.flatMap((type) => {
    const some = items.filter((one) => one.type === type).slice(0, Math.min(MOST.each, left));
    left -= some.length;
    return some.length === 0 ? [] : [{ type, items: some }];
  });
}

const scopesOf = (caller: Caller) => (scope: Scope) => allows(caller.scopes, scope);

export function searchRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/search',
      tag: 'Search',
      summary: 'Find a request, a call, a person or a flow',
      description:
        'By the id of a request or a flow, part of the name of a file or a flow, a telephone number in any spelling, a mail address, or the UUID of a call. At most 20 results. Shown is what the caller may read: requests by `requests:read`, flows by `flows:read`, calls and persons by `reports:read`, numbers of ours by `dids:read`.',
      scope: 'any',
      query: z.strictObject({
        q: z.string().trim().min(1, 'say what to look for').max(200, 'may be at most 200 characters'),
      }),
      reply,
    },
    async ({ db, account, caller, query: { q } }) => ({
      q,
      groups: group(await find({ db, account, q, may: scopesOf(caller) })),
    }),
  );
}
