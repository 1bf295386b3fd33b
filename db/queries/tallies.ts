/** Counts kept in the transaction of what they count: `request_tallies` and `request_slots`. */
import { randomInt } from 'node:crypto';
import type { Outcome } from '../../domain/outcome.ts';
import type { Sql } from '../client.ts';

export interface Tally {
  requestId: number;
  kind: 'result' | 'outcome' | 'attempt';
  value: string;
  /** 1 where absent. */
  count?: number;
}

/**
 * Each process draws a shard, so two workers seldom wait for the same counter. (Process ids would not do: in
 * containers they are all 1.) 16 shards keep a sum short; which shard a count is in means nothing.
 */
const SHARD = randomInt(16);

/** Adds to counters, each once, in one order for all writers so that none deadlocks another. */
export async function addTallies(tx: Sql, accountId: number, tallies: Tally[]): Promise<void> {
  if (tallies.length === 0) return;
  await tx`
    insert into request_tallies (request_id, kind, value, shard, account_id, count)
    select w.request_id, w.kind, w.value, ${SHARD}, ${accountId}, sum(w.count)
    from unnest(${tallies.map((tally) => tally.requestId)}::bigint[], ${tallies.map((tally) => tally.kind)}::text[],
                ${tallies.map((tally) => tally.value)}::text[], ${tallies.map((tally) => tally.count ?? 1)}::bigint[])
         as w (request_id, kind, value, count)
    group by w.request_id, w.kind, w.value
    order by w.request_id, w.kind, w.value
    on conflict (request_id, kind, value, shard) do update set count = request_tallies.count + excluded.count`;
}

/** An attempt of a request that has ended: not what was sent from inside it. */
export interface EndedAttempt {
  requestId: number;
  attemptNo: number;
  outcome: Outcome;
  at: Date;
}

const SLOT_MS = 15 * 60_000;

/** Counts attempts by when they ended, each once; after the tallies, so that all writers take their locks in one order. */
export async function addSlots(tx: Sql, accountId: number, ended: readonly EndedAttempt[]): Promise<void> {
  if (ended.length === 0) return;
  const slotOf = ({ at }: EndedAttempt): string =>
    new Date(Math.floor(at.getTime() / SLOT_MS) * SLOT_MS).toISOString();
  await tx`
    insert into request_slots (request_id, at, attempt_no, outcome, shard, account_id, count)
    select w.request_id, w.at, w.attempt_no, w.outcome::outcome, ${SHARD}, ${accountId}, count(*)
    from unnest(${ended.map(({ requestId }) => requestId)}::bigint[], ${ended.map(slotOf)}::timestamptz[],
                ${ended.map(({ attemptNo }) => attemptNo)}::int[], ${ended.map(({ outcome }) => outcome)}::text[])
         as w (request_id, at, attempt_no, outcome)
    group by w.request_id, w.at, w.attempt_no, w.outcome
    order by w.request_id, w.at, w.attempt_no, w.outcome::outcome
    on conflict (request_id, at, attempt_no, outcome, shard) do update
      set count = request_slots.count + excluded.count`;
}
