/** An account's trunks: kept by people, and shown with what they are doing and how the workers see them. */
import type { TrunkSettings } from '../../domain/trunk.ts';
import type { Database, Sql } from '../client.ts';
import { HEALTH_FRESH_SECONDS } from './line-waits.ts';
import { isInProgress } from './reserve-question.ts';

export interface Trunk extends TrunkSettings {
  id: number;
  createdAt: Date;
}

/** A line in use: how much, and how each worker that lives sees it. */
export interface LineUse {
  callsInProgress: number;
  /** Calls begun a second, over the last few seconds. */
  callsPerSecondNow: number;
  workers: LineSeen[];
}

export interface LineSeen {
  worker: string;
  up: boolean;
  /** Empty while up. */
  why: string;
  since: Date;
  seenAt: Date;
}

export interface TrunkKey {
  accountId: number;
  trunkId: number;
}

/** Why a trunk could not be stored. */
export type TrunkConflict = 'NAME_TAKEN' | 'ENDPOINT_TAKEN';

/** Long enough to be steady, short enough to be "now". */
const PACE_OVER_SECONDS = 5;

const columns = (sql: Sql) => sql`
  id, name, endpoint, max_concurrent_calls as "maxConcurrentCalls", max_calls_per_second as "maxCallsPerSecond",
  caller_ids as "callerIds", codecs, enabled, priority, created_at as "createdAt"`;

/** Oldest first, from above `afterId`. */
export async function listTrunks(
  db: Database,
  input: { accountId: number; limit: number; afterId?: number | undefined },
): Promise<Trunk[]> {
  return db.sql<Trunk[]>`
    select ${columns(db.sql)} from trunks
    where account_id = ${input.accountId} and removed_at is null and id > ${input.afterId ?? 0}
    order by id limit ${input.limit}`;
}

export async function getTrunk(db: Database, key: TrunkKey): Promise<Trunk | undefined> {
  const [found] = await db.sql<Trunk[]>`
    select ${columns(db.sql)} from trunks
    where account_id = ${key.accountId} and id = ${key.trunkId} and removed_at is null`;
  return found;
}

export async function countTrunks(db: Database, accountId: number): Promise<number> {
  const [found] = await db.sql<{ count: number }[]>`
    select count(*)::int as count from trunks where account_id = ${accountId} and removed_at is null`;
  return found?.count ?? 0;
}

export async function createTrunk(
  db: Database,
  input: TrunkSettings & { accountId: number },
): Promise<Trunk | TrunkConflict> {
  const [made] = await db.sql<Trunk[]>`
    insert into trunks (account_id, name, endpoint, max_concurrent_calls, max_calls_per_second, caller_ids, codecs,
                        enabled, priority)
    values (${input.accountId}, ${input.name}, ${input.endpoint}, ${input.maxConcurrentCalls},
            ${input.maxCallsPerSecond}, ${input.callerIds}, ${input.codecs}, ${input.enabled}, ${input.priority})
    on conflict do nothing
    returning ${columns(db.sql)}`;
  return made ?? conflict(db, input);
}

/** Which of the two is in use. */
async function conflict(db: Database, input: { accountId: number; name: string }): Promise<TrunkConflict> {
  const [taken] = await db.sql`
    select 1 from trunks where account_id = ${input.accountId} and name = ${input.name} and removed_at is null`;
  return taken ? 'NAME_TAKEN' : 'ENDPOINT_TAKEN';
}

/**
 * Replaces a trunk's settings. Undefined where there is no such trunk. Holds within a transaction alone: a
 * savepoint takes the failed statement back.
 */
export async function updateTrunk(
  db: Database,
  input: TrunkKey & TrunkSettings,
): Promise<Trunk | TrunkConflict | undefined> {
  try {
    const rows = await db.sql.begin((inner) => {
      const tx = inner as unknown as Sql;
      return tx<Trunk[]>`
        update trunks
        set name = ${input.name}, endpoint = ${input.endpoint}, max_concurrent_calls = ${input.maxConcurrentCalls},
            max_calls_per_second = ${input.maxCallsPerSecond}, caller_ids = ${input.callerIds},
            codecs = ${input.codecs}, enabled = ${input.enabled}, priority = ${input.priority}
        where account_id = ${input.accountId} and id = ${input.trunkId} and removed_at is null
        returning ${columns(tx)}`;
    });
    return (rows as Trunk[])[0];
  } catch (error) {
    const { code, constraint_name: constraint } = error as { code?: string; constraint_name?: string };
    if (code !== '23505') throw error;
    return constraint === 'trunks_name' ? 'NAME_TAKEN' : 'ENDPOINT_TAKEN';
  }
}

