/** What the page of one request shows beyond its counters: when its attempts ended, and how fast it goes now. */
import { MEDIA, OUTCOMES, type Outcome } from '../../domain/outcome.ts';
import type { Database } from '../client.ts';
import type { RequestEvent } from './events.ts';
import type { RequestKey } from './requests.ts';

/** Attempts that ended, by the number each was for its person. */
export async function countByAttempt(
  db: Database,
  key: RequestKey,
): Promise<{ attemptNo: number; outcome: Outcome; count: number }[]> {
  return db.sql<{ attemptNo: number; outcome: Outcome; count: number }[]>`
    select attempt_no as "attemptNo", outcome, sum(count)::int8 as count from request_slots
    where account_id = ${key.accountId} and request_id = ${key.requestId}
    group by 1, 2 order by 1, 2`;
}

/** By the hour in which they ended, on the clock of a zone; the newest hours, in their order. */
export async function countByHour(
  db: Database,
  input: RequestKey & { timeZone: string; hours: number },
): Promise<{ at: Date; outcome: Outcome; count: number }[]> {
  return db.sql<{ at: Date; outcome: Outcome; count: number }[]>`
    select hour as at, outcome, count from (
      select hour, outcome, count, dense_rank() over (order by hour desc) as place from (
        select date_trunc('hour', at, ${input.timeZone}) as hour, outcome, sum(count)::int8 as count from request_slots
        where account_id = ${input.accountId} and request_id = ${input.requestId}
        group by 1, 2) h) r
    where place <= ${input.hours} order by hour, outcome`;
}

export interface Pace {
  /** Attempts begun in the last minute, and in the last ten seconds of it. */
  lastMinute: number;
  lastTenSeconds: number;
}

/** A look at the right-hand edge of each kind of attempt: the same for ten attempts as for a million. */
export async function readPace(db: Database, key: RequestKey & { now: Date }): Promise<Pace> {
  const { sql } = db;
  const { accountId, requestId, now } = key;
  const from = new Date(now.getTime() - 60_000);
  const lately = new Date(now.getTime() - 10_000);
  const begun = (outcome: ReturnType<typeof sql>) => sql`
    select a.reserved_at from attempts a
    where a.account_id = ${accountId} and a.request_id = ${requestId} and a.medium = m.medium and ${outcome}
      and a.reserved_at > ${from} and a.reserved_at <= ${now}`;
  const [found] = await sql<Pace[]>`
    select count(*)::int as "lastMinute", (count(*) filter (where reserved_at > ${lately}))::int as "lastTenSeconds"
    from unnest(${[...MEDIA]}::medium[]) as m (medium) cross join lateral (
      select b.reserved_at from unnest(${[...OUTCOMES]}::outcome[]) as o (outcome)
        cross join lateral (${begun(sql`a.outcome = o.outcome`)}) b
      union all ${begun(sql`a.outcome is null`)}) r`;
  return found ?? { lastMinute: 0, lastTenSeconds: 0 };
}

/** What happened to the request as a whole, newest first. */
export async function newestEvents(
  db: Database,
  input: RequestKey & { limit: number },
): Promise<Pick<RequestEvent, 'at' | 'type' | 'data'>[]> {
  return db.sql<Pick<RequestEvent, 'at' | 'type' | 'data'>[]>`
    select at, type, data from request_events
    where account_id = ${input.accountId} and request_id = ${input.requestId}
    order by id desc limit ${input.limit}`;
}
