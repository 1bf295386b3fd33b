/**
 * The turnstile's side of the ledger: decides, in one transaction, which of a flow's waiting attempts may
 * begin now, and writes those down before any provider hears of them.
 *
 * Everything that can forbid a call is read in the transaction that reserves it: the request's row is
 * locked against a pause or a cancel that is being committed, so once either has been answered nothing new
 * begins. After a crash the reservation stands; the attempt's retry finds it and reconciles.
 */
import { attemptId } from '../../domain/attempt-id.ts';
import type { FlowDefinition } from '../../domain/flow/schema.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { admit, advance, type PaceLimit } from '../../domain/pacing.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { isOpen } from '../../domain/window.ts';
import type { Database, Sql } from '../client.ts';
import type { Frozen } from './frozen.ts';
import { addTallies, type Tally } from './tallies.ts';

export interface AttemptToReserve {
  requestId: number;
  row: number;
  attemptNo: number;
}

/** What an attempt needs to be carried out. */
export interface ReservedAttempt {
  id: string;
  number: string;
  variables: Record<string, string>;
  callerId: string | undefined;
  definition: FlowDefinition;
  policy: RequestPolicy;
  reservedAt: Date;
}

export type Reservation =
  | { kind: 'RESERVED'; attempt: ReservedAttempt }
  /** No room yet. */
  | { kind: 'WAIT'; retryAfterMs: number }
  /** The request takes no new attempts. */
  | { kind: 'STOPPED' }
  /** Outside this person's hours. */
  | { kind: 'CLOSED' }
  /** Suppressed at the last moment; written down as an attempt that never reached a provider. */
  | { kind: 'BLOCKED'; rule: BlockingRule }
  /** The ledger knows this attempt: begun before, by us or by a worker that died. `outcome` is null while unsettled. */
  | { kind: 'EXISTS'; id: string; outcome: Outcome | null }
  /** The record has ended or moved on: nothing to do. */
  | { kind: 'GONE' };

export type BlockingRule = 'BLACKLISTED' | 'DO_NOT_CALL';

interface Candidate {
  request_id: number;
  row: number;
  attempt_no: number;
  id: string;
  known: boolean;
  known_outcome: Outcome | null;
  current: boolean;
  number: string;
  region: string | null;
  variables: Record<string, string> | null;
  blacklisted: boolean;
  whitelisted: boolean;
  registered: boolean;
}

interface RequestRow {
  id: number;
  stopped: boolean;
  policy_version: number;
  flow_version: number;
}

/** Sender numbers are taken in turn, the same one for the same attempt at every retry of the activity. */
function callerIdFor(policy: RequestPolicy, item: AttemptToReserve): string | undefined {
  return policy.callerIds[(item.row + item.attemptNo) % Math.max(1, policy.callerIds.length)];
}

/** Locks the pace clocks of a flow and its account, in one order. They are made when first needed. */
async function lockGates(tx: Sql, accountId: number, keys: [string, string]): Promise<Map<string, number>> {
  const lock = () => tx<{ key: string; next_at_ms: number }[]>`
    select key, next_at_ms from pace_gates where key = any(${keys}) order by key for update`;
  let gates = await lock();
  if (gates.length < keys.length) {
    await tx`
      insert into pace_gates (key, account_id) select key, ${accountId} from unnest(${keys}::text[]) as key
      order by key on conflict do nothing`;
    gates = await lock();
  }
  return new Map(gates.map((gate) => [gate.key, gate.next_at_ms]));
}

/** Calls in progress of a flow and of its account, and the account's limits. Read under the lock of the gates. */
async function countCalls(tx: Sql, accountId: number, flowId: number) {
  const [counts] = await tx<{ account: number; flow: number; calls: number; per_second: number }[]>`
    select (select count(*)::int from open_attempts where account_id = ${accountId} and medium = 'voice') as account,
           (select count(*)::int from open_attempts where flow_id = ${flowId} and medium = 'voice') as flow,
           max_concurrent_calls as calls, max_calls_per_second as per_second
    from accounts where id = ${accountId}`;
  if (!counts) throw new Error(`account ${accountId} does not exist`);
  const limit: PaceLimit = { maxInProgress: counts.calls, perSecond: counts.per_second };
  return { account: counts.account, flow: counts.flow, limit };
}

