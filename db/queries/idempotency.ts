/**
 * Replies kept by idempotency key. A key is locked, looked up and filled inside the transaction that does
 * the work, so a reply is stored exactly when its effects are: a process killed in between leaves neither,
 * and PostgreSQL lets go of the lock when the connection ends.
 */
import type { Database } from '../client.ts';

/** How long a reply is kept. */
export const IDEMPOTENCY_HOURS = 24;

export interface StoredReply {
  fingerprint: string;
  status: number;
  /** JSON text; absent for a reply without content. */
  body: string | null;
}

/**
 * Takes the key for the rest of the transaction.
 * @returns `BUSY` while another transaction holds it, the reply stored under it, or `FREE`
 */
export async function takeIdempotencyKey(
  tx: Database,
  input: { accountId: number; key: string },
): Promise<'BUSY' | 'FREE' | StoredReply> {
  const [lock] = await tx.sql<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${`idempotency/${input.accountId}/${input.key}`}, 0)) as taken`;
  if (!lock?.taken) return 'BUSY';
  const [found] = await tx.sql<StoredReply[]>`
    select fingerprint, status, body from idempotency_keys
    where account_id = ${input.accountId} and key = ${input.key}
      and created_at > now() - make_interval(hours => ${IDEMPOTENCY_HOURS})`;
  return found ?? 'FREE';
}

/** Stores the reply. Replaces one that is older than a key is kept. */
export async function storeReply(
  tx: Database,
  input: { accountId: number; key: string } & StoredReply,
): Promise<void> {
  await tx.sql`
    insert into idempotency_keys (account_id, key, fingerprint, status, body)
    values (${input.accountId}, ${input.key}, ${input.fingerprint}, ${input.status}, ${input.body})
    on conflict (account_id, key) do update
      set fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body, created_at = now()`;
}

/** Forgets replies that are no longer kept, a bounded number at a time. Returns how many. */
export async function purgeReplies(db: Database): Promise<number> {
  const gone = await db.sql`
    delete from idempotency_keys where (account_id, key) in (
      select account_id, key from idempotency_keys
      where created_at < now() - make_interval(hours => ${IDEMPOTENCY_HOURS})
      order by created_at limit 10000)`;
  return gone.count;
}
