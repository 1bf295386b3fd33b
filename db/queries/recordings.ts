/**
 * The books of recordings: begun before the trunk is told, settled when the file is in our storage or
 * certainly nowhere, and read by the API.
 */
import type { Direction } from '../../domain/outcome.ts';
import { type RecordingKind, type RecordingStatus, recordingName } from '../../domain/recording.ts';
import type { Database } from '../client.ts';

export interface RecordingToBegin {
  accountId: number;
  attemptId: string;
  kind: RecordingKind;
  /** Id of the widget that records. */
  widget?: string;
  startedAt: Date;
}

/** Recordings that begin between the same numbers in one millisecond: each takes the next one that is free. */
const MAX_NAME_TRIES = 1_000;

/**
 * Writes a recording down, before it is made. The recording of a whole call is written once: whoever adopts
 * the call is given the name it has.
 * @returns its name, with the ending
 * @throws Error when the attempt does not exist
 */
export async function beginRecording(db: Database, input: RecordingToBegin): Promise<string> {
  const { accountId, attemptId, kind, widget, startedAt } = input;
  const [call] = await db.sql<
    {
      flow_id: number;
      direction: Direction;
      address: string;
      sender: string | null;
      known: string | null;
    }[]
  >`
    select a.flow_id, a.direction, a.address, a.sender, r.name as known
    from attempts a left join recordings r on r.attempt_id = a.id and r.kind = 'CALL' and ${kind} = 'CALL'
    where a.account_id = ${accountId} and a.id = ${attemptId}`;
  if (!call) throw new Error(`attempt ${attemptId} is not in the ledger`);
  if (call.known !== null) return call.known;
  const [cli, dnis] =
    call.direction === 'in' ? [call.address, call.sender ?? ''] : [call.sender ?? undefined, call.address];
  for (let tries = 0; tries < MAX_NAME_TRIES; tries++) {
    const startMs = startedAt.getTime() + tries;
    const name = recordingName({ kind, accountId, flowId: call.flow_id, cli, dnis, widget, startMs });
    const taken = await db.sql`
      insert into recordings (account_id, attempt_id, kind, name, widget, started_at)
      values (${accountId}, ${attemptId}, ${kind}, ${name}, ${widget ?? null}, ${new Date(startMs)})
      on conflict do nothing returning id`;
    if (taken.length > 0) return name;
  }
  throw new Error(`no name is free for a recording of attempt ${attemptId}`);
}

/** Nothing was heard in it: if the trunk has no file of it, it is empty and not lost. */
export async function noteNothingHeard(
  db: Database,
  input: { accountId: number; name: string },
): Promise<void> {
  await db.sql`
    update recordings set duration_ms = 0
    where account_id = ${input.accountId} and name = ${input.name} and status = 'RECORDING'`;
}

/** A recording of which the trunk may still have a copy, though its call has ended. */
export interface RecordingToFetch {
  id: number;
  accountId: number;
  attemptId: string;
  name: string;
  status: RecordingStatus;
  startedAt: Date;
  nothingHeard: boolean;
  callEndedAt: Date;
  /** How often the trunk has been asked before. */
  tries: number;
  /** The trunk that the call went by. */
  provider: string;
}

/**
 * Takes recordings whose calls have ended, the longest waiting first, for nobody else to fetch within
 * `leaseMs`. One whose taker dies is due again then: fetching twice gives the same.
 */
export async function takeRecordings(
  db: Database,
  input: { now: Date; leaseMs: number; limit: number },
): Promise<RecordingToFetch[]> {
  const { now, leaseMs, limit } = input;
  return db.sql<RecordingToFetch[]>`
    with due as (
      select r.id, a.settled_at, a.provider
      from recordings r join attempts a on a.id = r.attempt_id
      where r.at_trunk and r.next_try_at <= ${now} and a.settled_at is not null
      order by r.next_try_at
      limit ${limit}
      for update of r skip locked
    )
    update recordings r
    set next_try_at = ${new Date(now.getTime() + leaseMs)}, tries = r.tries + 1
    from due where r.id = due.id
    returning r.id, r.account_id as "accountId", r.attempt_id as "attemptId", r.name, r.status,
              r.started_at as "startedAt", coalesce(r.duration_ms = 0, false) as "nothingHeard",
              due.settled_at as "callEndedAt", r.tries - 1 as tries, due.provider`;
}

export type RecordingEnd =
  | { status: 'STORED'; durationMs: number; bytes: number; storageKey: string }
  | { status: 'EMPTY' }
  /** `cause` is for a person. */
  | { status: 'LOST'; cause: string };

/** Says what became of a recording, once: a second end of it changes nothing. */
export async function endRecording(
  db: Database,
  input: { id: number; accountId: number; at: Date; end: RecordingEnd },
): Promise<void> {
  const { id, accountId, at, end } = input;
  const stored = end.status === 'STORED' ? end : undefined;
  const bytes = end.status === 'LOST' ? null : (stored?.bytes ?? 0);
  const durationMs = end.status === 'LOST' ? null : (stored?.durationMs ?? 0);
  await db.sql`
    update recordings
    set status = ${end.status}, settled_at = ${at}, duration_ms = ${durationMs}, bytes = ${bytes},
        storage_key = ${stored?.storageKey ?? null}, cause = ${end.status === 'LOST' ? end.cause : null},
        at_trunk = ${end.status !== 'LOST'}
    where id = ${id} and account_id = ${accountId} and status = 'RECORDING'`;
}

/** The trunk has no copy any more. */
export async function noteForgotten(db: Database, input: { id: number; accountId: number }): Promise<void> {
  await db.sql`
    update recordings set at_trunk = false where id = ${input.id} and account_id = ${input.accountId}`;
}

/** Puts off the next look at a recording. */
export async function retryRecordingAt(
  db: Database,
  input: { id: number; accountId: number; at: Date },
): Promise<void> {
  await db.sql`
    update recordings set next_try_at = ${input.at} where id = ${input.id} and account_id = ${input.accountId}`;
}

/** A recording as reports show it. */
export interface RecordingRow {
  name: string;
  kind: RecordingKind;
  widget: string | null;
  startedAt: Date;
  status: RecordingStatus;
  durationMs: number | null;
  bytes: number | null;
  cause: string | null;
  storageKey: string | null;
}

/** All of one attempt, in the order they began. */
export async function listRecordings(
  db: Database,
  input: { accountId: number; attemptId: string },
): Promise<RecordingRow[]> {
  const { accountId, attemptId } = input;
  const rows = await listRecordingsOf(db, { accountId, attemptIds: [attemptId] });
  return rows.map(({ attemptId: _, ...row }) => row);
}

/** All of several attempts, each one's in the order they began. */
export async function listRecordingsOf(
  db: Database,
  input: { accountId: number; attemptIds: readonly string[] },
): Promise<(RecordingRow & { attemptId: string })[]> {
  return db.sql<(RecordingRow & { attemptId: string })[]>`
    select attempt_id as "attemptId", name, kind, widget, started_at as "startedAt", status,
           case when status = 'RECORDING' then null else duration_ms end as "durationMs", bytes, cause,
           storage_key as "storageKey"
    from recordings where account_id = ${input.accountId} and attempt_id = any(${[...input.attemptIds]}::uuid[])
    order by attempt_id, started_at, id`;
}