/** The candidates as the ledger, the records and the suppression lists see them now, in the order given. */
async function readCandidates(tx: Sql, accountId: number, items: AttemptToReserve[]): Promise<Candidate[]> {
  return tx<Candidate[]>`
    select w.request_id, w.row, w.attempt_no, w.id, a.id is not null as known, a.outcome as known_outcome,
           r.ended_at is null and r.result = 'ACCEPTED' and r.attempts = w.attempt_no - 1 as current,
           r.number, r.region, r.variables,
           exists (select 1 from blacklist_phones b where b.account_id = ${accountId} and b.number = r.number
                   and (b.expires_at is null or b.expires_at > now())) as blacklisted,
           exists (select 1 from whitelist_phones v where v.account_id = ${accountId} and v.number = r.number
                   and v.verified_at is not null) as whitelisted,
           exists (select 1 from register_numbers n where n.account_id in (0, ${accountId})
                   and n.number = substr(r.number, 2)::bigint) as registered
    from unnest(${items.map((item) => item.requestId)}::bigint[], ${items.map((item) => item.row)}::int[],
                ${items.map((item) => item.attemptNo)}::int[],
                ${items.map((item) => attemptId({ ...item, step: 0 }))}::uuid[])
         with ordinality as w (request_id, row, attempt_no, id, place)
    join records r on r.account_id = ${accountId} and r.request_id = w.request_id and r.row = w.row
    left join attempts a on a.id = w.id
    order by w.place`;
}

/** A request takes new attempts unless paused, cancelled, ended or past its end time. Locked until the transaction ends. */
async function readRequests(
  tx: Sql,
  accountId: number,
  ids: number[],
  now: Date,
): Promise<Map<number, RequestRow>> {
  const rows = await tx<RequestRow[]>`
    select id, policy_version, flow_version,
           paused_at is not null or cancelled_at is not null or ended_at is not null
             or (late_at is null and coalesce(end_at <= ${now}, false)) as stopped
    from requests where account_id = ${accountId} and id = any(${ids}) order by id for share`;
  return new Map(rows.map((row) => [row.id, row]));
}

interface Decided {
  candidate: Candidate;
  request: RequestRow;
  policy: RequestPolicy;
}

async function insertAttempts(
  tx: Sql,
  input: { accountId: number; flowId: number; provider: string; now: Date },
  decided: Decided[],
  blockedBy: BlockingRule | null,
): Promise<void> {
  if (decided.length === 0) return;
  const evidence = decided.map(({ candidate, policy }) =>
    JSON.stringify({
      promotional: policy.promotional,
      region: candidate.region ?? policy.homeRegion,
      whitelisted: candidate.whitelisted,
      blacklisted: candidate.blacklisted,
      registered: candidate.registered,
    }),
  );
  const outcome = blockedBy === null ? null : 'BLOCKED';
  const attempts = tx`
    insert into attempts (id, account_id, request_id, row, attempt_no, step, medium, flow_id, flow_version,
                          policy_version, address, sender, provider, reserved_at, settled_at, outcome, cause, evidence)
    select w.id, ${input.accountId}, w.request_id, w.row, w.attempt_no, 0, 'voice', ${input.flowId}, w.flow_version,
           w.policy_version, w.address, w.sender, ${input.provider}, ${input.now},
           ${blockedBy === null ? null : input.now}, ${outcome}, ${blockedBy}, w.evidence::jsonb
    from unnest(${decided.map((d) => d.candidate.id)}::uuid[], ${decided.map((d) => d.candidate.request_id)}::bigint[],
                ${decided.map((d) => d.candidate.row)}::int[], ${decided.map((d) => d.candidate.attempt_no)}::int[],
                ${decided.map((d) => d.request.flow_version)}::int[], ${decided.map((d) => d.request.policy_version)}::int[],
                ${decided.map((d) => d.candidate.number)}::text[],
                ${decided.map((d) => callerIdFor(d.policy, { ...d.candidate, requestId: d.candidate.request_id, attemptNo: d.candidate.attempt_no }) ?? null)}::text[],
                ${evidence}::text[])
         as w (id, request_id, row, attempt_no, flow_version, policy_version, address, sender, evidence)`;
  const open = tx`
    insert into open_attempts (attempt_id, account_id, request_id, flow_id, medium, reserved_at)
    select w.id, ${input.accountId}, w.request_id, ${input.flowId}, 'voice', ${input.now}
    from unnest(${decided.map((d) => d.candidate.id)}::uuid[],
                ${decided.map((d) => d.candidate.request_id)}::bigint[]) as w (id, request_id)`;
  const records = tx`
    update records r
    set attempts = w.attempt_no, last_attempt_id = w.id, due_at = null,
        outcome = coalesce(${outcome}::outcome, r.outcome), ended_at = ${blockedBy === null ? null : input.now}
    from unnest(${decided.map((d) => d.candidate.id)}::uuid[], ${decided.map((d) => d.candidate.request_id)}::bigint[],
                ${decided.map((d) => d.candidate.row)}::int[], ${decided.map((d) => d.candidate.attempt_no)}::int[])
         as w (id, request_id, row, attempt_no)
    where r.account_id = ${input.accountId} and r.request_id = w.request_id and r.row = w.row`;
  await Promise.all([attempts, records, ...(blockedBy === null ? [open] : [])]);
}

const moveClocks = (tx: Sql, keys: string[], nextAtMs: number[]) => tx`
  update pace_gates g set next_at_ms = w.next_at_ms
  from unnest(${keys}::text[], ${nextAtMs}::float8[]) as w (key, next_at_ms)
  where g.key = w.key`;

