/** Who may not be contacted, and who is exempt: the look-ups that ingest, the API and the last-moment checks share. */
import type { Database } from '../client.ts';

/** Those of the addresses (lower case in the reply) that may not be mailed at `now`. */
export async function lookUpBlacklistEmails(
  db: Database,
  input: { accountId: number; emails: readonly string[]; now: Date },
): Promise<Set<string>> {
  const emails = input.emails.map((email) => email.toLowerCase());
  const rows = await db.sql<{ email: string }[]>`
    select email from blacklist_emails
    where account_id = ${input.accountId} and email = any(${emails}::text[])
      and (expires_at is null or expires_at > ${input.now})`;
  return new Set(rows.map((row) => row.email));
}

/** Which of some numbers are suppressed, and which are exempt from the register. All E.164. */
export interface Listed {
  blacklisted: Set<string>;
  /** Verified whitelist entries only. */
  whitelisted: Set<string>;
}

/**
 * One round trip however many numbers; a few thousand at a time is best.
 * @param now entries of the blacklist that have expired by then do not count
 */
export async function lookUp(
  db: Database,
  input: { accountId: number; numbers: readonly string[]; now: Date },
): Promise<Listed> {
  const listed: Listed = { blacklisted: new Set(), whitelisted: new Set() };
  if (input.numbers.length === 0) return listed;
  const rows = await db.sql<{ number: string; blacklisted: boolean }[]>`
    with asked as materialized (select unnest(${input.numbers as string[]}::text[]) as number)
    select b.number, true as blacklisted from asked join blacklist_phones b using (number)
    where b.account_id = ${input.accountId} and (b.expires_at is null or b.expires_at > ${input.now})
    union all
    select w.number, false from asked join whitelist_phones w using (number)
    where w.account_id = ${input.accountId} and w.verified_at is not null`;
  for (const row of rows) (row.blacklisted ? listed.blacklisted : listed.whitelisted).add(row.number);
  return listed;
}
