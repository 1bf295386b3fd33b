/**
 * Lays those of a request who have not been called before evenly over the permitted hours (`domain/spread.ts`), as the
 * moments from which their first attempts are due. Passes over pages then take them as they take retries.
 *
 * Done when the request begins to run, and again for those who are left when its policy changes, after a pause and after
 * an outage. One transaction: a crash leaves the plan before or the plan after, and the next look makes it good.
 */
import { isDeepStrictEqual } from 'node:util';
import type { RequestPolicy } from '../../domain/policy.ts';
import { type OpenInterval, openMsOf, type SpreadPlan, waitForTurn } from '../../domain/spread.ts';
import { spreadIntervals } from '../../domain/spread-intervals.ts';
import { openIntervals, type Person, placeKey } from '../../domain/window.ts';
import type { Database, Sql } from '../client.ts';
import { addEvent } from './events.ts';
import type { Frozen } from './frozen.ts';
import { withLiveHours } from './live-hours.ts';
import { placeKeyOf, readPlaces } from './places.ts';

interface RequestIds {
  accountId: number;
  requestId: number;
}

const HOUR_MS = 3_600_000;

/** People who were due so long ago, while nobody looked at the request: the system was away. */
const OUTAGE_MS = 120_000;
/** A plan that is followed is noted as seen no more often than this. */
const SEEN_EVERY_MS = 30_000;

/** Whose first attempt is still to come. */
const untouched = (sql: Sql, ids: RequestIds) => sql`
  r.account_id = ${ids.accountId} and r.request_id = ${ids.requestId} and r.result = 'ACCEPTED'
  and r.ended_at is null and r.attempts = 0 and r.last_attempt_id is null`;

interface Found {
  policyVersion: number;
  plan: SpreadPlan | null;
  endAt: Date | null;
  late: boolean;
  stopped: boolean;
}

async function readPlan(sql: Sql, ids: RequestIds, locked: boolean): Promise<Found | undefined> {
  const [found] = await sql<Found[]>`
    select policy_version as "policyVersion", spread_plan as plan, end_at as "endAt", late_at is not null as late,
           paused_at is not null or cancelled_at is not null or ended_at is not null as stopped
    from requests where account_id = ${ids.accountId} and id = ${ids.requestId} ${locked ? sql`for update` : sql``}`;
  return found;
}

const endOf = ({ endAt, late }: Found): number | undefined => (late ? undefined : endAt?.getTime());

/** Since when nothing was called, where the system was away; and that the plan is followed, now and then. */
async function noticeOutage(
  db: Database,
  ids: RequestIds,
  plan: SpreadPlan,
  now: number,
): Promise<SpreadPlan> {
  const seenAt = plan.seenAt ?? plan.from;
  if (now - seenAt < SEEN_EVERY_MS) return plan;
  const [overdue] =
    now - seenAt < OUTAGE_MS
      ? []
      : await db.sql<{ at: Date | null }[]>`
          select min(r.due_at) as at from records r
          where ${untouched(db.sql, ids)} and r.due_at < ${new Date(now - OUTAGE_MS)}`;
  const noted = {
    ...plan,
    seenAt: now,
    ...(overdue?.at && { stoppedAt: plan.stoppedAt ?? Math.max(seenAt, overdue.at.getTime()) }),
  };
  // Of this very plan: another worker may have laid people out anew meanwhile.
  await db.sql`
    update requests set spread_plan = ${db.sql.json(noted)}
    where account_id = ${ids.accountId} and id = ${ids.requestId}
      and (spread_plan ->> 'version')::int = ${plan.version} and spread_plan ->> 'stoppedAt' is null`;
  return noted;
}

/**
 * Sees to it that a running request is laid out as its policy says, and says how. Cheap while nothing has changed.
 * @param now Unix ms
 * @returns the plan in force; undefined when the request is not spread
 */
export async function keepSpread(
  db: Database,
  frozen: Frozen,
  ids: RequestIds,
  now: number,
): Promise<SpreadPlan | undefined> {
  const found = await readPlan(db.sql, ids, false);
  if (!found) throw new Error(`request ${ids.requestId} does not exist`);
  const { spreadOver } = await frozen.policy(ids.accountId, ids.requestId, found.policyVersion);
  if (!found.plan && !spreadOver) return undefined;
  if (found.plan && isCurrent(found, found.plan)) {
    const plan = await noticeOutage(db, ids, found.plan, now);
    if (plan.stoppedAt === undefined) return plan;
  }
  return db.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql;
    const locked = await readPlan(tx, ids, true);
    if (!locked || locked.stopped) return locked?.plan ?? undefined;
    if (locked.plan && isCurrent(locked, locked.plan)) return locked.plan;
    return layOut(tx, frozen, ids, locked, now);
  });
}

const isCurrent = (found: Found, plan: SpreadPlan): boolean =>
  plan.policyVersion === found.policyVersion && plan.stoppedAt === undefined && plan.endsAt === endOf(found);

