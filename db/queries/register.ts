/**
 * The local copy of the do-not-call register. An import is a new version: its numbers are added, and those
 * already there are marked with it. Account 0 holds the platform's own register, which applies to every
 * account as well as the account's own.
 */
import { type Database, inTransaction } from '../client.ts';
import { CopyInto } from '../copy.ts';

/** The account that holds the platform's register. */
export const PLATFORM_ACCOUNT = 0;

/**
 * Those of the numbers that are on the register, the account's own or the platform's.
 * @param numbers E.164, at most 15 digits; longer ones cannot be on a register and are passed over
 */
export async function registeredNumbers(
  db: Database,
  input: { accountId: number; numbers: readonly string[] },
): Promise<Set<string>> {
  const digits = input.numbers.filter((number) => number.length <= 16).map((number) => number.slice(1));
  if (digits.length === 0) return new Set();
  const rows = await db.sql<{ number: string }[]>`
    select distinct r.number::text as number
    from (select unnest(${digits}::bigint[]) as number) asked
      join register_numbers r using (number)
    where r.account_id in (${PLATFORM_ACCOUNT}, ${input.accountId})`;
  return new Set(rows.map((row) => `+${row.number}`));
}

/** The newest versions in force for an account, e.g. `platform 3, account 12`; null when nothing is loaded. */
export async function registerVersion(db: Database, input: { accountId: number }): Promise<string | null> {
  const rows = await db.sql<{ accountId: number; id: string }[]>`
    select account_id as "accountId", max(id)::text as id from register_versions
    where account_id in (${PLATFORM_ACCOUNT}, ${input.accountId})
    group by account_id order by account_id`;
  if (rows.length === 0) return null;
  return rows
    .map((row) => `${row.accountId === PLATFORM_ACCOUNT ? 'platform' : 'account'} ${row.id}`)
    .join(', ');
}

export interface RegisterImport {
  versionId: number;
  /** Distinct numbers in the file. */
  numbers: number;
  /** Rows that held no valid number. */
  rejected: number;
}

/**
 * Loads numbers as a new version, whole or not at all.
 * @param lines COPY text, one E.164 number without its plus sign a line, in chunks of whole lines; repeats are fine
 * @param rejected asked once all lines are through
 */
export async function loadRegisterVersion(
  db: Database,
  input: { accountId: number; fileName: string; lines: AsyncIterable<string>; rejected: () => number },
): Promise<RegisterImport> {
  return inTransaction(db, async ({ sql: tx }) => {
    // Two imports at once would deadlock on each other's numbers.
    await tx`select pg_advisory_xact_lock(hashtextextended(${`register/${input.accountId}`}, 0))`;
    await tx`create temporary table register_load (number bigint not null) on commit drop`;
    await CopyInto.run(tx, tx`copy register_load (number) from stdin`, async (copy) => {
      for await (const chunk of input.lines) await copy.write(chunk);
    });
    const made = await tx<{ id: number }[]>`
      insert into register_versions (account_id, file_name, numbers, rejected)
      values (${input.accountId}, ${input.fileName}, 0, ${input.rejected()}) returning id::int`;
    const versionId = made[0]?.id;
    if (versionId === undefined) throw new Error('a register version was inserted but not returned');
    const loaded = await tx`
      insert into register_numbers (account_id, number, version_id)
      select distinct ${input.accountId}::int, number, ${versionId}::int from register_load
      on conflict (account_id, number) do update set version_id = excluded.version_id`;
    await tx`update register_versions set current = false
             where account_id = ${input.accountId} and current and id <> ${versionId}`;
    await tx`update register_versions set numbers = ${loaded.count} where id = ${versionId}`;
    return { versionId, numbers: loaded.count, rejected: input.rejected() };
  });
}
