/** What the ledger knows of calls that are up and nobody carries: whose they are, or that they are over. */
import type { Database } from '../client.ts';

export interface KnownCall {
  /** The trunk's id of the call. */
  callId: string;
  accountId: number;
  attemptId: string;
  direction: 'out' | 'in';
  /** Absent for calls to us. */
  requestId: number | null;
  flowId: number;
  row: number | null;
  attemptNo: number;
  step: number;
  reservedAt: Date;
  settled: boolean;
}

/**
 * Over all accounts, as the trunk knows nothing of them: for workers alone, and only by ids the trunk gave.
 * @param callIds attempt ids of calls to people, and the trunk's own ids of calls to us. Others are passed over
 */
export async function findKnownCalls(db: Database, callIds: string[]): Promise<KnownCall[]> {
  const columns = db.sql`
    a.account_id as "accountId", a.id as "attemptId", a.direction, a.request_id as "requestId",
    a.flow_id as "flowId", a.row, a.attempt_no as "attemptNo", a.step, a.reserved_at as "reservedAt",
    a.outcome is not null as settled`;
  const uuids = callIds.filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id));
  // Calls to us are few, and looked for among those that are open: the trunk's id has no index of its own.
  return db.sql<KnownCall[]>`
    select a.id::text as "callId", ${columns}
    from attempts a where a.id = any(${uuids}::uuid[])
    union all
    select a.provider_ref as "callId", ${columns}
    from open_attempts o join attempts a on a.id = o.attempt_id
    where o.request_id is null and a.direction = 'in' and a.provider_ref = any(${callIds}::text[])`;
}
