/** Numbers on a do-not-call register, for tests that need some there. */
import type { Database } from '../../db/client.ts';
import { BLOCKS_ALL, type RegisterEntry } from '../../domain/register.ts';

/** Puts numbers on the register in force of an account (0: the platform's), which is made if there is none. */
export async function putOnRegister(
  db: Pick<Database, 'sql'>,
  accountId: number,
  numbers: readonly string[],
  entry: Partial<RegisterEntry> = {},
): Promise<void> {
  const { categories, fromMinute, toMinute, days } = { ...BLOCKS_ALL, ...entry };
  await db.sql`
    insert into register_versions (account_id, file_name, numbers, rejected, mode)
    select ${accountId}, 'test.csv', 0, 0, 'FULL'
    where not exists (select 1 from register_versions where account_id = ${accountId} and current)`;
  await db.sql`
    insert into register_numbers (account_id, version_id, number, categories, from_minute, to_minute, days)
    select ${accountId}, coalesce(base_id, id), unnest(${numbers.map((number) => number.slice(1))}::bigint[]),
           ${categories}, ${fromMinute}, ${toMinute}, ${days}
    from register_versions where account_id = ${accountId} and current`;
}
