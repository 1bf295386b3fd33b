/**
 * Loads of the register that wait for the ingest worker. A load is claimed by one process, which gives a sign of
 * life every few seconds; a claim without one is taken over, and the file read again from its first row.
 */
import type { RegisterOperation } from '../../domain/register-file.ts';
import type { Database } from '../client.ts';
import type { RegisterFault } from '../schema/index.ts';

/** Without a sign of life for so long, the process that loads is taken for dead. */
export const CLAIM_MS = 30_000;
/** A file that has ended this many processes is not tried again. */
export const MOST_TRIES = 5;

export interface ClaimedVersion {
  accountId: number;
  versionId: number;
  /** Names the claim. */
  tries: number;
  fileName: string;
  uploadKey: string;
  country: string;
  operation: RegisterOperation;
}

/** The oldest load of a register, whose turn it is; of each register one after the other. Undefined: nothing to do. */
export async function claimRegisterVersion(db: Database, now: Date): Promise<ClaimedVersion | undefined> {
  const [claimed] = await db.sql<ClaimedVersion[]>`
    update register_versions v set status = 'LOADING', tries = tries + 1, claimed_at = ${now}, rows = 0, bytes_read = 0
    where id = (
      select id from register_versions w
      where upload_key is not null and (status = 'QUEUED' or (status = 'LOADING' and claimed_at < ${new Date(now.getTime() - CLAIM_MS)}))
        and not exists (select 1 from register_versions e where e.account_id = w.account_id and e.id < w.id
                        and e.status in ('QUEUED', 'LOADING'))
      order by id limit 1 for update skip locked)
    returning account_id as "accountId", id::int as "versionId", tries, file_name as "fileName",
              upload_key as "uploadKey", country, operation`;
  return claimed;
}

/** A sign of life, and how far the load is. @returns false when the claim is no longer good */
export async function beatRegisterVersion(
  db: Database,
  input: Pick<ClaimedVersion, 'accountId' | 'versionId' | 'tries'> & {
    rows: number;
    bytesRead: number;
    now: Date;
  },
): Promise<boolean> {
  const beaten = await db.sql`
    update register_versions set claimed_at = ${input.now}, rows = ${input.rows}, bytes_read = ${input.bytesRead}
    where account_id = ${input.accountId} and id = ${input.versionId} and tries = ${input.tries}
      and status = 'LOADING'`;
  return beaten.count > 0;
}

/** Ends a load that cannot be made; the version before stays in force. */
export async function failRegisterVersion(
  db: Database,
  input: Pick<ClaimedVersion, 'accountId' | 'versionId' | 'tries'> & {
    error: string;
    rows: number;
    rejected: number;
    faults: RegisterFault[];
  },
): Promise<void> {
  await db.sql`
    update register_versions
    set status = 'FAILED', error = ${input.error}, rows = ${input.rows}, rejected = ${input.rejected},
        faults = ${db.sql.json(input.faults as never)}, upload_key = null, finished_at = now()
    where account_id = ${input.accountId} and id = ${input.versionId} and tries = ${input.tries}
      and status = 'LOADING'`;
}

/** Numbers deleted in one statement: a tenth of a second. */
const CLEAR_BATCH = 20_000;

/**
 * Deletes numbers of loads that are no longer in force, a batch at a time. A crash leaves the rest for next time.
 * @returns how many were deleted; 0 when there is nothing more to do
 */
export async function clearRegisterNumbers(db: Database): Promise<number> {
  // A load that updates stand on is in force as long as one of them is. Newer ones are not made yet.
  const [stale] = await db.sql<{ accountId: number; id: number }[]>`
    select v.account_id as "accountId", v.id::int as id from register_versions v
    where v.status = 'DONE' and not v.current and v.base_id is null and v.cleared_at is null
      and not exists (select 1 from register_versions c where c.account_id = v.account_id and c.current
                      and c.base_id = v.id)
    order by v.id limit 1`;
  if (!stale) return 0;
  const deleted = await db.sql`
    delete from register_numbers where ctid = any(array(
      select ctid from register_numbers where account_id = ${stale.accountId} and version_id = ${stale.id}
      limit ${CLEAR_BATCH}))`;
  if (deleted.count > 0) return deleted.count;
  await db.sql`update register_versions set cleared_at = now()
               where account_id = ${stale.accountId} and id = ${stale.id}`;
  return clearRegisterNumbers(db);
}
