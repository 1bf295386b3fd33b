/**
 * Blacklists and whitelists: adding, listing, removing, and the look-up that ingest and the last-moment
 * check share. Numbers come in as E.164 and mail addresses in any case; the caller has validated both.
 */
import { type Database, inTransaction } from '../client.ts';

export interface PhoneEntry {
  /** E.164. */
  number: string;
  reason: string | null;
  /** From this moment on the entry no longer counts; null: never. */
  expiresAt: Date | null;
}
export interface EmailEntry {
  /** Lower case. */
  email: string;
  reason: string | null;
  expiresAt: Date | null;
}
export interface Page<T> {
  items: T[];
  /** Hand it in as `cursor` for what follows; null at the end. */
  nextCursor: string | null;
}
interface PageInput {
  accountId: number;
  limit: number;
  cursor?: string | undefined;
}

function page<T>(rows: T[], limit: number, keyOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? keyOf(last) : null };
}

/** Entries by key, the last of a key winning: one statement may not touch a row twice. */
function lastByKey<T>(entries: readonly T[], keyOf: (entry: T) => string): [string, T][] {
  return [...new Map(entries.map((entry) => [keyOf(entry), entry]))];
}

export interface NewPhone {
  number: string;
  reason?: string | undefined;
  expiresAt?: Date | undefined;
}

/** Adds numbers, or gives those already there the new reason and expiry. @returns how many were new */
export async function addBlacklistPhones(
  db: Database,
  input: { accountId: number; entries: readonly NewPhone[] },
): Promise<{ added: number; updated: number }> {
  const entries = lastByKey(input.entries, (entry) => entry.number);
  if (entries.length === 0) return { added: 0, updated: 0 };
  const rows = await db.sql<{ inserted: boolean }[]>`
    insert into blacklist_phones (account_id, number, reason, expires_at)
    select ${input.accountId}, number, reason, expires_at
    from unnest(${entries.map(([key]) => key)}::text[], ${entries.map(([, e]) => e.reason ?? null)}::text[],
                ${entries.map(([, e]) => e.expiresAt?.toISOString() ?? null)}::timestamptz[])
      as given (number, reason, expires_at)
    on conflict (account_id, number) do update set reason = excluded.reason, expires_at = excluded.expires_at
    returning xmax = 0 as inserted`;
  const added = rows.filter((row) => row.inserted).length;
  return { added, updated: rows.length - added };
}

/** In order of number. */
export async function listBlacklistPhones(
  db: Database,
  input: PageInput,
): Promise<Page<PhoneEntry & { createdAt: Date }>> {
  const rows = await db.sql<(PhoneEntry & { createdAt: Date })[]>`
    select number, reason, expires_at as "expiresAt", created_at as "createdAt" from blacklist_phones
    where account_id = ${input.accountId} and number > ${input.cursor ?? ''}
    order by number limit ${input.limit + 1}`;
  return page(rows, input.limit, (row) => row.number);
}

/** @returns false when it was not there */
export async function removeBlacklistPhone(
  db: Database,
  input: { accountId: number; number: string },
): Promise<boolean> {
  const removed = await db.sql`
    delete from blacklist_phones where account_id = ${input.accountId} and number = ${input.number}`;
  return removed.count > 0;
}

export interface NewEmail {
  email: string;
  reason?: string | undefined;
  expiresAt?: Date | undefined;
}

/** Adds addresses, or gives those already there the new reason and expiry. */
export async function addBlacklistEmails(
  db: Database,
  input: { accountId: number; entries: readonly NewEmail[] },
): Promise<{ added: number; updated: number }> {
  const entries = lastByKey(input.entries, (entry) => entry.email.toLowerCase());
  if (entries.length === 0) return { added: 0, updated: 0 };
  const rows = await db.sql<{ inserted: boolean }[]>`
    insert into blacklist_emails (account_id, email, reason, expires_at)
    select ${input.accountId}, email, reason, expires_at
    from unnest(${entries.map(([key]) => key)}::text[], ${entries.map(([, e]) => e.reason ?? null)}::text[],
                ${entries.map(([, e]) => e.expiresAt?.toISOString() ?? null)}::timestamptz[])
      as given (email, reason, expires_at)
    on conflict (account_id, email) do update set reason = excluded.reason, expires_at = excluded.expires_at
    returning xmax = 0 as inserted`;
  const added = rows.filter((row) => row.inserted).length;
  return { added, updated: rows.length - added };
}

/** In order of address. */
export async function listBlacklistEmails(
  db: Database,
  input: PageInput,
): Promise<Page<EmailEntry & { createdAt: Date }>> {
  const rows = await db.sql<(EmailEntry & { createdAt: Date })[]>`
    select email, reason, expires_at as "expiresAt", created_at as "createdAt" from blacklist_emails
    where account_id = ${input.accountId} and email > ${input.cursor ?? ''}
    order by email limit ${input.limit + 1}`;
  return page(rows, input.limit, (row) => row.email);
}

/** @returns false when it was not there */
export async function removeBlacklistEmail(
  db: Database,
  input: { accountId: number; email: string },
): Promise<boolean> {
  const removed = await db.sql`
    delete from blacklist_emails
    where account_id = ${input.accountId} and email = ${input.email.toLowerCase()}`;
  return removed.count > 0;
}

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

/** In order of id. */
export async function listWhitelistEmails(db: Database, input: PageInput): Promise<Page<WhitelistEmail>> {
  const rows = await db.sql<WhitelistEmail[]>`
    select id::int, email, created_at as "createdAt" from whitelist_emails
    where account_id = ${input.accountId} and id > ${input.cursor ?? '0'}::bigint
    order by id limit ${input.limit + 1}`;
  return page(rows, input.limit, (row) => String(row.id));
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
