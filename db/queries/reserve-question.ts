/**
 * What must be known before attempts are reserved, read under the locks that keep it true until they are: the
 * requests' rows against a pause or a cancel that is being committed, the gates against other reservations.
 */
import type { Outcome } from '../../domain/outcome.ts';
import type { PaceLimit } from '../../domain/pacing.ts';
import type { RegisterEntry } from '../../domain/register.ts';
import { type Codec, type Line, type LineChoice, type LineState, lineKey } from '../../domain/trunk.ts';
import type { Loads } from '../../domain/turn.ts';
import type { Person } from '../../domain/window.ts';
import type { Sql } from '../client.ts';
import { personColumns } from './places.ts';
import { entriesOf, versionInForce } from './register.ts';
import { type AnswerJson, answerOf } from './register-answers.ts';

export interface AttemptToReserve {
  requestId: number;
  row: number;
  attemptNo: number;
}

export interface Candidate extends Person {
  request_id: number;
  row: number;
  attempt_no: number;
  id: string;
  known: boolean;
  known_outcome: Outcome | null;
  known_since: Date | null;
  current: boolean;
  number: string;
  variables: Record<string, string> | null;
  blacklisted: boolean;
  whitelisted: boolean;
  /** What the do-not-call registers say of the number. */
  entries: RegisterEntry[];
  register_version: string | null;
  /** Of a register outside, unexpired; null where it must be asked, or none is. */
  answer: AnswerJson | null;
}

export interface RequestRow {
  id: number;
  stopped: boolean;
  policy_version: number;
  flow_version: number;
  /** Why its calls wait for a line, as noted last; null when they do not. */
  away_why: string | null;
}

/**
 * A request takes new attempts unless paused, cancelled, ended, past its end time or, where an edit put its start off,
 * before it. Locked until the transaction ends.
 */
