/** What Temporal must still be told, and the requests it should know of. */
import type { FlowType, RequestStatus } from '../../domain/outcome.ts';
import type { Database } from '../client.ts';

export interface Untold {
  /** Outbox entries this covers: to be deleted once told. */
  ids: number[];
  accountId: number;
  requestId: number;
  flowId: number;
  flowType: FlowType;
  flowName: string;
  status: RequestStatus;
  /** The workflow may not exist yet. */
  start: boolean;
  /** The request has reached a final status: nobody need be told any more. */
  ended: boolean;
}

interface UntoldRow {
  ids: number[];
  account_id: number;
  request_id: number;
  flow_id: number;
  flow_type: FlowType;
  flow_name: string;
  status: RequestStatus;
  start: boolean;
  ended: boolean;
}

const toUntold = (row: UntoldRow): Untold => ({
  ids: row.ids,
  accountId: row.account_id,
  requestId: row.request_id,
  flowId: row.flow_id,
  flowType: row.flow_type,
  flowName: row.flow_name,
  status: row.status,
  start: row.start,
  ended: row.ended,
});

/** Requests with something untold, oldest first: of one request, or those that have waited since before a moment. */
export async function readOutbox(
  db: Database,
  which: { requestId: number } | { before: Date },
  limit = 200,
): Promise<Untold[]> {
  const filter =
    'requestId' in which ? db.sql`o.request_id = ${which.requestId}` : db.sql`o.created_at < ${which.before}`;
  const rows = await db.sql<UntoldRow[]>`
    select array_agg(o.id) as ids, o.account_id, o.request_id, q.flow_id, q.flow_type, f.name as flow_name, q.status,
           bool_or(o.kind = 'start') as start, q.ended_at is not null and q.status <> 'REJECTED' as ended
    from outbox o join requests q on q.id = o.request_id join flows f on f.id = q.flow_id
    where ${filter}
    group by o.account_id, o.request_id, q.id, f.id
    order by min(o.id) limit ${limit}`;
  return rows.map(toUntold);
}

export async function clearOutbox(db: Database, ids: number[]): Promise<void> {
  await db.sql`delete from outbox where id = any(${ids})`;
}

/** Requests that have not ended, of all accounts: a workflow should be running for each. */
export async function readUnended(db: Database, afterId: number, limit: number): Promise<Untold[]> {
  const rows = await db.sql<UntoldRow[]>`
    select array[]::bigint[] as ids, q.account_id, q.id as request_id, q.flow_id, q.flow_type, f.name as flow_name,
           q.status, true as start, false as ended
    from requests q join flows f on f.id = q.flow_id
    where q.status in ('RECEIVED', 'SCHEDULED', 'IN_PROCESS', 'PAUSED') and q.id > ${afterId}
    order by q.id limit ${limit}`;
  return rows.map(toUntold);
}