/** What keeps a trunk from being removed. */
export interface TrunkTies {
  callsInProgress: number;
  /** It is the account's only one, and so many requests have not ended: their calls would leave by another line. */
  requestsLeftWithout: number;
}

export async function trunkTies(db: Database, key: TrunkKey): Promise<TrunkTies> {
  const [found] = await db.sql<{ calls: number; others: number; unended: number }[]>`
    select (select count(*)::int from open_attempts
            where account_id = ${key.accountId} and medium = 'voice' and trunk_id = ${key.trunkId}) as calls,
           (select count(*)::int from trunks
            where account_id = ${key.accountId} and id <> ${key.trunkId} and removed_at is null) as others,
           (select count(*)::int from requests
            where account_id = ${key.accountId} and status in ('RECEIVED', 'SCHEDULED', 'IN_PROCESS', 'PAUSED')) as unended`;
  const { calls = 0, others = 0, unended = 0 } = found ?? {};
  return { callsInProgress: calls, requestsLeftWithout: others === 0 ? unended : 0 };
}

/**
 * Whether operations have assigned an endpoint to the account: it has a trunk by it, or was the last to have one. The
 * first trunk by an endpoint is always added by operations.
 */
export async function isAssigned(
  db: Database,
  input: { accountId: number; endpoint: string },
): Promise<boolean> {
  const [last] = await db.sql<{ account_id: number }[]>`
    select account_id from trunks where endpoint = ${input.endpoint}
    order by removed_at desc nulls first, id desc limit 1`;
  return last?.account_id === input.accountId;
}

/**
 * Takes a trunk out of use for good. Its row stays, for the attempts that left by it.
 * @param key.unassign the endpoint is forgotten with it, by all that ever had it, so that none of them may use it
 *   again unasked; no call goes by any of them any more
 */
export async function removeTrunk(db: Database, key: TrunkKey & { unassign: boolean }): Promise<boolean> {
  const removed = await db.sql<{ endpoint: string }[]>`
    update trunks set removed_at = now(), enabled = false
    where account_id = ${key.accountId} and id = ${key.trunkId} and removed_at is null returning endpoint`;
  if (key.unassign) {
    await db.sql`
      update trunks set endpoint = ''
      where removed_at is not null and endpoint = any(${removed.map(({ endpoint }) => endpoint)}::text[])`;
  }
  return removed.length > 0;
}

/**
 * What lines are doing.
 * @param trunkIds 0 is the account's use of the platform's default line
 * @returns a use for each of them
 */
export async function readLineUse(
  db: Database,
  input: { accountId: number; trunkIds: number[] },
): Promise<Map<number, LineUse>> {
  const { accountId, trunkIds } = input;
  const [calls, begun, seen] = await Promise.all([
    db.sql<{ trunk: number; count: number }[]>`
      select coalesce(trunk_id, 0) as trunk, count(*)::int as count from open_attempts o
      where account_id = ${accountId} and ${isInProgress(db.sql)} group by 1`,
    db.sql<{ trunk: number; count: number }[]>`
      select coalesce(trunk_id, 0) as trunk, count(*)::int as count from attempts
      where account_id = ${accountId} and medium = 'voice' and outcome is distinct from 'BLOCKED'
        and reserved_at > now() - make_interval(secs => ${PACE_OVER_SECONDS}) group by 1`,
    db.sql<(LineSeen & { trunkId: number })[]>`
      select trunk_id as "trunkId", worker, up, why, since, seen_at as "seenAt" from trunk_health
      where account_id in (0, ${accountId}) and trunk_id = any(${trunkIds}::bigint[])
        and seen_at > now() - make_interval(secs => ${HEALTH_FRESH_SECONDS})
      order by worker`,
  ]);
  const countOf = (rows: { trunk: number; count: number }[], id: number): number =>
    rows.find((row) => row.trunk === id)?.count ?? 0;
  return new Map(
    trunkIds.map((id) => [
      id,
      {
        callsInProgress: countOf(calls, id),
        callsPerSecondNow: countOf(begun, id) / PACE_OVER_SECONDS,
        workers: seen.filter((row) => row.trunkId === id).map(({ trunkId: _, ...worker }) => worker),
      },
    ]),
  );
}
