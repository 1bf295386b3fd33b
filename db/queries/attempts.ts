/** The ledger as reports read it. Reserving and settling live elsewhere; nothing here writes. */
import type { PendingQuery, Row } from 'postgres';
import type { Direction, FlowType, Medium, Outcome } from '../../domain/outcome.ts';
import type { Database, Sql } from '../client.ts';

export interface AttemptRow {
  id: string;
  direction: Direction;
  /** Absent, as are row and policy version, in calls to us and in what is sent from inside them. */
  requestId: number | null;
  row: number | null;
  attemptNo: number;
  step: number;
  medium: Medium;
  flowId: number;
  /** Empty for one-time codes, which no flow sends. */
  flowName: string;
  flowType: FlowType;
  flowVersion: number;
  policyVersion: number | null;
  /** Of a call to us: the caller; empty when the number is withheld. */
  address: string;
  sender: string | null;
  provider: string;
  providerRef: string | null;
  reservedAt: Date;
  answeredAt: Date | null;
  settledAt: Date | null;
  outcome: Outcome | null;
  cause: string | null;
  keys: string | null;
  /** Of a test call, or sent from inside one. */
  test: boolean;
}

export interface AttemptFilter {
  accountId: number;
  /** Of the moment the attempt began; `to` is not included. */
  from?: Date | undefined;
  to?: Date | undefined;
  /** Of one of these flows. */
  flowIds?: readonly number[] | undefined;
  id?: string | undefined;
  requestId?: number | undefined;
  /** E.164 number or mail address. */
  address?: string | undefined;
  /** Null: still in progress. */
  outcome?: Outcome | null | undefined;
  /** Only those that have ended. */
  ended?: boolean | undefined;
  direction?: Direction | undefined;
  media?: readonly Medium[] | undefined;
  /** Where the page before ended, in the order asked for. */
  after?: { reservedAt: Date; id: string } | undefined;
  oldestFirst?: boolean | undefined;
  limit: number;
}

type Fragment = PendingQuery<Row[]>;

/** An account's newest attempts are looked through first, this many for each one asked for. */
const LOOKED_THROUGH = 20;
const LOOKED_THROUGH_LEAST = 2_000;

/** In the order they began, the newest first unless asked otherwise. However rare what is asked for, it takes little time. */
export async function listAttempts(db: Database, filter: AttemptFilter): Promise<AttemptRow[]> {
  const { sql } = db;
  if (filter.flowIds?.length === 0 || filter.media?.length === 0 || filter.limit === 0) return [];
  if (filter.outcome === null && filter.ended) return [];
  if (filter.id !== undefined || filter.address !== undefined || !isOfKind(filter)) {
    return show(sql, filter, found(sql, filter, conditions(sql, filter)));
  }
  if (filter.requestId !== undefined) {
    if (!(await mayHave(db, filter, filter.requestId))) return [];
    return show(sql, filter, byKind(sql, filter, requestKinds(sql, filter, filter.requestId)));
  }
  if (filter.flowIds === undefined) {
    const newest = await show(sql, filter, amongNewest(sql, filter));
    if (newest.length === filter.limit) return newest;
  }
  return show(sql, filter, byKind(sql, filter, flowKinds(sql, filter)));
}

/** Whether it asks for more than a time: then what it asks for may be rare. */
const isOfKind = (filter: AttemptFilter): boolean =>
  filter.requestId !== undefined ||
  filter.flowIds !== undefined ||
  filter.outcome !== undefined ||
  filter.ended !== undefined ||
  filter.direction !== undefined ||
  filter.media !== undefined;

const and = (sql: Sql, condition: Fragment | undefined): Fragment =>
  condition === undefined ? sql`` : sql`and ${condition}`;

/** Indices put absent values last (drizzle's `desc()`), so an order that is to be read from them says the same. */
const order = (sql: Sql, { oldestFirst }: AttemptFilter): Fragment =>
  oldestFirst
    ? sql`reserved_at asc nulls first, id asc nulls first`
    : sql`reserved_at desc nulls last, id desc nulls last`;

