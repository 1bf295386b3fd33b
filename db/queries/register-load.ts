/**
 * Loading the local copy of the do-not-call register. A full load writes its numbers beside those in force and
 * switches to them in the same transaction; an update changes those in force. So whatever crashes, the version
 * before stays in force, whole, and nothing of the broken load is left: it begins again from the first row of
 * its file.
 */
import type { RegisterOperation } from '../../domain/register-file.ts';
import { type Database, inTransaction, type Sql } from '../client.ts';
import { CopyInto } from '../copy.ts';
import type { RegisterFault } from '../schema/index.ts';

export type RegisterMode = 'FULL' | 'UPDATE';

/** What reading the file found besides its numbers. */
export interface RegisterReading {
  rows: number;
  rejected: number;
  unclear: number;
  faults: RegisterFault[];
}

export interface RegisterImport {
  versionId: number;
  /** Distinct numbers in the file. */
  numbers: number;
  /** Rows that held no valid number, or no operation that is known. */
  rejected: number;
  /** Numbers that became registered, and that ceased to be. */
  added: number;
  removed: number;
  /** Numbers in force now. */
  total: number;
}

export interface NewRegisterVersion {
  accountId: number;
  fileName: string;
  mode: RegisterMode;
  operation: RegisterOperation;
  allowShrink: boolean;
  country: string;
}

/** The load would leave what nobody can have meant. Nothing was changed. */
export class RegisterRefused extends Error {
  override name = 'RegisterRefused';
}

/** Below this, losing half of a register's numbers is everyday; above, it is a file of the wrong kind. */
const SHRINK_FROM = 1000;

/**
 * Writes a load down before it begins. `claimed` when this process loads it at once, in the same transaction;
 * otherwise it waits with its file for `claimRegisterVersion`.
 */
export async function createRegisterVersion(
  db: Database,
  input: NewRegisterVersion,
  upload: { key: string; bytes: number } | 'claimed',
): Promise<{ versionId: number; tries: number }> {
  const claimed = upload === 'claimed';
  const rows = await db.sql<{ id: number }[]>`
    insert into register_versions (account_id, file_name, numbers, rejected, current, mode, operation,
                                   allow_shrink, country, status, upload_key, bytes, tries, claimed_at)
    values (${input.accountId}, ${input.fileName}, 0, 0, false, ${input.mode}, ${input.operation},
            ${input.allowShrink}, ${input.country}, ${claimed ? 'LOADING' : 'QUEUED'},
            ${claimed ? null : upload.key}, ${claimed ? null : upload.bytes}, ${claimed ? 1 : 0},
            ${claimed ? new Date() : null})
    returning id::int`;
  const versionId = rows[0]?.id;
  if (versionId === undefined) throw new Error('a register version was inserted but not returned');
  return { versionId, tries: claimed ? 1 : 0 };
}

/** Whether loads of this register wait or run: a further one must come after them. */
export async function isRegisterBusy(db: Database, input: { accountId: number }): Promise<boolean> {
  const rows = await db.sql`
    select 1 from register_versions
    where account_id = ${input.accountId} and status in ('QUEUED', 'LOADING') limit 1`;
  return rows.length > 0;
}

/**
 * Loads numbers as a version, whole or not at all, and puts it in force.
 * @param lines COPY text in chunks of whole lines, as `registerLine` makes them; the last line of a number counts
 * @param reading asked once all lines are through
 * @throws RegisterRefused; Error when the claim is no longer good, as another process has taken the load over
 */
export async function loadRegisterVersion(
  db: Database,
  input: {
    accountId: number;
    versionId: number;
    tries: number;
    lines: AsyncIterable<string>;
    reading: () => RegisterReading;
  },
): Promise<RegisterImport> {
  const { accountId, versionId } = input;
  return inTransaction(db, async ({ sql: tx }) => {
    // Two loads at once would each build on a version that the other replaces.
    await tx`select pg_advisory_xact_lock(hashtextextended(${`register/${accountId}`}, 0))`;
    await tx`create temporary table register_load (
               row int not null, number bigint not null, removed boolean not null, categories smallint not null,
               from_minute smallint, to_minute smallint, days smallint) on commit drop`;
    await CopyInto.run(tx, tx`copy register_load from stdin`, async (copy) => {
      for await (const chunk of input.lines) await copy.write(chunk);
    });
    const version = await readClaimed(tx, input);
    const before = await readInForce(tx, accountId);
    const update = version.mode === 'UPDATE' && before !== undefined;
    const changed = update
      ? await change(tx, accountId, before.base)
      : await replace(tx, accountId, versionId);
    const total = update ? before.total + changed.added - changed.removed : changed.added;
    refuseShrink(version, before?.total ?? 0, total);
    const { rows, rejected, unclear, faults } = input.reading();
    await tx`update register_versions set current = false where account_id = ${accountId} and current`;
    await tx`
      update register_versions
      set current = true, status = 'DONE', numbers = ${changed.numbers}, rejected = ${rejected}, rows = ${rows},
          unclear = ${unclear}, faults = ${tx.json(faults as never)}, added = ${changed.added},
          removed = ${changed.removed}, total = ${total}, base_id = ${update ? before.base : null},
          bytes_read = bytes, upload_key = null, finished_at = now()
      where account_id = ${accountId} and id = ${versionId}`;
    // The transaction may be the caller's, and go on.
    await tx`drop table register_load`;
    return { versionId, rejected, ...changed, total };
  });
}

