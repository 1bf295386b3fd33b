/** Counts kept in the transaction of what they count: `request_tallies`. */
import { randomInt } from 'node:crypto';
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
