/** What the books hold of attempts, for their receipts. A few thousand at a time, each by its primary key. */
import { attemptId, parseAttemptId } from '../../domain/attempt-id.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { ReceiptSource } from '../../domain/receipt.ts';
import type { Database } from '../client.ts';

/** @param ids of the account's attempts; others are passed over. @returns in the order of the ids */
export async function readReceiptSources(
  db: Database,
  input: { accountId: number; ids: readonly string[] },
): Promise<ReceiptSource[]> {
  const { accountId, ids } = input;
  const [rows, prior] = await Promise.all([
    db.sql<Omit<ReceiptSource, 'prior'>[]>`
      select a.id, a.account_id as "accountId", a.direction, a.medium, a.step, a.attempt_no as "attemptNo",
             a.request_id as "requestId", a.row, a.flow_id as "flowId", a.flow_version as "flowVersion",
             a.policy_version as "policyVersion", p.policy, a.address, a.sender, a.provider,
             a.provider_ref as "providerRef", a.reserved_at as "reservedAt", a.answered_at as "answeredAt",
             a.settled_at as "settledAt", a.outcome, a.cause, a.evidence
      from attempts a
      left join request_policies p
        on p.account_id = a.account_id and p.request_id = a.request_id and p.version = a.policy_version
      where a.account_id = ${accountId} and a.id = any(${[...ids]}::uuid[])`,
    readPrior(db, accountId, ids),
  ]);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    if (!row) return [];
    return [{ ...row, prior: priorIds(id).flatMap((before) => prior.get(before) ?? []) }];
  });
}

/** The ids that the person's earlier attempts have, if they were begun. None for what no request asked for. */
function priorIds(id: string): string[] {
  const key = parseAttemptId(id);
  if (key?.step !== 0) return [];
  return Array.from({ length: key.attemptNo - 1 }, (_, n) => attemptId({ ...key, attemptNo: n + 1 }));
}

async function readPrior(db: Database, accountId: number, ids: readonly string[]) {
  const wanted = [...new Set(ids.flatMap(priorIds))];
  if (wanted.length === 0) return new Map<string, ReceiptSource['prior'][number]>();
  const rows = await db.sql<{ id: string; reservedAt: Date; outcome: Outcome | null }[]>`
    select id, reserved_at as "reservedAt", outcome from attempts
    where account_id = ${accountId} and id = any(${wanted}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}
