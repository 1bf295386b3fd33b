/** Where an account's keys may be used from: networks, and domains of sites. Two tables of one shape. */
import type { Database } from '../client.ts';

export type SourceKind = 'addresses' | 'domains';

/** An entry of either list. */
export interface SourceEntry {
  id: number;
  /** A network in CIDR notation, or a domain. */
  value: string;
  createdAt: Date;
}

const TABLES = {
  addresses: { table: 'whitelist_addresses', column: 'network' },
  domains: { table: 'whitelist_domains', column: 'domain' },
} as const;

/** Both lists, as the caller's key is looked at: one round trip. */
export async function readSourceLists(
  db: Database,
  input: { accountId: number },
): Promise<{ networks: string[]; domains: string[] }> {
  const [found] = await db.sql<{ networks: string[]; domains: string[] }[]>`
    select array(select network::text from whitelist_addresses where account_id = ${input.accountId}) as networks,
           array(select domain from whitelist_domains where account_id = ${input.accountId}) as domains`;
  return found ?? { networks: [], domains: [] };
}

/** Changes of both lists take turns until the transaction ends: what they leave of them is judged as a whole. */
export async function lockSourceLists(tx: Database, input: { accountId: number }): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`whitelist-sources/${input.accountId}`}, 0))`;
}

/** Adds an entry; one that is there already is answered with itself. */
export async function addSource(
  db: Database,
  input: { accountId: number; kind: SourceKind; value: string },
): Promise<SourceEntry & { added: boolean }> {
  const { sql } = db;
  const { table, column } = TABLES[input.kind];
  const value = input.kind === 'addresses' ? sql`${input.value}::cidr` : sql`${input.value}`;
  const [made] = await sql<(SourceEntry & { added: boolean })[]>`
    insert into ${sql(table)} as t (account_id, ${sql(column)}) values (${input.accountId}, ${value})
    on conflict (account_id, ${sql(column)}) do update set account_id = t.account_id
    returning id::int, ${sql(column)}::text as value, created_at as "createdAt", xmax = 0 as added`;
  if (!made) throw new Error(`an entry of ${table} was added but not returned`);
  return made;
}

/** In order of id, from above `afterId`. */
export async function listSources(
  db: Database,
  input: { accountId: number; kind: SourceKind; limit: number; afterId?: number | undefined },
): Promise<SourceEntry[]> {
  const { sql } = db;
  const { table, column } = TABLES[input.kind];
  return sql<SourceEntry[]>`
    select id::int, ${sql(column)}::text as value, created_at as "createdAt" from ${sql(table)}
    where account_id = ${input.accountId} and id > ${input.afterId ?? 0} order by id limit ${input.limit}`;
}

/** @returns what it was; undefined when it was not there */
export async function removeSource(
  db: Database,
  input: { accountId: number; kind: SourceKind; id: number },
): Promise<string | undefined> {
  const { sql } = db;
  const { table, column } = TABLES[input.kind];
  const [gone] = await sql<{ value: string }[]>`
    delete from ${sql(table)} where account_id = ${input.accountId} and id = ${input.id}
    returning ${sql(column)}::text as value`;
  return gone?.value;
}
