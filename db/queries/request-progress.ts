/**
 * What a request's workflow asks the database: may I run, which records are due, what is left, are we done.
 * The workflow remembers little and asks often, so an edit, a pause or a new record needs no message of its
 * own kind: the next answer already has it.
 */
import { type FinalStatus, isFinal, type Outcome, type RequestStatus } from '../../domain/outcome.ts';
import { nextLook } from '../../domain/paging.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { nextOpening, type Person } from '../../domain/window.ts';
import type { Database, Sql } from '../client.ts';
import { addEvent } from './events.ts';
import type { Frozen } from './frozen.ts';
import { withLiveHours } from './live-hours.ts';
import { oncePerPlace, personColumns, readPlaces } from './places.ts';
import { expiryReasons, passEnd } from './request-lateness.ts';
import { keepSpread } from './spread-plan.ts';
import { addTallies } from './tallies.ts';

/** How a request stands, and what its workflow should do next. Times are Unix ms. */
export interface RequestPlan {
  phase: 'RUN' | 'WAIT' | 'PAUSED' | 'CANCELLED' | 'EXPIRED' | 'ENDED';
  status: RequestStatus;
  /** Rows the request has now; more may come while it is open. */
  rows: number;
  open: boolean;
  policyVersion: number;
  /** The clock by which this was decided; every moment here is meant by it. */
  now: number;
  /** WAIT: when it may start. */
  startsAt?: number;
  /** When it expires. */
  endsAt?: number;
  /** Calls it may have in progress at once, and begin in a second. */
  concurrency: number;
  callsPerSecond: number;
  /** Every page is looked at again when it changes. Absent: `policyVersion`. */
  lookVersion?: number;
  /** First attempts are laid over the hours, so new ones fall due all the time. */
  spreading?: boolean;
}

interface RequestRow {
  status: RequestStatus;
  ingested: boolean;
  policy_version: number;
  loaded: number;
  open: boolean;
  closed: boolean;
  paused: boolean;
  cancelled: boolean;
  start_at: Date | null;
  end_at: Date | null;
  late: boolean;
  started_at: Date | null;
}

async function readRequest(db: Database, accountId: number, requestId: number): Promise<RequestRow> {
  const [found] = await db.sql<RequestRow[]>`
    select status, ingested_at is not null as ingested, policy_version, loaded, open, closed_at is not null as closed,
           paused_at is not null as paused, cancelled_at is not null as cancelled, start_at, end_at,
           late_at is not null as late, started_at
    from requests where account_id = ${accountId} and id = ${requestId}`;
  if (!found) throw new Error(`request ${requestId} of account ${accountId} does not exist`);
  return found;
}

/** When the request may make its first call: its start time, then the first hour that is open for any of its numbers. */
async function startOf(db: Database, frozen: Frozen, ids: RequestIds, request: RequestRow, now: number) {
  const from = Math.max(now, request.start_at?.getTime() ?? now);
  // Once it has begun, the pages know the hours of each of their own records.
  if (request.started_at) return from;
  const policy = await frozen.policy(ids.accountId, ids.requestId, request.policy_version);
  const hours = await withLiveHours(db.sql, ids.accountId, policy, new Date(now));
  const places = await readPlaces(db.sql, ids);
  const openings = places.map((person) => nextOpening(hours, person, from) ?? Number.POSITIVE_INFINITY);
  return places.length === 0 ? from : openings.reduce((a, b) => Math.min(a, b));
}

interface RequestIds {
  accountId: number;
  requestId: number;
}

/** A request whose hours never open is looked at again after this long: an edit may have opened them. */
const NEVER_OPEN_RECHECK_MS = 24 * 3_600_000;

/**
 * Reads how a request stands and notes it as its status (SCHEDULED while it waits, IN_PROCESS once it runs).
 * @param now Unix ms
 */
export async function planRequest(
  db: Database,
  frozen: Frozen,
  ids: RequestIds,
  now: number,
): Promise<RequestPlan> {
  const request = await readRequest(db, ids.accountId, ids.requestId);
  const policy = await frozen.policy(ids.accountId, ids.requestId, request.policy_version);
  const late = request.late || (await goesOnLate(db, ids, request, policy, now));
  const plan = {
    status: request.status,
    rows: request.loaded,
    open: request.open && !request.closed,
    policyVersion: request.policy_version,
    now,
    concurrency: policy.concurrency,
    callsPerSecond: policy.callsPerSecond,
    ...(request.end_at && !late && { endsAt: request.end_at.getTime() }),
  };
  if (isFinal(request.status)) return { ...plan, phase: 'ENDED' };
  if (request.cancelled) return { ...plan, phase: 'CANCELLED' };
  if (request.end_at && !late && request.end_at.getTime() <= now) return { ...plan, phase: 'EXPIRED' };
  if (request.paused) return { ...plan, phase: 'PAUSED' };
  const startsAt = await startOf(db, frozen, ids, request, now);
  if (startsAt > now) {
    const status = await noteStatus(db, ids, 'SCHEDULED', startsAt);
    return { ...plan, status, phase: 'WAIT', startsAt: Math.min(startsAt, now + NEVER_OPEN_RECHECK_MS) };
  }
  const status = await noteStatus(db, ids, 'IN_PROCESS', null);
  return { ...plan, ...(await spreading(db, frozen, ids, request, now)), status, phase: 'RUN' };
}