function times(sql: Sql, { from, to, after, oldestFirst }: AttemptFilter): Fragment {
  const beyond =
    after &&
    (oldestFirst
      ? sql`(a.reserved_at, a.id) > (${after.reservedAt}, ${after.id})`
      : sql`(a.reserved_at, a.id) < (${after.reservedAt}, ${after.id})`);
  return sql`${and(sql, from && sql`a.reserved_at >= ${from}`)} ${and(sql, to && sql`a.reserved_at < ${to}`)}
             ${and(sql, beyond)}`;
}

function conditions(sql: Sql, filter: AttemptFilter): Fragment {
  const { id, requestId, address, outcome, ended, direction, media, flowIds } = filter;
  return sql`
    ${and(sql, id === undefined ? undefined : sql`a.id = ${id}`)}
    ${and(sql, requestId === undefined ? undefined : sql`a.request_id = ${requestId}`)}
    ${and(sql, address === undefined ? undefined : sql`a.address = ${address}`)}
    ${and(sql, outcome === null ? sql`a.outcome is null` : outcome && sql`a.outcome = ${outcome}`)}
    ${and(sql, ended ? sql`a.outcome is not null` : undefined)}
    ${and(sql, direction && sql`a.direction = ${direction}`)}
    ${and(sql, media && sql`a.medium = any(${[...media]}::medium[])`)}
    ${and(sql, flowIds && sql`a.flow_id = any(${[...flowIds]}::bigint[])`)}`;
}

/** By an index that is narrow enough: an address, an id, or a time. */
const found = (sql: Sql, filter: AttemptFilter, where: Fragment): Fragment => sql`
  select a.reserved_at, a.id from attempts a
  where a.account_id = ${filter.accountId} ${where} ${times(sql, filter)}
  order by ${order(sql, filter)} limit ${filter.limit}`;

/** What is common is found among the next few thousand, whatever it is. */
function amongNewest(sql: Sql, filter: AttemptFilter): Fragment {
  const most = Math.max(LOOKED_THROUGH_LEAST, LOOKED_THROUGH * filter.limit);
  return sql`
    select a.reserved_at, a.id from (
      select * from attempts a where a.account_id = ${filter.accountId} ${times(sql, filter)}
      order by ${order(sql, filter)} limit ${most}) a
    where true ${conditions(sql, filter)}
    order by ${order(sql, filter)} limit ${filter.limit}`;
}

/** A request's attempts are of its own flow, and none of them came in. */
async function mayHave(db: Database, filter: AttemptFilter, requestId: number): Promise<boolean> {
  if (filter.direction === 'in') return false;
  if (filter.flowIds === undefined) return true;
  const [request] = await db.sql<{ flowId: number }[]>`
    select flow_id as "flowId" from requests where account_id = ${filter.accountId} and id = ${requestId}`;
  return request !== undefined && filter.flowIds.includes(request.flowId);
}

const mediaOf = (sql: Sql, { media }: AttemptFilter): Fragment =>
  sql`unnest(${media ? [...media] : ['voice', 'sms', 'email']}::medium[])`;

/** Which attempts an index has under one prefix, and the index's columns that say so. */
interface Kinds {
  /** Rows of prefixes, aliased `p`. */
  prefixes: Fragment;
  columns: Fragment;
  /** An attempt `a` of prefix `k`. */
  same: Fragment;
}

const requestKinds = (sql: Sql, filter: AttemptFilter, requestId: number): Kinds => ({
  prefixes: sql`(select ${requestId}::bigint as request_id, medium from ${mediaOf(sql, filter)} as m (medium)) p`,
  columns: sql`k.request_id, k.medium`,
  same: sql`a.request_id = k.request_id and a.medium = k.medium`,
});

function flowKinds(sql: Sql, filter: AttemptFilter): Kinds {
  const { accountId, flowIds, direction } = filter;
  const flows =
    flowIds === undefined
      ? // 0: one-time codes.
        sql`select id from flows where account_id = ${accountId} union all select 0`
      : sql`select unnest(${[...flowIds]}::bigint[])`;
  return {
    prefixes: sql`(
      select f.id as flow_id, d.direction, m.medium from (${flows}) as f (id)
        cross join unnest(${direction ? [direction] : ['out', 'in']}::direction[]) as d (direction)
        cross join ${mediaOf(sql, filter)} as m (medium)) p`,
    columns: sql`k.flow_id, k.direction, k.medium`,
    same: sql`a.flow_id = k.flow_id and a.direction = k.direction and a.medium = k.medium`,
  };
}

