/**
 * The blacklist: numbers and mail addresses, two tables of one shape. Numbers come in as E.164 and mail addresses in any
 * case; the caller has validated both. Look-ups are in `suppression.ts`.
 */
import type { Database, Sql } from '../client.ts';

export type BlacklistKind = 'phones' | 'emails';

const TABLES = {
  phones: { table: 'blacklist_phones', column: 'number' },
  emails: { table: 'blacklist_emails', column: 'email' },
} as const;

/** A number as it is kept, or an address in lower case. */
const keyOf = (kind: BlacklistKind, value: string): string =>
  kind === 'emails' ? value.toLowerCase() : value;

export interface NewBlacklistEntry {
  /** E.164, or a mail address. */
  value: string;
  reason?: string | undefined;
  /** From this moment on the entry no longer counts; absent: never. */
  expiresAt?: Date | undefined;
}

export interface BlacklistEntry {
  value: string;
  reason: string | null;
  expiresAt: Date | null;
  createdAt: Date;
}

/**
 * Adds entries, or gives those already there the new reason and expiry. Of one value the last wins. One that had expired
 * begins anew: in between the person might be contacted.
 */
export async function addToBlacklist(
  db: Database,
  input: { accountId: number; kind: BlacklistKind; entries: readonly NewBlacklistEntry[] },
): Promise<{ added: number; updated: number }> {
  const { sql } = db;
  const { table, column } = TABLES[input.kind];
  // One statement may not touch a row twice. In one order, so that two additions cannot wait for each other.
  const entries = [...new Map(input.entries.map((one) => [keyOf(input.kind, one.value), one]))].sort(
    ([a], [b]) => (a < b ? -1 : 1),
  );
  if (entries.length === 0) return { added: 0, updated: 0 };
  const rows = await sql<{ inserted: boolean }[]>`
    insert into ${sql(table)} (account_id, ${sql(column)}, reason, expires_at)
    select ${input.accountId}, value, reason, expires_at
    from unnest(${entries.map(([key]) => key)}::text[], ${entries.map(([, e]) => e.reason ?? null)}::text[],
                ${entries.map(([, e]) => e.expiresAt?.toISOString() ?? null)}::timestamptz[])
      as given (value, reason, expires_at)
    on conflict (account_id, ${sql(column)}) do update
      set reason = excluded.reason, expires_at = excluded.expires_at,
          created_at = case when ${sql(table)}.expires_at <= now() then now() else ${sql(table)}.created_at end
    returning xmax = 0 as inserted`;
  const added = rows.filter((row) => row.inserted).length;
  return { added, updated: rows.length - added };
}

export interface BlacklistFilter {
  /** What entries begin with. */
  prefix?: string | undefined;
  /** Words that stand in the reason, in any case. */
  reason?: string | undefined;
  /** Only those that no longer count, or only those that do. */
  expired?: boolean | undefined;
}

/** Digits of a number, and some to spare. */
const LONGEST_NUMBER = 20;

/** Within bounds that the index knows in any collation; of numbers both are known, as nothing but digits follows. */
function beginsWith(sql: Sql, kind: BlacklistKind, prefix: string) {
  const column = sql(TABLES[kind].column);
  const key = keyOf(kind, prefix);
  const upTo = kind === 'phones' ? sql`and ${column} <= ${key + '9'.repeat(LONGEST_NUMBER)}` : sql``;
  return sql`and starts_with(${column}, ${key}) and ${column} >= ${key} ${upTo}`;
}

/** In order of value, from behind `after`. */
export async function listBlacklist(
  db: Database,
  input: BlacklistFilter & {
    accountId: number;
    kind: BlacklistKind;
    limit: number;
    after?: string | undefined;
    now: Date;
  },
): Promise<BlacklistEntry[]> {
  const { sql } = db;
  const { table, column: name } = TABLES[input.kind];
  const column = sql(name);
  const { prefix, reason, expired, now } = input;
  const over = sql`coalesce(expires_at <= ${now}, false)`;
  return sql<BlacklistEntry[]>`
    select ${column} as value, reason, expires_at as "expiresAt", created_at as "createdAt" from ${sql(table)}
    where account_id = ${input.accountId} and ${column} > ${input.after ?? ''}
      ${prefix === undefined ? sql`` : beginsWith(sql, input.kind, prefix)}
      ${reason === undefined ? sql`` : sql`and position(lower(${reason}) in lower(reason)) > 0`}
      ${expired === undefined ? sql`` : expired ? sql`and ${over}` : sql`and not ${over}`}
    order by ${column} limit ${input.limit}`;
}

/** @returns how many were there */
export async function removeFromBlacklist(
  db: Database,
  input: { accountId: number; kind: BlacklistKind; values: readonly string[] },
): Promise<number> {
  const { sql } = db;
  const { table, column } = TABLES[input.kind];
  const values = input.values.map((value) => keyOf(input.kind, value));
  const removed = await sql`
    delete from ${sql(table)}
    where account_id = ${input.accountId} and ${sql(column)} = any(${values}::text[])`;
  return removed.count;
}

/** Takes off what no longer counts. @returns how many */
export async function removeExpired(
  db: Database,
  input: { accountId: number; kind: BlacklistKind; now: Date },
): Promise<number> {
  const { sql } = db;
  const removed = await sql`
    delete from ${sql(TABLES[input.kind].table)}
    where account_id = ${input.accountId} and expires_at <= ${input.now}`;
  return removed.count;
}

/** Imports of one list take turns until the transaction ends: batches of two would deadlock on each other's rows. */
export async function lockBlacklist(
  tx: Database,
  input: { accountId: number; kind: BlacklistKind },
): Promise<void> {
  const key = `blacklist/${input.kind}/${input.accountId}`;
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}
