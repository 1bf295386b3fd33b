/**
 * Asking the local copy of the do-not-call register. Account 0 holds the platform's own, which applies to every
 * account as well as the account's own. Which version is in force and what it says is always one statement, so
 * that a switch in between is seen either whole or not at all.
 */
import type { RegisterEntry } from '../../domain/register.ts';
import type { Database, Sql } from '../client.ts';

/** The account that holds the platform's register. */
export const PLATFORM_ACCOUNT = 0;

/** What the registers say of some numbers. */
export interface RegisterFound {
  /** The versions in force, e.g. `platform 3, account 12`; null when nothing is loaded. */
  version: string | null;
  /** By E.164 number, those that are on a register. */
  entries: Map<string, RegisterEntry[]>;
}

/** What is on a register as a row of one: the versions in force, each with a number it holds or none. */
interface Row {
  account: number;
  id: number;
  number: string | null;
  categories: number;
  fromMinute: number | null;
  toMinute: number | null;
  days: number | null;
}

const versionName = (row: { account: number; id: number }): string =>
  `${row.account === PLATFORM_ACCOUNT ? 'platform' : 'account'} ${row.id}`;

/**
 * Those of the numbers that are on the register, the account's own or the platform's.
 * @param numbers E.164, at most 15 digits; longer ones cannot be on a register and are passed over
 */
export async function findRegistered(
  db: Database,
  input: { accountId: number; numbers: readonly string[] },
): Promise<RegisterFound> {
  // In their order: neighbours of the list are neighbours in the index.
  const digits = input.numbers.filter((number) => number.length <= 16).map((number) => number.slice(1));
  digits.sort();
  // The limit keeps the planner to one probe of the index a number, whatever it believes of the table.
  const rows = await db.sql<Row[]>`
    with in_force as materialized (
      select account_id, id, coalesce(base_id, id) as base from register_versions
      where current and account_id in (${PLATFORM_ACCOUNT}, ${input.accountId})
    ), asked as materialized (
      select distinct unnest(${digits}::bigint[]) as number
    ), hits as materialized (
      select f.id, n.* from asked a cross join in_force f
      cross join lateral (
        select r.number, r.categories, r.from_minute, r.to_minute, r.days from register_numbers r
        where r.account_id = f.account_id and r.version_id = f.base and r.number = a.number limit 1
      ) n
    )
    select f.account_id as account, f.id::int as id, h.number::text as number, h.categories,
           h.from_minute as "fromMinute", h.to_minute as "toMinute", h.days
    from in_force f left join hits h using (id) order by f.account_id`;
  const entries = new Map<string, RegisterEntry[]>();
  const versions = new Set<string>();
  for (const row of rows) {
    versions.add(versionName(row));
    if (row.number === null) continue;
    const { categories, fromMinute, toMinute, days } = row;
    const entry = { categories, fromMinute, toMinute, days };
    const number = `+${row.number}`;
    entries.set(number, [...(entries.get(number) ?? []), entry]);
  }
  return { version: versions.size === 0 ? null : [...versions].join(', '), entries };
}

/** The versions in force for an account, e.g. `platform 3, account 12`; null when nothing is loaded. */
export async function registerVersion(db: Database, input: { accountId: number }): Promise<string | null> {
  return (await findRegistered(db, { ...input, numbers: [] })).version;
}

/** SQL for the name of the versions in force, as `findRegistered` gives it. */
export const versionInForce = (sql: Sql, accountId: number) => sql`
  (select string_agg(case account_id when ${PLATFORM_ACCOUNT} then 'platform ' else 'account ' end || id, ', '
                     order by account_id)
   from register_versions where current and account_id in (${PLATFORM_ACCOUNT}, ${accountId}))`;

/**
 * SQL for the entries of one number as a JSON array, null where there are none: for queries that ask of many
 * things about a number at once.
 * @param number SQL of its digits as bigint
 */
export const entriesOf = (sql: Sql, accountId: number, number: ReturnType<Sql>) => sql`
  (select jsonb_agg(jsonb_build_object('categories', n.categories, 'fromMinute', n.from_minute,
                                       'toMinute', n.to_minute, 'days', n.days))
   from register_versions f join register_numbers n
     on n.account_id = f.account_id and n.version_id = coalesce(f.base_id, f.id) and n.number = ${number}
   where f.current and f.account_id in (${PLATFORM_ACCOUNT}, ${accountId}))`;