/**
 * Enumerates the outcomes there are under each prefix, by hopping in the index from one to the next (each chain ends with
 * null, which stands for what is in progress), and takes of each as many as are asked for: a few thousand rows at most,
 * whatever the filter and the ledger's size.
 */
function byKind(sql: Sql, filter: AttemptFilter, { prefixes, columns, same }: Kinds): Fragment {
  const { accountId, outcome, ended, limit } = filter;
  const next = (beyond: Fragment): Fragment => sql`(
    select a.outcome from attempts a where a.account_id = ${accountId} and ${same} ${beyond}
    order by a.outcome limit 1)`;
  const kinds =
    outcome === undefined
      ? sql`
        select ${columns}, ${next(sql`and a.outcome is not null`)} as outcome from (select * from ${prefixes}) k
        union all
        select ${columns}, ${next(sql`and a.outcome > k.outcome`)} from kinds k where k.outcome is not null`
      : sql`select p.*, ${outcome}::outcome as outcome from ${prefixes}`;
  const some = (where: Fragment): Fragment => sql`
    select a.reserved_at, a.id from attempts a
    where a.account_id = ${accountId} and ${same} and ${where} ${times(sql, filter)}
    order by ${order(sql, filter)} limit ${limit}`;
  return sql`
    with recursive kinds as (${kinds})
    select s.reserved_at, s.id from kinds k cross join lateral (${some(sql`a.outcome = k.outcome`)}) s
    where k.outcome is not null
    union all
    select s.reserved_at, s.id from kinds k cross join lateral (${some(sql`a.outcome is null`)}) s
    where k.outcome is null and ${!ended}
    order by ${order(sql, filter)} limit ${limit}`;
}

/** Whole rows of what was found: only of the page. */
function show(sql: Sql, filter: AttemptFilter, page: Fragment): Promise<AttemptRow[]> {
  return sql<AttemptRow[]>`
    with page as materialized (${page})
    select a.id, a.direction, a.request_id as "requestId", a.row, a.attempt_no as "attemptNo", a.step, a.medium,
           a.flow_id as "flowId", coalesce(f.name, '') as "flowName",
           coalesce(f.type, 'outbound') as "flowType", a.flow_version as "flowVersion",
           a.policy_version as "policyVersion", a.address, a.sender, a.provider, a.provider_ref as "providerRef",
           a.reserved_at as "reservedAt", a.answered_at as "answeredAt", a.settled_at as "settledAt",
           a.outcome, a.cause, a.keys, coalesce(r.source = 'test', false) as test
    from page p join attempts a on a.id = p.id left join flows f on f.id = a.flow_id
      left join requests r on r.id = a.request_id
    where a.account_id = ${filter.accountId}
    order by ${
      filter.oldestFirst
        ? sql`p.reserved_at asc nulls first, p.id asc nulls first`
        : sql`p.reserved_at desc nulls last, p.id desc nulls last`
    }`;
}

/** A request's attempts that have begun and not ended. Counted in the small table of open ones. */
export async function countOpenAttempts(
  db: Database,
  key: { accountId: number; requestId: number },
): Promise<number> {
  const [row] = await db.sql<{ count: number }[]>`
    select count(*)::int as count from open_attempts
    where account_id = ${key.accountId} and request_id = ${key.requestId}`;
  return row?.count ?? 0;
}

/** Attempts by their ids, in no order; ids that are not the account's are left out. */
export async function findAttempts(
  db: Database,
  input: { accountId: number; ids: readonly string[] },
): Promise<AttemptRow[]> {
  if (input.ids.length === 0) return [];
  return show(
    db.sql,
    { accountId: input.accountId, limit: input.ids.length },
    db.sql`select reserved_at, id from attempts where id = any(${[...input.ids]}::uuid[])`,
  );
}
