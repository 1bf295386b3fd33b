/**
 * What a battered run is judged by: the ledger in Postgres against the network's own account of the calls that
 * reached it, which lies outside the database: the simulated carrier's record, or the INVITEs that real
 * telephones wrote down.
 */
import type { Database } from '../db/client.ts';
import type { RequestPolicy } from '../domain/policy.ts';
import { maxAttempts } from '../domain/retry.ts';
import type { PlacedCall } from './scene.ts';

export interface Verdict {
  attempts: number;
  /** Records not answered for, calls the ledger does not know of, and endings of calls that never were. */
  lost: number;
  /** Attempt ids that were acted on more than once, and records attempted more often than their policy allows. */
  repeated: number;
  /** Attempts whose ending nobody knows, each named in the ledger. */
  unknown: number;
  /** Why their endings are unknown, in the ledger's words, and how many of each. */
  unknownCauses: { cause: string; count: number }[];
  /** What is wrong, in sentences. Empty when nothing is. */
  faults: string[];
}

export interface Evidence {
  placed: readonly PlacedCall[];
  /** Every ending but UNKNOWN, BLOCKED, CANCELLED and FAILED is that of a call the network has. */
  strict: boolean;
}

export async function judge(db: Database, { placed, strict }: Evidence): Promise<Verdict> {
  const faults: string[] = [];
  const counts = await countLedger(db);
  if (counts.unended > 0) faults.push(`${counts.unended} accepted records have not ended`);
  if (counts.unfinished > 0) faults.push(`${counts.unfinished} requests have not completed`);
  if (counts.unsettled > 0) faults.push(`${counts.unsettled} attempts are not settled`);
  if (counts.unbalanced > 0) faults.push(`the books of ${counts.unbalanced} requests do not balance`);

  const calls = new Map<string, PlacedCall[]>();
  for (const call of placed) calls.set(call.attemptId, [...(calls.get(call.attemptId) ?? []), call]);
  const twice = [...calls].filter(([, same]) => same.length > 1).map(([id]) => id);
  for (const id of twice) faults.push(`attempt ${id} was placed more than once`);

  const strangers = await callsOfNoAttempt(db, calls);
  faults.push(...strangers);
  const never = await endingsWithoutCall(db, [...calls.keys()], strict);
  for (const { id, outcome } of never)
    faults.push(`attempt ${id} is ${outcome} in the ledger but was never placed`);

  const tooOften = await recordsOverPolicy(db);
  for (const record of tooOften)
    faults.push(`record ${record} was attempted more often than its policy allows`);

  const unknownCauses = await causesOfUnknown(db);
  for (const { cause, count } of unknownCauses)
    if (cause.trim() === '') faults.push(`${count} attempts are UNKNOWN without a word why`);

  return {
    attempts: counts.attempts,
    lost: counts.unended + strangers.length + never.length,
    repeated: twice.length + tooOften.length,
    unknown: counts.unknown,
    unknownCauses,
    faults,
  };
}

interface Counts {
  attempts: number;
  unsettled: number;
  unknown: number;
  unended: number;
  unfinished: number;
  unbalanced: number;
}

async function countLedger(db: Database): Promise<Counts> {
  const [counts] = await db.sql<Counts[]>`
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
  return counts;
}

/** Calls to somebody the ledger does not know of, or knows under another number. */
async function callsOfNoAttempt(db: Database, calls: Map<string, PlacedCall[]>): Promise<string[]> {
  const known = await db.sql<{ id: string; address: string }[]>`
    select id::text, address from attempts where id::text = any(${[...calls.keys()]}::text[])`;
  const addresses = new Map(known.map(({ id, address }) => [id, address]));
  return [...calls.values()].flat().flatMap(({ attemptId, called }) => {
    const address = addresses.get(attemptId);
    if (address === undefined)
      return [
        `a call was placed that the ledger does not know of: "${attemptId}" to ${called ?? 'somebody'}`,
      ];
    if (called !== undefined && called !== address)
      return [`attempt ${attemptId} called ${called}, and not the ${address} of the ledger`];
    return [];
  });
}

/** Attempts whose ending tells of a call, of which the network has none. */
async function endingsWithoutCall(
  db: Database,
  called: string[],
  strict: boolean,
): Promise<{ id: string; outcome: string }[]> {
  return db.sql`
    select id::text, outcome from attempts
    where medium = 'voice' and not id::text = any(${called}::text[])
      and (answered_at is not null
           or (${strict} and outcome not in ('UNKNOWN', 'BLOCKED', 'CANCELLED', 'FAILED')))`;
}

async function causesOfUnknown(db: Database): Promise<{ cause: string; count: number }[]> {
  return db.sql`
    select coalesce(cause, '') as cause, count(*) as count from attempts
    where medium = 'voice' and outcome = 'UNKNOWN' group by 1 order by 2 desc, 1`;
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
