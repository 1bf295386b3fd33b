/**
 * Requests: creating, finding and steering them. Whatever the workflow must hear of is written to the
 * outbox in the same transaction; whatever watchers must hear of, to the request's events.
 */
import { and, desc, eq, gte, inArray, lt, lte, sql } from 'drizzle-orm';
import type { RequestStatus } from '../../domain/outcome.ts';
import { type RequestPolicy, requestPolicy } from '../../domain/policy.ts';
import type { Database } from '../client.ts';
import { flows, outbox, requestPolicies, requests, requestTallies } from '../schema/index.ts';
import { addRequestEvent } from './events.ts';

export type RequestRow = typeof requests.$inferSelect & { flowName: string };
type NewRequestColumns = Omit<
  typeof requests.$inferInsert,
  'id' | 'policyVersion' | 'createdAt' | 'startedAt' | 'loaded' | 'added'
>;

export interface RequestKey {
  accountId: number;
  requestId: number;
}

const isRequest = (key: RequestKey) =>
  and(eq(requests.accountId, key.accountId), eq(requests.id, key.requestId));

/** Has the sweeper, or the API after its commit, tell the request's workflow. */
async function tell(tx: Database, key: RequestKey, kind: 'start' | 'changed'): Promise<void> {
  await tx.orm.insert(outbox).values({ ...key, kind });
}

/**
 * Stores a request with the first version of its policy. Call it in a transaction: the outbox row that
 * starts the workflow must stand or fall with the request.
 * @returns the request's id
 */
export async function createRequest(
  tx: Database,
  input: NewRequestColumns & { policy: RequestPolicy },
): Promise<number> {
  const { policy, ...columns } = input;
  const [made] = await tx.orm.insert(requests).values(columns).returning({ id: requests.id });
  if (!made) throw new Error('the request was not stored');
  const key = { accountId: input.accountId, requestId: made.id };
  await tx.orm.insert(requestPolicies).values({ ...key, version: 1, policy, createdBy: input.createdBy });
  await addRequestEvent(tx, { ...key, type: 'CREATED', data: { source: input.source } });
  if (input.rejection)
    await addRequestEvent(tx, { ...key, type: 'REJECTED', data: { code: input.rejection } });
  await tell(tx, key, 'start');
  return made.id;
}

/** Of all accounts: the caller names one. */
export const withFlowName = (db: Database) =>
  db.orm
    .select({ request: requests, flowName: flows.name })
    .from(requests)
    .innerJoin(flows, eq(flows.id, requests.flowId));

export async function getRequest(db: Database, key: RequestKey): Promise<RequestRow | undefined> {
  const [found] = await withFlowName(db).where(isRequest(key));
  return found && { ...found.request, flowName: found.flowName };
}

/** A request's counters, summed over their shards. */
export interface Tallies {
  result: Record<string, number>;
  outcome: Record<string, number>;
  attempt: Record<string, number>;
}

/** Counters of several requests, by request id. A request without any has empty ones. */
export async function readTallies(
  db: Database,
  input: { accountId: number; requestIds: number[] },
): Promise<Map<number, Tallies>> {
  const all = new Map(
    input.requestIds.map((id): [number, Tallies] => [id, { result: {}, outcome: {}, attempt: {} }]),
  );
  if (all.size === 0) return all;
  const rows = await db.orm
    .select({
      requestId: requestTallies.requestId,
      kind: requestTallies.kind,
      value: requestTallies.value,
      count: sql<number>`sum(${requestTallies.count})::bigint`,
    })
    .from(requestTallies)
    .where(
      and(eq(requestTallies.accountId, input.accountId), inArray(requestTallies.requestId, input.requestIds)),
    )
    .groupBy(requestTallies.requestId, requestTallies.kind, requestTallies.value)
    .orderBy(requestTallies.value);
  for (const row of rows) {
    const tallies = all.get(row.requestId);
    // A count that was taken back to nothing is not worth showing.
    if (tallies && row.count !== 0) tallies[row.kind][row.value] = row.count;
  }
  return all;
}

