/**
 * The other end of the ledger: writes down, once, how attempts ended, and what that means for their records.
 * The first to settle an attempt wins; a second settlement of it changes nothing.
 */
import { MAX_STEP, stepAttemptId } from '../../domain/attempt-id.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { type NextStep, nextStep } from '../../domain/retry.ts';
import type { Database, Sql } from '../client.ts';
import type { Frozen } from './frozen.ts';
import { addSlots, addTallies, type EndedAttempt, type Tally } from './tallies.ts';

export interface Settlement {
  accountId: number;
  attemptId: string;
  outcome: Outcome;
  cause: string;
  providerRef?: string;
  answeredAt?: Date;
  settledAt: Date;
  keys?: string;
  /** What the person went through since the last checkpoint: `JourneyEntry[]`. */
  entries?: unknown[];
}

interface Settled {
  id: string;
  account_id: number;
  /** Absent, as is the row, in calls to us and in what is sent from inside them. */
  request_id: number | null;
  row: number | null;
  attempt_no: number;
  step: number;
  outcome: Outcome;
  settled_at: Date;
  /** Of the request, at present. */
  policy_version: number | null;
}

/** One that a request's record stands behind. */
type OfRequest = Settled & { request_id: number; row: number; policy_version: number };

const isOfRequest = (attempt: Settled): attempt is OfRequest =>
  attempt.request_id !== null && attempt.row !== null && attempt.policy_version !== null;

/** A moment inside an array parameter: the driver takes an array of Date for a single one. */
const isoOf = (at: Date | undefined): string | null => at?.toISOString() ?? null;

/** Marks the attempts that are still open. Returns those this call settled, with their request's present policy. */
async function settleOpen(tx: Sql, settlements: Settlement[]): Promise<Settled[]> {
  return tx<Settled[]>`
    with settled as (
      update attempts a
      set outcome = w.outcome::outcome, cause = w.cause, provider_ref = coalesce(w.provider_ref, a.provider_ref),
          answered_at = w.answered_at, settled_at = w.settled_at, keys = w.keys
      from unnest(${settlements.map((s) => s.attemptId)}::uuid[], ${settlements.map((s) => s.accountId)}::int[],
                  ${settlements.map((s) => s.outcome)}::text[], ${settlements.map((s) => s.cause)}::text[],
                  ${settlements.map((s) => s.providerRef ?? null)}::text[],
                  ${settlements.map((s) => isoOf(s.answeredAt))}::timestamptz[],
                  ${settlements.map((s) => isoOf(s.settledAt))}::timestamptz[], ${settlements.map((s) => s.keys ?? null)}::text[])
           as w (id, account_id, outcome, cause, provider_ref, answered_at, settled_at, keys)
      where a.id = w.id and a.account_id = w.account_id and a.outcome is null
      returning a.id, a.account_id, a.request_id, a.row, a.attempt_no, a.step, a.outcome, a.settled_at
    ), closed as (
      delete from open_attempts where attempt_id in (select id from settled)
    )
    select s.*, q.policy_version from settled s left join requests q on q.id = s.request_id`;
}

/**
 * Messages and second calls that were begun from inside calls which are settled now, and never settled
 * themselves: their worker died between handing them over and hearing the answer. Nobody will look at them
 * again, so they are named here. Ids of what is done from inside a call follow the call's own: `domain/attempt-id.ts`.
 */
async function settleOrphans(tx: Sql, settled: Settled[]): Promise<Settled[]> {
  const calls = settled.filter((attempt) => attempt.step === 0).map((call) => call.id);
  if (calls.length === 0) return [];
  const found = await tx<{ id: string }[]>`
    delete from open_attempts o using attempts a,
      unnest(${calls}::uuid[], ${calls.map((id) => stepAttemptId(id, MAX_STEP))}::uuid[]) as w (call, last)
    where o.attempt_id > w.call and o.attempt_id <= w.last and a.id = o.attempt_id and a.outcome is null
    returning a.id`;
  const orphans = found.map((orphan) => orphan.id);
  if (orphans.length === 0) return [];
  return tx<Settled[]>`
    update attempts a
    set outcome = 'UNKNOWN', settled_at = now(), cause = 'the worker stopped before the provider had answered'
    where a.id = any(${orphans}::uuid[])
    returning a.id, a.account_id, a.request_id, a.row, a.attempt_no, a.step, a.outcome, a.settled_at`;
}

const HALF_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** PostgreSQL's JSON refuses U+0000 and half surrogates, which an answer of a stranger's webhook may hold. */
const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_key, inner) =>
    typeof inner === 'string' ? inner.replaceAll('\u0000', '').replace(HALF_SURROGATE, '\ufffd') : inner,
  );

