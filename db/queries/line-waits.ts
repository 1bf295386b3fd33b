/**
 * What people are told while a request's calls wait because no line can take them: a note on the request, and
 * an event when the wait begins and when calls go on. Written after the transaction that found it out: whoever
 * dies in between leaves it to the next look, a second later.
 */
import { type Database, inTransaction } from '../client.ts';

/** Signs of life of a worker older than this count as none; `worker/trunk-health.ts` gives one every ten seconds. */
export const HEALTH_FRESH_SECONDS = 30;

export interface LineWait {
  requestId: number;
  why: string;
  /** Keys of the lines that would have done. */
  lines: number[];
}

/**
 * Notes that a request waits, once for each wait, however many calls and workers wait. Where another worker
 * can call by one of the lines the request does not wait as a whole, and nothing is noted.
 */
export async function noteLineAway(db: Database, accountId: number, wait: LineWait): Promise<void> {
  await db.sql`
    with noted as (
      update requests q set line_away_since = coalesce(before.line_away_since, now()), line_away_why = ${wait.why}
      from (select id, line_away_since from requests
            where account_id = ${accountId} and id = ${wait.requestId} and ended_at is null
            for update) before
      where q.id = before.id and not exists (
        select 1 from trunk_health h
        where h.account_id in (0, ${accountId}) and h.trunk_id = any(${wait.lines}::bigint[]) and h.up
          and h.seen_at > now() - make_interval(secs => ${HEALTH_FRESH_SECONDS}))
      returning before.line_away_since is null as begins
    )
    insert into request_events (account_id, request_id, type, data)
    select ${accountId}, ${wait.requestId}, 'TRUNK_UNAVAILABLE', jsonb_build_object('why', ${wait.why}::text)
    from noted where begins`;
}

/** Every server, and every worker, gives its own moment since when: the same trouble for all that. */
const withoutMoments = (why: string): string => why.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');

/** Whether a wait needs no noting, as it is noted for the same reason already. */
export const isNoted = (noted: string | null, why: string): boolean =>
  noted !== null && withoutMoments(noted) === withoutMoments(why);

/** While nothing can be spoken a request says so this often. */
const SPEECH_NEWS_MINUTES = 10;

/** Notes that calls of a request cannot be made as their first words cannot be spoken: now and then, not for each. */
export async function noteSpeechAway(
  db: Database,
  input: { accountId: number; requestId: number; why: string },
): Promise<void> {
  const { accountId, requestId, why } = input;
  await inTransaction(db, async ({ sql: tx }) => {
    // One after the other: of many calls that find it out in one moment the first tells.
    await tx`select 1 from requests where account_id = ${accountId} and id = ${requestId} for update`;
    await tx`
      insert into request_events (account_id, request_id, type, data)
      select ${accountId}, ${requestId}, 'SPEECH_UNAVAILABLE', jsonb_build_object('why', ${why}::text)
      where not exists (
        select 1 from request_events
        where account_id = ${accountId} and request_id = ${requestId} and type = 'SPEECH_UNAVAILABLE'
          and at > now() - make_interval(mins => ${SPEECH_NEWS_MINUTES}))`;
  });
}

/**
 * Notes that a request no longer waits for a line.
 * @param calls whether its calls go on: then it is an event. Otherwise it waits for something else now
 */
export async function noteLineBack(
  db: Database,
  input: { accountId: number; requestIds: number[]; calls: boolean },
): Promise<void> {
  if (input.requestIds.length === 0) return;
  await db.sql`
    with noted as (
      update requests q set line_away_since = null, line_away_why = null
      from (select id, line_away_since from requests
            where account_id = ${input.accountId} and id = any(${input.requestIds}) and line_away_since is not null
            order by id for update) before
      where q.id = before.id
      returning q.id, before.line_away_since as since
    )
    insert into request_events (account_id, request_id, type, data)
    select ${input.accountId}, id, 'TRUNK_AVAILABLE',
           jsonb_build_object('waitedMs', round(extract(epoch from now() - since) * 1000))
    from noted where ${input.calls}`;
}