/** The policy in force, or the version named. */
export async function getPolicy(
  db: Database,
  input: RequestKey & { version: number },
): Promise<RequestPolicy | undefined> {
  const [found] = await db.orm
    .select({ policy: requestPolicies.policy })
    .from(requestPolicies)
    .where(
      and(
        eq(requestPolicies.accountId, input.accountId),
        eq(requestPolicies.requestId, input.requestId),
        eq(requestPolicies.version, input.version),
      ),
    );
  // One that was frozen in an older shape is read as what it means today.
  return found && requestPolicy.parse(found.policy);
}

/**
 * Locks a request's row until the transaction ends and reads it. Whoever begins an attempt holds the same
 * lock for sharing, so what is decided under it holds for every attempt that begins after the commit.
 */
export async function lockRequest(tx: Database, key: RequestKey): Promise<RequestRow | undefined> {
  await tx.orm.select({ id: requests.id }).from(requests).where(isRequest(key)).for('update');
  return getRequest(tx, key);
}

/** Changes columns of a locked request, writes the event and has the workflow told. */
export async function steerRequest(
  tx: Database,
  input: RequestKey & {
    set: Partial<
      Pick<
        RequestRow,
        | 'status'
        | 'pausedAt'
        | 'cancelledAt'
        | 'closedAt'
        | 'startAt'
        | 'endAt'
        | 'lateAt'
        | 'policyVersion'
        | 'loaded'
        | 'added'
        | 'spreadPlan'
      >
    >;
    event: string;
    data?: Record<string, unknown> | undefined;
  },
): Promise<void> {
  const { accountId, requestId } = input;
  if (Object.keys(input.set).length > 0) {
    await tx.orm.update(requests).set(input.set).where(isRequest(input));
  }
  await addRequestEvent(tx, {
    accountId,
    requestId,
    type: input.event,
    ...(input.data && { data: input.data }),
  });
  await tell(tx, { accountId, requestId }, 'changed');
}

/** One field that a version changed. */
export interface PolicyChange {
  field: string;
  from: unknown;
  to: unknown;
}

export interface PolicyVersion {
  version: number;
  createdAt: Date;
  createdBy: string;
  changes: PolicyChange[];
  policy: RequestPolicy;
}

/** Newest first, from below `before`. */
export async function listPolicyVersions(
  db: Database,
  input: RequestKey & { before: number | undefined; limit: number },
): Promise<PolicyVersion[]> {
  const { version, createdAt, createdBy, changes, policy } = requestPolicies;
  const rows = await db.orm
    .select({ version, createdAt, createdBy, changes, policy })
    .from(requestPolicies)
    .where(
      and(
        eq(requestPolicies.accountId, input.accountId),
        eq(requestPolicies.requestId, input.requestId),
        input.before === undefined ? undefined : lt(version, input.before),
      ),
    )
    .orderBy(desc(version))
    .limit(input.limit);
  return rows.map((row) => ({ ...row, policy: requestPolicy.parse(row.policy) }));
}

/** Stores the next version of a locked request's policy. */
export async function addPolicyVersion(
  tx: Database,
  input: RequestKey & { version: number; policy: RequestPolicy; changes: PolicyChange[]; createdBy: string },
): Promise<void> {
  await tx.orm.insert(requestPolicies).values(input);
}

/** How many requests of all accounts stand in each status, created in the last `days`: for metrics. */
export async function countRequestsByStatus(
  db: Database,
  input: { days: number },
): Promise<{ status: RequestStatus; count: number }[]> {
  const since = sql`now() - make_interval(days => ${input.days})`;
  return db.orm
    .select({ status: requests.status, count: sql<number>`count(*)::int` })
    .from(requests)
    .where(and(gte(requests.createdAt, since), lte(requests.createdAt, sql`now()`)))
    .groupBy(requests.status);
}

/** Settled attempts of all accounts' requests created in the last `days`, by outcome: for metrics. */
export async function countAttemptsByOutcome(
  db: Database,
  input: { days: number },
): Promise<{ outcome: string; count: number }[]> {
  return db.sql<{ outcome: string; count: number }[]>`
    select t.value as outcome, sum(t.count)::bigint as count
    from request_tallies t join requests r on r.id = t.request_id
    where t.kind = 'attempt' and r.created_at > now() - make_interval(days => ${input.days})
    group by t.value`;
}
