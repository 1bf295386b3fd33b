/**
 * What a battered run is judged by: the ledger in Postgres against the record of the simulated carrier,
 * which lies outside the database and was written before each phone rang.
 */
import { join } from 'node:path';
import type { Database } from '../db/client.ts';
import type { RequestPolicy } from '../domain/policy.ts';
import { maxAttempts } from '../domain/retry.ts';
import { readJournal } from '../providers/witness/journal.ts';

export interface Verdict {
  attempts: number;
  /** Records not answered for, and calls the ledger does not know of. */
  lost: number;
  /** Attempt ids that were acted on more than once, and records attempted more often than their policy allows. */
  repeated: number;
  /** Attempts whose ending nobody knows, each named in the ledger. */
  unknown: number;
  /** What is wrong, in sentences. Empty when nothing is. */
  faults: string[];
}

export async function judge(db: Database, dataDir: string): Promise<Verdict> {
  const faults: string[] = [];
  const [counts] = await db.sql<
    {
      attempts: number;
      unsettled: number;
      unknown: number;
      unended: number;
      unfinished: number;
      unbalanced: number;
    }[]
  >`
    select (select count(*) from attempts where medium = 'voice') as attempts,
           (select count(*) from attempts where outcome is null) as unsettled,
           (select count(*) from attempts where outcome = 'UNKNOWN') as unknown,
           (select count(*) from records where result = 'ACCEPTED' and ended_at is null) as unended,
           (select count(*) from requests where status not in ('COMPLETED', 'REJECTED')) as unfinished,
           (select count(*) from requests q where status = 'COMPLETED' and (
              loaded <> (select count(*) from records r where r.request_id = q.id)
              or added <> (select count(*) from records r where r.request_id = q.id and result = 'ACCEPTED')
              or loaded <> (select sum(count) from request_tallies t where t.request_id = q.id and kind = 'result')
              or added <> (select sum(count) from request_tallies t where t.request_id = q.id and kind = 'outcome')
           )) as unbalanced`;
  if (!counts) throw new Error('no counts');
  if (counts.unended > 0) faults.push(`${counts.unended} accepted records have not ended`);
  if (counts.unfinished > 0) faults.push(`${counts.unfinished} requests have not completed`);
  if (counts.unsettled > 0) faults.push(`${counts.unsettled} attempts are not settled`);
  if (counts.unbalanced > 0) faults.push(`the books of ${counts.unbalanced} requests do not balance`);

  const placed = new Map<string, number>();
  for (const { line } of readJournal(join(dataDir, 'witness'), 'voice')) {
    if (line.event === 'PLACED' && line.attemptId !== undefined)
      placed.set(line.attemptId, (placed.get(line.attemptId) ?? 0) + 1);
  }
  const twice = [...placed].filter(([, times]) => times > 1);
  for (const [id] of twice) faults.push(`attempt ${id} was placed more than once`);

  const ids = [...placed.keys()];
  const [known] = await db.sql<{ count: number }[]>`
    select count(*) as count from attempts where id = any(${ids}::uuid[])`;
  const strangers = ids.length - (known?.count ?? 0);
  if (strangers > 0) faults.push(`${strangers} calls were placed that the ledger does not know of`);

  const settledWithout = await db.sql<{ id: string }[]>`
    select id from attempts
    where medium = 'voice' and answered_at is not null and not id = any(${ids}::uuid[])`;
  for (const { id } of settledWithout)
    faults.push(`attempt ${id} is answered in the ledger but was never placed`);

  const tooOften = await recordsOverPolicy(db);
  for (const record of tooOften)
    faults.push(`record ${record} was attempted more often than its policy allows`);

  return {
    attempts: counts.attempts,
    lost: counts.unended + strangers + settledWithout.length,
    repeated: twice.length + tooOften.length,
    unknown: counts.unknown,
    faults,
  };
}

async function recordsOverPolicy(db: Database): Promise<string[]> {
  const most = await db.sql<{ request_id: number; row: number; attempts: number; policy: RequestPolicy }[]>`
    select distinct on (r.request_id) r.request_id, r.row, r.attempts, p.policy
    from records r join request_policies p on p.request_id = r.request_id
    order by r.request_id, r.attempts desc`;
  return most
    .filter((record) => record.attempts > maxAttempts(record.policy))
    .map((record) => `${record.request_id}/${record.row}`);
}
