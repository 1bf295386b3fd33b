/** How workers see the lines: a row for each worker and line, written at every change and as a sign of life. */
import type { Codec, Line } from '../../domain/trunk.ts';
import type { Database } from '../client.ts';
import { HEALTH_FRESH_SECONDS } from './line-waits.ts';

/** A line whose state a worker is to tell. Without `line`: the platform's default one. */
export interface WatchedLine {
  accountId: number;
  line: Line | undefined;
}

/** Every line calls may leave by: the default one, and the enabled trunks of all accounts. */
export async function watchedLines(db: Database): Promise<WatchedLine[]> {
  const rows = await db.sql<{ accountId: number; id: number; endpoint: string; codecs: Codec[] }[]>`
    select account_id as "accountId", id, endpoint, codecs from trunks
    where removed_at is null and enabled order by id`;
  return [
    { accountId: 0, line: undefined },
    ...rows.map(({ accountId, id, endpoint, codecs }) => ({
      accountId,
      line: { trunkId: id, endpoint, codecs },
    })),
  ];
}

export interface HealthNote {
  accountId: number;
  trunkId: number;
  up: boolean;
  why: string;
}

/** Writes what a worker sees now. `since` stays as long as a line stays up or stays down. */
export async function noteTrunkHealth(db: Database, worker: string, notes: HealthNote[]): Promise<void> {
  await db.sql`
    insert into trunk_health (worker, trunk_id, account_id, up, why, since, seen_at)
    select ${worker}, w.trunk_id, w.account_id, w.up::boolean, w.why, now(), now()
    from unnest(${notes.map((note) => note.trunkId)}::bigint[], ${notes.map((note) => note.accountId)}::int[],
                ${notes.map((note) => String(note.up))}::text[], ${notes.map((note) => note.why)}::text[])
         as w (trunk_id, account_id, up, why)
    on conflict (worker, trunk_id) do update
    set up = excluded.up, why = excluded.why, seen_at = excluded.seen_at, account_id = excluded.account_id,
        since = case when trunk_health.up = excluded.up then trunk_health.since else excluded.since end`;
}

/** Of a worker that stops; those of workers that died are no longer counted, and cleared here in passing. */
export async function forgetTrunkHealth(db: Database, worker: string): Promise<void> {
  await db.sql`delete from trunk_health where worker = ${worker} or seen_at < now() - interval '1 hour'`;
}

/** Every line some living worker sees, and whether any of them can call by it. */
export async function lineHealth(
  db: Database,
): Promise<{ accountId: number; trunk: string; up: number; down: number }[]> {
  return db.sql`
    select h.account_id as "accountId", coalesce(t.name, 'default') as trunk,
           (count(*) filter (where h.up))::int as up, (count(*) filter (where not h.up))::int as down
    from trunk_health h left join trunks t on t.id = h.trunk_id
    where h.seen_at > now() - make_interval(secs => ${HEALTH_FRESH_SECONDS}) and t.removed_at is null
    group by 1, 2 order by 1, 2`;
}
