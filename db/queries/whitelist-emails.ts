/** Whitelisted mail addresses: who may get status mail and send lists. In lower case. */
import { type Database, inTransaction } from '../client.ts';

export interface WhitelistEmail {
  id: number;
  /** Lower case. */
  email: string;
  createdAt: Date;
}

/** Adds one address; one that is already there is answered with its own entry. */
export async function addWhitelistEmail(
  db: Database,
  input: { accountId: number; email: string },
): Promise<WhitelistEmail> {
  const email = input.email.toLowerCase();
  return inTransaction(db, async ({ sql: tx }) => {
    // The table has no unique key to conflict on, so two adds of one address take turns.
    await tx`select pg_advisory_xact_lock(hashtextextended(${`whitelist/${input.accountId}/${email}`}, 0))`;
    const found = await tx<WhitelistEmail[]>`
      select id::int, email, created_at as "createdAt" from whitelist_emails
      where account_id = ${input.accountId} and email = ${email}`;
    if (found[0]) return found[0];
    const made = await tx<WhitelistEmail[]>`
      insert into whitelist_emails (account_id, email) values (${input.accountId}, ${email})
      returning id::int, email, created_at as "createdAt"`;
    if (!made[0]) throw new Error('a whitelisted address was inserted but not returned');
    return made[0];
  });
}

/** In order of id, from above `afterId`. */
export async function listWhitelistEmails(
  db: Database,
  input: { accountId: number; limit: number; afterId?: number | undefined },
): Promise<WhitelistEmail[]> {
  return db.sql<WhitelistEmail[]>`
    select id::int, email, created_at as "createdAt" from whitelist_emails
    where account_id = ${input.accountId} and id > ${input.afterId ?? 0}
    order by id limit ${input.limit}`;
}

/** @returns false when it was not there */
export async function removeWhitelistEmail(
  db: Database,
  input: { accountId: number; id: number },
): Promise<boolean> {
  const removed = await db.sql`
    delete from whitelist_emails where account_id = ${input.accountId} and id = ${input.id}`;
  return removed.count > 0;
}

/** Those of the addresses (lower case in the reply) that are on the account's whitelist. */
export async function lookUpWhitelistEmails(
  db: Database,
  input: { accountId: number; emails: readonly string[] },
): Promise<Set<string>> {
  const emails = input.emails.map((email) => email.toLowerCase());
  const rows = await db.sql<{ email: string }[]>`
    select distinct email from whitelist_emails
    where account_id = ${input.accountId} and email = any(${emails}::text[])`;
  return new Set(rows.map((row) => row.email));
}
