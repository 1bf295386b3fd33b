/** The ledger as reports read it. Reserving and settling live elsewhere; nothing here writes. */
import type { Direction, FlowType, Medium, Outcome } from '../../domain/outcome.ts';
import type { Database } from '../client.ts';

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
}

export interface AttemptFilter {
  accountId: number;
  /** Of the moment the attempt began; `to` is not included. */
  from?: Date | undefined;
  to?: Date | undefined;
  flowType?: FlowType | undefined;
  flowId?: number | undefined;
  id?: string | undefined;
  requestId?: number | undefined;
  /** E.164 numbers and mail addresses. Several count as any of them. */
  address?: string | undefined;
  outcome?: Outcome | undefined;
  direction?: Direction | undefined;
  /** Only attempts still in progress. */
  inProgress?: boolean | undefined;
  media?: readonly Medium[] | undefined;
  /** Only attempts older than this one: where the page before ended. */
  before?: { reservedAt: Date; id: string } | undefined;
  limit: number;
}

/** Newest first. */
export async function listAttempts(db: Database, filter: AttemptFilter): Promise<AttemptRow[]> {
  const { sql } = db;
  const and = <T>(value: T | undefined, condition: (value: T) => ReturnType<typeof sql>) =>
    value === undefined ? sql`` : sql`and ${condition(value)}`;
  return sql<AttemptRow[]>`
    select a.id, a.direction, a.request_id as "requestId", a.row, a.attempt_no as "attemptNo", a.step, a.medium,
           a.flow_id as "flowId", coalesce(f.name, '') as "flowName",
           coalesce(f.type, 'outbound') as "flowType", a.flow_version as "flowVersion",
           a.policy_version as "policyVersion", a.address, a.sender, a.provider, a.provider_ref as "providerRef",
           a.reserved_at as "reservedAt", a.answered_at as "answeredAt", a.settled_at as "settledAt",
           a.outcome, a.cause, a.keys
    from attempts a left join flows f on f.id = a.flow_id
    where a.account_id = ${filter.accountId}
      ${and(filter.from, (at) => sql`a.reserved_at >= ${at}`)}
      ${and(filter.to, (at) => sql`a.reserved_at < ${at}`)}
      ${and(filter.id, (id) => sql`a.id = ${id}`)}
      ${and(filter.requestId, (id) => sql`a.request_id = ${id}`)}
      ${and(filter.address, (address) => sql`a.address = ${address}`)}
      ${and(filter.outcome, (outcome) => sql`a.outcome = ${outcome}`)}
      ${and(filter.direction, (direction) => sql`a.direction = ${direction}`)}
      ${filter.inProgress ? sql`and a.settled_at is null` : sql``}
      ${and(filter.media, (media) => sql`a.medium = any(${[...media]}::medium[])`)}
      ${and(filter.flowId, (id) => sql`a.flow_id = ${id}`)}
      ${and(filter.flowType, (type) => sql`f.type = ${type}`)}
      ${and(filter.before, (last) => sql`(a.reserved_at, a.id) < (${last.reservedAt}, ${last.id})`)}
    order by a.reserved_at desc, a.id desc
    limit ${filter.limit}`;
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