/** What the workflow must know of people who are laid over the hours; nothing where they are not. */
async function spreading(
  db: Database,
  frozen: Frozen,
  ids: RequestIds,
  request: RequestRow,
  now: number,
): Promise<Pick<RequestPlan, 'lookVersion' | 'spreading'>> {
  const spread = await keepSpread(db, frozen, ids, now);
  if (!spread) return {};
  return {
    // Policies are counted one by one, so the two together never come to the same again.
    lookVersion: request.policy_version + spread.version * 1_000_000,
    ...(now < spread.until && { spreading: true }),
  };
}

/** Whether the end time has passed and the request goes on without it, for those who are late. Noted, so that it stays so. */
async function goesOnLate(
  db: Database,
  ids: RequestIds,
  request: RequestRow,
  policy: RequestPolicy,
  now: number,
): Promise<boolean> {
  const { end_at: endAt } = request;
  if (!endAt || endAt.getTime() > now || request.cancelled || isFinal(request.status)) return false;
  return passEnd(db, ids, policy, endAt, now);
}

/** Notes a running request's status, unless it was paused or cancelled meanwhile. Returns what it now is. */
async function noteStatus(
  db: Database,
  ids: RequestIds,
  status: 'SCHEDULED' | 'IN_PROCESS',
  nextDueAt: number | null,
): Promise<RequestStatus> {
  const due = nextDueAt !== null && Number.isFinite(nextDueAt) ? new Date(nextDueAt) : null;
  return db.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql;
    const [before] = await tx<{ status: RequestStatus; paused: boolean }[]>`
      select status, paused_at is not null or cancelled_at is not null as paused from requests
      where account_id = ${ids.accountId} and id = ${ids.requestId} for update`;
    if (!before) throw new Error(`request ${ids.requestId} does not exist`);
    if (before.paused || isFinal(before.status)) return before.status;
    await tx`
      update requests set status = ${status}, next_due_at = ${due}
      where account_id = ${ids.accountId} and id = ${ids.requestId}`;
    if (before.status !== status)
      await addEvent(tx, ids, status, due ? { nextDueAt: due.toISOString() } : {});
    return status;
  });
}

export interface PageRange extends RequestIds {
  fromRow: number;
  toRow: number;
}

export interface DueRecords {
  /** The clock by which this was decided, Unix ms. */
  now: number;
  /** Rows due now, each with the number its next attempt has. */
  due: { row: number; attemptNo: number }[];
  /** Unix ms when to look at the page again for the others; absent when no others are left. */
  nextDueAt?: number;
}

interface LeftRecord extends Person {
  row: number;
  attempts: number;
  due_at: Date | null;
  unsettled: boolean;
}

/**
 * The records of a page that have not ended: which are due now, and when the next is.
 * An attempt that was begun but never settled comes back under its own number, to be reconciled.
 * @param now Unix ms
 */
export async function dueRecords(
  db: Database,
  frozen: Frozen,
  range: PageRange,
  now: number,
): Promise<DueRecords> {
  const request = await readRequest(db, range.accountId, range.requestId);
  const policy = await frozen.policy(range.accountId, range.requestId, request.policy_version);
  const left = await db.sql<LeftRecord[]>`
    select r.row, r.attempts, ${personColumns(db.sql)}, r.due_at, o.attempt_id is not null as unsettled
    from records r left join open_attempts o on o.attempt_id = r.last_attempt_id
    where r.account_id = ${range.accountId} and r.request_id = ${range.requestId}
      and r.row between ${range.fromRow} and ${range.toRow}
      and r.result = 'ACCEPTED' and r.ended_at is null
    order by r.row`;
  const hours = await withLiveHours(db.sql, range.accountId, policy, new Date(now));
  const opening = (person: Person, from: number): number =>
    nextOpening(hours, person, from) ?? now + NEVER_OPEN_RECHECK_MS;
  const openingNow = oncePerPlace((person) => opening(person, now));
  const dueAt = (record: LeftRecord): number => {
    if (record.unsettled) return now;
    const from = Math.max(now, record.due_at?.getTime() ?? now);
    // Records due now share their place's opening; later ones ask for themselves.
    return from > now ? opening(record, from) : openingNow(record);
  };
  const times = left.map((record) => ({ record, at: dueAt(record) }));
  const due = times.filter(({ at }) => at <= now);
  const nextDueAt = nextLook(
    times.filter(({ at }) => at > now).map(({ at }) => at),
    now,
  );
  return {
    now,
    due: due.map(({ record }) => ({
      row: record.row,
      attemptNo: record.unsettled ? record.attempts : record.attempts + 1,
    })),
    ...(nextDueAt !== undefined && { nextDueAt }),
  };
}