/** A blocked attempt is settled and its record has ended at once. */
const blockedTallies = ({ candidate }: Decided): Tally[] =>
  (['attempt', 'outcome'] as const).map((kind) => ({
    requestId: candidate.request_id,
    kind,
    value: 'BLOCKED',
  }));

/** BLOCKED when a suppression list names the number. A whitelisted number is exempt from the register, not from the blacklist. */
function blockingRule(candidate: Candidate, policy: RequestPolicy): BlockingRule | null {
  if (candidate.blacklisted) return 'BLACKLISTED';
  if (policy.promotional && candidate.registered && !candidate.whitelisted) return 'DO_NOT_CALL';
  return null;
}

/**
 * Reserves as many of a flow's attempts as limits, hours and lists allow, oldest first.
 *
 * @param input.items attempts of one flow, in the order they should begin
 * @returns one answer for each item, in order
 */
export async function reserveCalls(
  db: Database,
  frozen: Frozen,
  input: { accountId: number; flowId: number; provider: string; items: AttemptToReserve[]; now: () => Date },
): Promise<Reservation[]> {
  const { accountId, flowId, items } = input;
  return db.sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql;
    const keys: [string, string] = [`account:${accountId}`, `flow:${flowId}`];
    const requestIds = [...new Set(items.map((item) => item.requestId))];
    // Requests before gates: one whose row is held for long, by a large addition, must not hold up the account.
    const requests = await readRequests(tx, accountId, requestIds, input.now());
    const clocks = await lockGates(tx, accountId, keys);
    // Sent together: one wait for both.
    const [calls, found] = await Promise.all([
      countCalls(tx, accountId, flowId),
      readCandidates(tx, accountId, items),
    ]);
    const candidates = new Map(found.map((candidate) => [candidate.id, candidate]));
    const now = input.now();
    const reserved: Decided[] = [];
    const blocked: Record<BlockingRule, Decided[]> = { BLACKLISTED: [], DO_NOT_CALL: [] };
    let accountGate = { inProgress: calls.account, nextAt: clocks.get(keys[0]) ?? 0 };
    let flowGate = { inProgress: calls.flow, nextAt: clocks.get(keys[1]) ?? 0 };

    const decide = async (item: AttemptToReserve): Promise<Reservation> => {
      const candidate = candidates.get(attemptId({ ...item, step: 0 }));
      const request = requests.get(item.requestId);
      if (!candidate || !request) return { kind: 'GONE' };
      if (candidate.known) return { kind: 'EXISTS', id: candidate.id, outcome: candidate.known_outcome };
      if (!candidate.current) return { kind: 'GONE' };
      if (request.stopped) return { kind: 'STOPPED' };
      const policy = await frozen.policy(accountId, item.requestId, request.policy_version);
      if (!isOpen(policy, candidate.region, now.getTime())) return { kind: 'CLOSED' };
      const rule = blockingRule(candidate, policy);
      if (rule) {
        blocked[rule].push({ candidate, request, policy });
        return { kind: 'BLOCKED', rule };
      }
      // Read before anything is reserved: a flow that cannot be read must not leave a person with a silent call.
      const definition = await frozen.definition(accountId, flowId, request.flow_version);
      const flowLimit = { maxInProgress: policy.concurrency, perSecond: policy.callsPerSecond };
      const room =
        admit(flowLimit, flowGate, 1, now.getTime()) * admit(calls.limit, accountGate, 1, now.getTime());
      if (room === 0) {
        const nextAt = Math.max(flowGate.nextAt, accountGate.nextAt);
        return { kind: 'WAIT', retryAfterMs: Math.max(0, nextAt - now.getTime()) };
      }
      flowGate = {
        inProgress: flowGate.inProgress + 1,
        nextAt: advance(flowLimit, flowGate.nextAt, 1, now.getTime()),
      };
      accountGate = {
        inProgress: accountGate.inProgress + 1,
        nextAt: advance(calls.limit, accountGate.nextAt, 1, now.getTime()),
      };
      reserved.push({ candidate, request, policy });
      return {
        kind: 'RESERVED',
        attempt: {
          id: candidate.id,
          number: candidate.number,
          variables: candidate.variables ?? {},
          callerId: callerIdFor(policy, item),
          definition,
          policy,
          reservedAt: now,
        },
      };
    };

    const answers: Reservation[] = [];
    for (const item of items) answers.push(await decide(item));

    const ended = [...blocked.BLACKLISTED, ...blocked.DO_NOT_CALL];
    await Promise.all([
      insertAttempts(tx, { ...input, now }, reserved, null),
      insertAttempts(tx, { ...input, now }, blocked.BLACKLISTED, 'BLACKLISTED'),
      insertAttempts(tx, { ...input, now }, blocked.DO_NOT_CALL, 'DO_NOT_CALL'),
      addTallies(tx, accountId, ended.flatMap(blockedTallies)),
      reserved.length === 0 ? [] : moveClocks(tx, keys, [accountGate.nextAt, flowGate.nextAt]),
    ]);
    return answers;
  });
}