export async function readRequests(
  tx: Sql,
  accountId: number,
  ids: number[],
  now: Date,
): Promise<Map<number, RequestRow>> {
  const rows = await tx<RequestRow[]>`
    select id, policy_version, flow_version, line_away_why as away_why,
           paused_at is not null or cancelled_at is not null or ended_at is not null
             or coalesce(start_at > ${now}, false)
             or (late_at is null and coalesce(end_at <= ${now}, false)) as stopped
    from requests where account_id = ${accountId} and id = any(${ids}) order by id for share`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** A line before its load is known. */
export type UnloadedLine = Omit<LineChoice, 'load'>;

/** A call by the platform's default line counts against the account's limits alone. */
const UNLIMITED: PaceLimit = { maxInProgress: Number.POSITIVE_INFINITY, perSecond: Number.POSITIVE_INFINITY };

/**
 * The enabled trunks of an account, with their state as this worker sees it. The platform's default line where
 * the account has no trunks; nothing where all of them are disabled.
 */
export async function readLines(
  tx: Sql,
  accountId: number,
  stateOf: (line: Line | undefined) => LineState,
): Promise<UnloadedLine[]> {
  const rows = await tx<
    {
      id: number;
      name: string;
      endpoint: string;
      codecs: Codec[];
      caller_ids: string[];
      priority: number;
      calls: number;
      per_second: number;
      enabled: boolean;
    }[]
  >`
    select id, name, endpoint, codecs, caller_ids, priority, enabled, max_concurrent_calls as calls,
           max_calls_per_second as per_second
    from trunks where account_id = ${accountId} and removed_at is null order by id`;
  if (rows.length === 0) {
    const state = stateOf(undefined);
    return [{ name: '', line: undefined, callerIds: [], priority: 0, limit: UNLIMITED, state }];
  }
  return rows
    .filter(({ enabled }) => enabled)
    .map((row) => {
      const line: Line = { trunkId: row.id, endpoint: row.endpoint, codecs: row.codecs };
      return {
        name: row.name,
        line,
        callerIds: row.caller_ids,
        priority: row.priority,
        limit: { maxInProgress: row.calls, perSecond: row.per_second },
        state: stateOf(line),
      };
    });
}

/** The keys of the pace clocks an attempt moves. The default line has no clock of its own. */
export const gateKeys = {
  account: (accountId: number): string => `account:${accountId}`,
  /**
   * One for each pace: requests of a flow that have the same pace share it. One clock for all would leave a slow
   * request's call in the way of every faster one, and of the slow one itself once its pace has been edited.
   * @param perSecond of the policy in force
   */
  flow: (flowId: number, perSecond: number): string => `flow:${flowId}:${perSecond}`,
  line: (line: Line | undefined): string[] => (line === undefined ? [] : [`trunk:${line.trunkId}`]),
};

/**
 * Locks pace clocks, in one order: the account's first. They are made when first needed, one by one in that order, as
 * whoever made a flow's and then waited for the account's would hold up whoever had the account's and makes the flow's.
 */
export async function lockGates(tx: Sql, accountId: number, keys: string[]): Promise<Map<string, number>> {
  const lock = () => tx<{ key: string; next_at_ms: number }[]>`
    select key, next_at_ms from pace_gates where key = any(${keys}) order by key for update`;
  let gates = await lock();
  if (gates.length < keys.length) {
    for (const key of [...keys].sort()) {
      await tx`insert into pace_gates (key, account_id) values (${key}, ${accountId}) on conflict do nothing`;
      await tx`select 1 from pace_gates where key = ${key} for update`;
    }
    gates = await lock();
  }
  return new Map(gates.map((gate) => [gate.key, gate.next_at_ms]));
}

/**
 * What counts as a call in progress, of `open_attempts o`: calls to people from their reservation on, second calls of
 * transfers among them; calls to us once they are let in.
 */
export const isInProgress = (tx: Sql) => tx`
  o.medium = 'voice' and not (o.request_id is null and o.admitted_at is null and exists (
    select 1 from attempts a where a.id = o.attempt_id and a.direction = 'in'))`;

/**
 * Calls in progress of a flow, its account and the lines, and the account's limits. Read under the lock of the gates.
 * @param input.perSecond the pace whose clock of the flow counts; absent: none does
 */
export async function readLoads(
  tx: Sql,
  input: {
    accountId: number;
    flowId: number;
    perSecond?: number;
    lines: UnloadedLine[];
    clocks: Map<string, number>;
  },
): Promise<Loads> {
  const { accountId, flowId, perSecond, lines, clocks } = input;
  const [limits, counts] = await Promise.all([
    tx<{ calls: number; per_second: number }[]>`
      select max_concurrent_calls as calls, max_calls_per_second as per_second from accounts where id = ${accountId}`,
    tx<{ trunk: number; calls: number; of_flow: number }[]>`
      select coalesce(trunk_id, 0) as trunk, count(*)::int as calls,
             (count(*) filter (where flow_id = ${flowId}))::int as of_flow
      from open_attempts o where account_id = ${accountId} and ${isInProgress(tx)} group by 1`,
  ]);
  const [limit] = limits;
  if (!limit) throw new Error(`account ${accountId} does not exist`);
  const ofLine = new Map(counts.map((count) => [count.trunk, count.calls]));
  const sum = (pick: (count: (typeof counts)[number]) => number): number =>
    counts.reduce((total, count) => total + pick(count), 0);
  const nextAt = (key: string | undefined): number => (key === undefined ? 0 : (clocks.get(key) ?? 0));
  return {
    flow: {
      inProgress: sum((count) => count.of_flow),
      nextAt: perSecond === undefined ? 0 : nextAt(gateKeys.flow(flowId, perSecond)),
    },
    account: { inProgress: sum((count) => count.calls), nextAt: nextAt(gateKeys.account(accountId)) },
    accountLimit: { maxInProgress: limit.calls, perSecond: limit.per_second },
    lines: lines.map((one) => ({
      ...one,
      load: {
        inProgress: ofLine.get(lineKey(one.line)) ?? 0,
        nextAt: nextAt(gateKeys.line(one.line)[0]),
      },
    })),
  };
}

/** What all registers together say of a candidate's number. */
export const entriesFor = ({ entries, answer }: Candidate): RegisterEntry[] =>
  answer?.registered ? [...entries, answer.entry] : entries;

/** The candidates as the ledger, the records and the suppression lists see them now, in the order given. */
export async function readCandidates(
  tx: Sql,
  accountId: number,
  items: (AttemptToReserve & { id: string })[],
  askRegister: boolean,
): Promise<Map<string, Candidate>> {
  const rows = await tx<Candidate[]>`
    select w.request_id, w.row, w.attempt_no, w.id, a.id is not null as known, a.outcome as known_outcome,
           a.reserved_at as known_since,
           r.ended_at is null and r.result = 'ACCEPTED' and r.attempts = w.attempt_no - 1 as current,
           r.number, ${personColumns(tx)}, r.variables,
           exists (select 1 from blacklist_phones b where b.account_id = ${accountId} and b.number = r.number
                   and (b.expires_at is null or b.expires_at > now())) as blacklisted,
           exists (select 1 from whitelist_phones v where v.account_id = ${accountId} and v.number = r.number
                   and v.verified_at is not null) as whitelisted,
           coalesce(${entriesOf(tx, accountId, tx`substr(r.number, 2)::bigint`)}, '[]') as entries,
           ${versionInForce(tx, accountId)} as register_version,
           ${askRegister ? answerOf(tx, tx`substr(r.number, 2)::bigint`) : null}::jsonb as answer
    from unnest(${items.map((item) => item.requestId)}::bigint[], ${items.map((item) => item.row)}::int[],
                ${items.map((item) => item.attemptNo)}::int[], ${items.map((item) => item.id)}::uuid[])
         as w (request_id, row, attempt_no, id)
    join records r on r.account_id = ${accountId} and r.request_id = w.request_id and r.row = w.row
    left join attempts a on a.id = w.id`;
  return new Map(rows.map((row) => [row.id, row]));
}