/** Notes that the request has begun: once a page has something to do. */
export async function noteStarted(db: Database, ids: RequestIds): Promise<void> {
  await db.sql`
    update requests set started_at = now()
    where account_id = ${ids.accountId} and id = ${ids.requestId} and started_at is null`;
}

/** Notes when the request's next call is due, for people who ask what it waits for. */
export async function noteNextDue(db: Database, ids: RequestIds, at: number | undefined): Promise<void> {
  await db.sql`
    update requests set next_due_at = ${at === undefined ? null : new Date(at)}
    where account_id = ${ids.accountId} and id = ${ids.requestId}`;
}

/** Rows ended in one statement, so a large request is wound up in short transactions. */
const WIND_UP_ROWS = 10_000;

/**
 * Ends the records that were not reached before a cancel or the end time. A record that is being tried
 * right now is left alone: what has begun is allowed to end.
 * @returns how many records it ended
 */
export async function endRemaining(
  db: Database,
  ids: RequestIds,
  outcome: Extract<Outcome, 'CANCELLED' | 'EXPIRED'>,
  now: Date,
): Promise<number> {
  const why = outcome === 'EXPIRED' ? await expiryReasons(db, ids, now) : undefined;
  let total = 0;
  for (;;) {
    const ended = await db.sql.begin(async (transaction) => {
      const tx = transaction as unknown as Sql;
      const rows = await tx`
        update records r set outcome = ${outcome}, ended_at = ${now}, due_at = null,
          detail = coalesce(r.detail, ${why ? why(tx) : null})
        where r.account_id = ${ids.accountId} and r.request_id = ${ids.requestId} and r.row in (
          select r.row from records r
          where r.request_id = ${ids.requestId} and r.result = 'ACCEPTED' and r.ended_at is null
            and not exists (select 1 from open_attempts o where o.attempt_id = r.last_attempt_id)
          order by r.row limit ${WIND_UP_ROWS})
        returning 1`;
      await addTallies(tx, ids.accountId, [
        { requestId: ids.requestId, kind: 'outcome', value: outcome, count: rows.length },
      ]);
      return rows.length;
    });
    total += ended;
    if (ended < WIND_UP_ROWS) return total;
  }
}

/** The books of a request do not balance: a record was lost or counted twice. Never expected; never hidden. */
export class UnbalancedRequest extends Error {
  override name = 'UnbalancedRequest';
}

/**
 * Closes a request: checks that every row is answered for and every accepted record has ended, and gives
 * it its final status. Doing it again changes nothing.
 * @throws UnbalancedRequest when loaded is not added + rejected, or a record has not ended
 */
export async function closeRequest(
  db: Database,
  ids: RequestIds,
  status: FinalStatus,
  now: Date,
): Promise<{ loaded: number; added: number; status: FinalStatus; closed: boolean }> {
  return db.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql;
    const [request] = await tx<
      { status: RequestStatus; loaded: number; added: number; open: boolean; closed: boolean }[]
    >`
      select status, loaded, added, open, closed_at is not null as closed from requests
      where account_id = ${ids.accountId} and id = ${ids.requestId} for update`;
    if (!request) throw new Error(`request ${ids.requestId} does not exist`);
    const { loaded, added } = request;
    if (isFinal(request.status)) return { loaded, added, status: request.status, closed: true };
    // More records may have come between the workflow's last look and this lock.
    const [counted] = await tx<{ rows: number; accepted: number; ended: number; tallied: number }[]>`
      select count(*) as rows, count(*) filter (where result = 'ACCEPTED') as accepted,
             count(*) filter (where result = 'ACCEPTED' and ended_at is not null) as ended,
             (select coalesce(sum(count), 0)::int8 from request_tallies
              where request_id = ${ids.requestId} and kind = 'outcome') as tallied
      from records where account_id = ${ids.accountId} and request_id = ${ids.requestId}`;
    if (!counted) throw new Error('no counts');
    if (status === 'COMPLETED' && request.open && !request.closed)
      return { loaded, added, status, closed: false };
    if (counted.rows === loaded && counted.ended < counted.accepted && counted.accepted === added) {
      // Something is still to be done: a call in progress, or a record added this moment.
      return { loaded, added, status, closed: false };
    }
    if (counted.rows !== loaded || counted.accepted !== added || counted.tallied !== counted.ended) {
      throw new UnbalancedRequest(
        `request ${ids.requestId}: loaded ${loaded}, rows ${counted.rows}, added ${added}, accepted ${counted.accepted}, ` +
          `ended ${counted.ended}, counted as ended ${counted.tallied}`,
      );
    }
    await tx`
      update requests set status = ${status}, ended_at = ${now}, next_due_at = null, paused_at = null
      where account_id = ${ids.accountId} and id = ${ids.requestId}`;
    await addEvent(tx, ids, status, { loaded, added });
    return { loaded, added, status, closed: true };
  });
}