/** One line of COPY text. @param row counts up; of a number's lines the last counts */
export function registerLine(
  row: number,
  digits: string,
  operation: RegisterOperation,
  preference: string,
): string {
  return `${row}\t${digits}\t${operation === 'REMOVE' ? 't' : 'f'}\t${preference}\n`;
}

/** The claim, locked: whoever took over from us has raised `tries`. */
async function readClaimed(tx: Sql, input: { accountId: number; versionId: number; tries: number }) {
  const rows = await tx<{ mode: RegisterMode; allowShrink: boolean }[]>`
    select mode, allow_shrink as "allowShrink" from register_versions
    where account_id = ${input.accountId} and id = ${input.versionId} and tries = ${input.tries}
      and status = 'LOADING'
    for update`;
  if (!rows[0]) throw new Error('another process has taken over this load of the register');
  return rows[0];
}

async function readInForce(tx: Sql, accountId: number): Promise<{ base: number; total: number } | undefined> {
  const [found] = await tx<{ base: number; total: number | null }[]>`
    select coalesce(base_id, id)::int as base, total from register_versions
    where account_id = ${accountId} and current`;
  if (!found) return undefined;
  const { base, total } = found;
  if (total !== null) return { base, total };
  const [counted] = await tx<{ total: number }[]>`
    select count(*)::int as total from register_numbers where account_id = ${accountId} and version_id = ${base}`;
  return { base, total: counted?.total ?? 0 };
}

interface Changed {
  numbers: number;
  added: number;
  removed: number;
}

/** A load of its own, in the order of the key: the index grows at its right edge. */
async function replace(tx: Sql, accountId: number, versionId: number): Promise<Changed> {
  const loaded = await tx`
    insert into register_numbers (account_id, version_id, number, categories, from_minute, to_minute, days)
    select ${accountId}::int, ${versionId}::int, number, categories, from_minute, to_minute, days
    from (select distinct on (number) * from register_load order by number, row desc) last
    where not removed`;
  return { numbers: loaded.count, added: loaded.count, removed: 0 };
}

/** Additions and removals, on the numbers in force. */
async function change(tx: Sql, accountId: number, base: number): Promise<Changed> {
  await tx`create temporary table register_change on commit drop as
           select distinct on (number) * from register_load order by number, row desc`;
  const removed = await tx`
    delete from register_numbers r using register_change c
    where c.removed and r.account_id = ${accountId} and r.version_id = ${base} and r.number = c.number`;
  const added = (await tx<{ inserted: boolean }[]>`
    with written as (
      insert into register_numbers as r (account_id, version_id, number, categories, from_minute, to_minute, days)
      select ${accountId}::int, ${base}::int, number, categories, from_minute, to_minute, days
      from register_change where not removed
      on conflict (account_id, version_id, number) do update
        set categories = excluded.categories, from_minute = excluded.from_minute,
            to_minute = excluded.to_minute, days = excluded.days
      returning xmax = 0 as inserted)
    select (count(*) filter (where inserted))::int as count from written`) as unknown as { count: number }[];
  const [{ count: numbers } = { count: 0 }] = await tx<{ count: number }[]>`
    select count(*)::int as count from register_change`;
  await tx`drop table register_change`;
  return { numbers, added: added[0]?.count ?? 0, removed: removed.count };
}

function refuseShrink(
  version: { mode: RegisterMode; allowShrink: boolean },
  before: number,
  total: number,
): void {
  if (version.mode === 'UPDATE' || version.allowShrink || before < SHRINK_FROM || total * 2 >= before) return;
  throw new RegisterRefused(
    `a full load replaces the register, and this one would leave ${total} of ${before} numbers: send it as an update, or with allowShrink if that is meant`,
  );
}