/** In the transaction that holds the request's row. */
async function layOut(
  tx: Sql,
  frozen: Frozen,
  ids: RequestIds,
  found: Found,
  now: number,
): Promise<SpreadPlan | undefined> {
  const policy = await frozen.policy(ids.accountId, ids.requestId, found.policyVersion);
  if (!policy.spreadOver) {
    await tx`update records r set due_at = null where ${untouched(tx, ids)}`;
    await tx`update requests set spread_plan = null where account_id = ${ids.accountId} and id = ${ids.requestId}`;
    await addEvent(tx, ids, 'SPREAD_ENDED');
    return undefined;
  }
  const hours = await withLiveHours(tx, ids.accountId, policy, new Date(now));
  const wantedMs = await leftOf(tx, frozen, ids, found, policy, now);
  const endsAt = endOf(found);
  const bounds = { over: policy.spreadOver, from: now, endsAt, leftMs: wantedMs };
  const openMs = openMsOf(spreadIntervals(hours, { region: null }, bounds));
  const afterMs = await waitOf(tx, frozen, ids, found.plan, policy, openMs);
  let people = 0;
  let until = now;
  for (const place of await readPlaces(tx, { ...ids, left: true })) {
    const intervals = spreadIntervals(hours, place, bounds);
    const planned = await planPlace(tx, ids, place, { intervals, afterMs });
    people += planned;
    if (planned > 0) until = Math.max(until, intervals.at(-1)?.to ?? now);
  }
  const plan: SpreadPlan = {
    version: (found.plan?.version ?? 0) + 1,
    policyVersion: found.policyVersion,
    from: now,
    until,
    openMs,
    people,
    afterMs,
    ...(wantedMs !== undefined && { wantedMs }),
    ...(endsAt !== undefined && { endsAt }),
  };
  await tx`
    update requests set spread_plan = ${tx.json(plan as never)}
    where account_id = ${ids.accountId} and id = ${ids.requestId}`;
  await addEvent(tx, ids, 'SPREAD', { people, until: new Date(until).toISOString() });
  return plan;
}

/** How long the next one's turn is still away, by the plan before; nothing where another one was asked for. */
async function waitOf(
  tx: Sql,
  frozen: Frozen,
  ids: RequestIds,
  plan: SpreadPlan | null,
  policy: RequestPolicy,
  openMs: number,
): Promise<number> {
  if (!plan) return 0;
  const before = await frozen.policy(ids.accountId, ids.requestId, plan.policyVersion);
  if (!isDeepStrictEqual(before.spreadOver, policy.spreadOver)) return 0;
  const [left] = await tx<{ people: number }[]>`
    select count(*)::int as people from records r where ${untouched(tx, ids)}`;
  return waitForTurn(plan, openMs, left?.people ?? 0);
}

/** Permitted time that is left of the hours asked for; undefined where a moment is the bound. */
async function leftOf(
  tx: Sql,
  frozen: Frozen,
  ids: RequestIds,
  { plan }: Found,
  policy: RequestPolicy,
  now: number,
): Promise<number | undefined> {
  const { spreadOver } = policy;
  if (!spreadOver || !('hours' in spreadOver)) return undefined;
  const whole = spreadOver.hours * HOUR_MS;
  if (plan?.wantedMs === undefined) return whole;
  const before = await frozen.policy(ids.accountId, ids.requestId, plan.policyVersion);
  // Other hours were asked for: those who are left get all of them.
  if (!isDeepStrictEqual(before.spreadOver, spreadOver)) return whole;
  const hours = await withLiveHours(tx, ids.accountId, before, new Date(now));
  const passed = openMsOf(openIntervals(hours, null, plan.from, plan.stoppedAt ?? now));
  return Math.max(0, plan.wantedMs - passed);
}

/**
 * Plans the people of one place, in the order of the list: the arithmetic of `planner`, for any number of them in one
 * statement. Without permitted time they are due at once, which is when their hours next open.
 * @returns how many
 */
async function planPlace(
  tx: Sql,
  ids: RequestIds,
  place: Person,
  { intervals, afterMs }: { intervals: readonly OpenInterval[]; afterMs: number },
): Promise<number> {
  const key = placeKey(place);
  const openMs = openMsOf(intervals);
  if (openMs === 0) {
    const freed = await tx`
      update records r set due_at = null where ${untouched(tx, ids)} and ${placeKeyOf(tx)} = ${key}`;
    return freed.count;
  }
  const waitMs = Math.min(afterMs, openMs - 1);
  let passed = 0;
  const before = intervals.map(({ from, to }) => {
    const sum = passed;
    passed += to - from;
    return sum;
  });
  const planned = await tx`
    update records r set due_at = to_timestamp(0) + (i.opens + p.share - i.before) * interval '1 millisecond'
    from (
      select r.row, ${waitMs}::bigint
               + ${openMs - waitMs}::bigint * (row_number() over (order by r.row) - 1) / count(*) over () as share
      from records r where ${untouched(tx, ids)} and ${placeKeyOf(tx)} = ${key}
    ) p
    join unnest(${intervals.map(({ from }) => from)}::bigint[], ${intervals.map(({ from, to }) => to - from)}::bigint[],
                ${before}::bigint[]) as i (opens, lasts, before)
      on p.share >= i.before and p.share < i.before + i.lasts
    where r.request_id = ${ids.requestId} and r.row = p.row`;
  return planned.count;
}