/** Appends what people went through to their journeys. */
export async function appendJourneys(
  tx: Sql,
  journeys: { accountId: number; attemptId: string; entries: unknown[]; state?: unknown }[],
): Promise<void> {
  if (journeys.length === 0) return;
  await tx`
    insert into journeys (attempt_id, account_id, entries, state, updated_at)
    select w.id, w.account_id, w.entries::jsonb, w.state::jsonb, now()
    from unnest(${journeys.map((j) => j.attemptId)}::uuid[], ${journeys.map((j) => j.accountId)}::int[],
                ${journeys.map((j) => jsonText(j.entries))}::text[],
                ${journeys.map((j) => (j.state === undefined ? null : jsonText(j.state)))}::text[])
         as w (id, account_id, entries, state)
    on conflict (attempt_id) do update
    set entries = journeys.entries || excluded.entries, state = excluded.state, updated_at = now()`;
}

/**
 * Settles attempts of any requests and moves their records on: ended, or due again by the request's present
 * policy. One transaction, so counters, records and ledger agree at every moment.
 */
export async function settleAttempts(db: Database, frozen: Frozen, given: Settlement[]): Promise<void> {
  if (given.length === 0) return;
  // The first to settle an attempt wins, inside one batch too.
  const settlements = [...new Map([...given].reverse().map((s) => [s.attemptId, s])).values()];
  await db.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql;
    const settled = await settleOpen(tx, settlements);
    const orphans = await settleOrphans(tx, settled);
    const won = new Set(settled.map((attempt) => attempt.id));
    // Messages sent from inside a call do not move the record: the call does.
    const moved = await Promise.all(
      settled
        .filter((attempt) => attempt.step === 0)
        .filter(isOfRequest)
        .map(async (attempt) => {
          const policy = await frozen.policy(attempt.account_id, attempt.request_id, attempt.policy_version);
          return { attempt, next: nextStep(policy, attempt.outcome, attempt.attempt_no, attempt.settled_at) };
        }),
    );
    // Sent together: one wait for all of them.
    await Promise.all([
      moveRecords(tx, moved),
      appendJourneys(
        tx,
        settlements
          .filter((s) => won.has(s.attemptId) && (s.entries?.length ?? 0) > 0)
          .map((s) => ({ accountId: s.accountId, attemptId: s.attemptId, entries: s.entries ?? [] })),
      ),
      ...accountsOf(settled).map((accountId) =>
        addTallies(tx, accountId, [
          ...[...settled, ...orphans]
            .filter(ofAccount(accountId))
            .flatMap((attempt) => tally('attempt', attempt)),
          ...moved
            .filter(({ attempt, next }) => next.kind === 'ENDED' && ofAccount(accountId)(attempt))
            .flatMap(({ attempt }) => tally('outcome', attempt)),
        ]),
      ),
      ...accountsOf(settled).map((accountId) =>
        addSlots(
          tx,
          accountId,
          moved
            .map(({ attempt }) => attempt)
            .filter(ofAccount(accountId))
            .map(asEnded),
        ),
      ),
    ]);
  });
}

/** A settled attempt, and what it means for its record. */
interface Moved {
  attempt: OfRequest;
  next: NextStep;
}

async function moveRecords(tx: Sql, moved: Moved[]): Promise<void> {
  if (moved.length === 0) return;
  const endedAt = ({ attempt, next }: Moved) => isoOf(next.kind === 'ENDED' ? attempt.settled_at : undefined);
  const dueAt = ({ next }: Moved) => isoOf(next.kind === 'DUE' ? next.dueAt : undefined);
  await tx`
    update records r
    set outcome = w.outcome::outcome, ended_at = w.ended_at, due_at = w.due_at
    from unnest(${moved.map(({ attempt }) => attempt.request_id)}::bigint[],
                ${moved.map(({ attempt }) => attempt.row)}::int[], ${moved.map(({ attempt }) => attempt.id)}::uuid[],
                ${moved.map(({ attempt }) => attempt.outcome)}::text[], ${moved.map(endedAt)}::timestamptz[],
                ${moved.map(dueAt)}::timestamptz[])
         as w (request_id, row, attempt_id, outcome, ended_at, due_at)
    where r.request_id = w.request_id and r.row = w.row and r.last_attempt_id = w.attempt_id and r.ended_at is null`;
}

const accountsOf = (settled: Settled[]): number[] => [
  ...new Set(settled.map((attempt) => attempt.account_id)),
];

const ofAccount = (accountId: number) => (attempt: Settled) => attempt.account_id === accountId;

const asEnded = (attempt: OfRequest): EndedAttempt => ({
  requestId: attempt.request_id,
  attemptNo: attempt.attempt_no,
  outcome: attempt.outcome,
  at: attempt.settled_at,
});

/** Counters are a request's: what belongs to none is counted nowhere. */
const tally = (kind: 'attempt' | 'outcome', { request_id: requestId, outcome }: Settled): Tally[] =>
  requestId === null ? [] : [{ requestId, kind, value: outcome }];
