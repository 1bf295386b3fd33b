/** Whether whoever opened a stream may still read it: streams outlive the moment in which a caller was known. */
import type { Database } from '../client.ts';

/** A key that is not revoked; or a session that stands, of a person who may still act for the account. */
export async function isStillAllowed(
  db: Database,
  input: { accountId: number; keyId: number | undefined; sessionId: number | undefined },
): Promise<boolean> {
  const { accountId, keyId, sessionId } = input;
  const rows = await db.sql`
    select 1 from api_keys where id = ${keyId ?? null} and revoked_at is null
    union all
    select 1 from sessions s join users u on u.id = s.user_id
    where s.id = ${sessionId ?? null} and s.expires_at > now()
      and (u.operations or exists (
        select 1 from memberships m
        where m.user_id = u.id and m.account_id = ${accountId} and m.disabled_at is null))`;
  return rows.length > 0;
}
