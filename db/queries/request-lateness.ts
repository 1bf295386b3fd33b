/**
 * What happens to a request's people when its end time passes: who is late, and whether they are sent or expire with
 * their reason. `domain/lateness.ts` decides.
 */
import { latenessOf, whyExpired } from '../../domain/lateness.ts';
import { type RequestPolicy, requestPolicy } from '../../domain/policy.ts';
import { type Person, placeKey } from '../../domain/window.ts';
import type { Database, Sql } from '../client.ts';
import { addEvent } from './events.ts';
import { withLiveHours } from './live-hours.ts';
import { placeKeyOf, readPlaces } from './places.ts';
import { addTallies } from './tallies.ts';

interface RequestIds {
  accountId: number;
  requestId: number;
}

/**
 * When it was first noticed that this end time had passed: noted among the events, so that a call that lasts into the
 * next hour, or a retry after a crash, makes no outage of it.
 * @returns Unix ms
 */
async function endNoticedAt(tx: Sql, ids: RequestIds, endAt: Date, now: number): Promise<number> {
  const [known] = await tx<{ at: string }[]>`
    select data ->> 'noticedAt' as at from request_events
    where account_id = ${ids.accountId} and request_id = ${ids.requestId} and type = 'END_PASSED'
      and data ->> 'endAt' = ${endAt.toISOString()}
    order by id limit 1`;
  if (known) return Date.parse(known.at);
  await addEvent(tx, ids, 'END_PASSED', {
    endAt: endAt.toISOString(),
    noticedAt: new Date(now).toISOString(),
    lateByMs: now - endAt.getTime(),
  });
  return now;
}

/** Each place with what its people's records say if they expire, and whether they are late; for those due in time. */
async function judgePlaces(
  tx: Sql,
  ids: RequestIds,
  policy: RequestPolicy,
  times: { endAt: number; lookedAt: number },
) {
  const hours = await withLiveHours(tx, ids.accountId, policy, new Date(times.endAt));
  const places = await readPlaces(tx, { ...ids, left: true });
  return places.map((person: Person) => {
    const lateness = latenessOf(hours, person, { dueAt: null, ...times });
    return { key: placeKey(person), late: lateness !== null, why: whyExpired(hours, person, lateness) };
  });
}

/**
 * Settles what a passed end time means: notes it, and where the flow sends what is late and somebody is, ends the
 * others and lets the request go on without an end. All in one transaction: after a crash it was not done, and the next
 * look goes by the same moment.
 * @returns whether the request goes on
 */
export async function passEnd(
  db: Database,
  ids: RequestIds,
  policy: RequestPolicy,
  endAt: Date,
  now: number,
): Promise<boolean> {
  return db.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql;
    const lookedAt = await endNoticedAt(tx, ids, endAt, now);
    if (policy.onLate !== 'SEND') return false;
    // Under the lock that reservations share: nothing of the request begins meanwhile.
    const [request] = await tx<{ end_at: Date | null }[]>`
      select end_at from requests
      where account_id = ${ids.accountId} and id = ${ids.requestId} and late_at is null
        and cancelled_at is null and ended_at is null
      for update`;
    if (request?.end_at?.getTime() !== endAt.getTime()) return false;
    const places = await judgePlaces(tx, ids, policy, { endAt: endAt.getTime(), lookedAt });
    const late = places.filter((place) => place.late).map(({ key }) => key);
    const [left] = await tx<{ late: number }[]>`
      select count(*)::int as late from records r
      where r.account_id = ${ids.accountId} and r.request_id = ${ids.requestId} and r.result = 'ACCEPTED'
        and r.ended_at is null and ${isDueBy(tx, endAt)} and ${placeKeyOf(tx)} = any(${late})`;
    if (!left || left.late === 0) return false;
    const expired = await expire(tx, ids, endAt, places, new Date(now), late);
    await tx`
      update requests set late_at = ${new Date(now)} where account_id = ${ids.accountId} and id = ${ids.requestId}`;
    await addEvent(tx, ids, 'SENDING_LATE', { late: left.late, expired, lateByMs: now - endAt.getTime() });
    return true;
  });
}

/** Of `records r`. One that is being tried right now counts as due: what has begun is allowed to end. */
const isDueBy = (tx: Sql, endAt: Date) => tx`(r.due_at is null or r.due_at < ${endAt})`;

/** Ends everybody but those who are late, each with the reason. @returns how many */
async function expire(
  tx: Sql,
  ids: RequestIds,
  endAt: Date,
  places: { key: string; why: string }[],
  now: Date,
  late: string[],
): Promise<number> {
  const rows = await tx`
    update records r set outcome = 'EXPIRED', ended_at = ${now}, due_at = null,
      detail = coalesce(r.detail, ${whyOf(tx, places, endAt)})
    where r.account_id = ${ids.accountId} and r.request_id = ${ids.requestId} and r.result = 'ACCEPTED'
      and r.ended_at is null and not (${isDueBy(tx, endAt)} and ${placeKeyOf(tx)} = any(${late}))
      and not exists (select 1 from open_attempts o where o.attempt_id = r.last_attempt_id)
    returning 1`;
  await addTallies(tx, ids.accountId, [
    { requestId: ids.requestId, kind: 'outcome', value: 'EXPIRED', count: rows.length },
  ]);
  return rows.length;
}

const NOT_REACHED = "not reached before the request's end time";

/** The reason of a record `r` that expires. */
const whyOf = (tx: Sql, places: { key: string; why: string }[], endAt: Date) => tx`
  case when ${isDueBy(tx, endAt)} then coalesce((
    select w.why from unnest(${places.map(({ key }) => key)}::text[], ${places.map(({ why }) => why)}::text[])
      as w (key, why) where w.key = ${placeKeyOf(tx)}), ${NOT_REACHED}) else ${NOT_REACHED} end`;

/** Why each record of a request expires, as a piece of SQL over `records r`. */
export async function expiryReasons(db: Database, ids: RequestIds, now: Date) {
  const [found] = await db.sql<{ end_at: Date | null; policy: unknown }[]>`
    select r.end_at, p.policy from requests r
      join request_policies p on p.request_id = r.id and p.version = r.policy_version
    where r.account_id = ${ids.accountId} and r.id = ${ids.requestId}`;
  if (!found) throw new Error(`request ${ids.requestId} has no policy`);
  const endAt = found.end_at ?? now;
  const lookedAt = await endNoticedAt(db.sql, ids, endAt, now.getTime());
  const times = { endAt: endAt.getTime(), lookedAt };
  const places = await judgePlaces(db.sql, ids, requestPolicy.parse(found.policy), times);
  return (tx: Sql) => whyOf(tx, places, endAt);
}
