/** Writing reservations down: the ledger, the open attempts, the records and the pace clocks. */
import { attemptEvidence } from '../../domain/evidence.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import type { LineChoice } from '../../domain/trunk.ts';
import {
  type AttemptFacts,
  type BlockingRule,
  callerIdFor,
  type Loads,
  type PuttingOff,
} from '../../domain/turn.ts';
import type { Sql } from '../client.ts';
import { type Candidate, gateKeys, type RequestRow } from './reserve-question.ts';
import type { EndedAttempt, Tally } from './tallies.ts';

export interface Decided {
  candidate: Candidate;
  request: RequestRow;
  policy: RequestPolicy;
  /** What the rules judged by. */
  facts: AttemptFacts;
  /** Absent for a blocked attempt, which leaves by no line. */
  choice: LineChoice | undefined;
}

/** The number the person is shown. */
export const senderOf = ({ candidate, policy, choice }: Decided): string | undefined =>
  callerIdFor(policy, choice ?? { callerIds: [] }, { row: candidate.row, attemptNo: candidate.attempt_no });

/** What the last-moment rules saw. */
const evidenceOf = (decided: Decided, register: string, now: Date): string => {
  const { candidate, facts } = decided;
  return JSON.stringify(
    attemptEvidence(
      facts,
      {
        register: { provider: register, version: candidate.register_version, answer: candidate.answer },
        variables: candidate.variables ?? {},
        callerId: senderOf(decided),
      },
      now.getTime(),
    ),
  );
};

/** @param blockedBy the rule that forbids them: they are settled at once, and never open */
export async function insertAttempts(
  tx: Sql,
  input: { accountId: number; flowId: number; provider: string; register: string; now: Date },
  decided: Decided[],
  blockedBy: BlockingRule | null,
): Promise<void> {
  if (decided.length === 0) return;
  const outcome = blockedBy === null ? null : 'BLOCKED';
  const endedAt = blockedBy === null ? null : input.now;
  const ids = decided.map((d) => d.candidate.id);
  const requestIds = decided.map((d) => d.candidate.request_id);
  const rows = decided.map((d) => d.candidate.row);
  const attemptNos = decided.map((d) => d.candidate.attempt_no);
  const trunkIds = decided.map((d) => d.choice?.line?.trunkId ?? null);
  const attempts = tx`
    insert into attempts (id, account_id, request_id, row, attempt_no, step, medium, flow_id, flow_version,
                          policy_version, address, sender, provider, trunk_id, reserved_at, settled_at, outcome,
                          cause, evidence)
    select w.id, ${input.accountId}, w.request_id, w.row, w.attempt_no, 0, 'voice', ${input.flowId}, w.flow_version,
           w.policy_version, w.address, w.sender, ${input.provider}, w.trunk_id, ${input.now}, ${endedAt}, ${outcome},
           ${blockedBy}, w.evidence::jsonb
    from unnest(${ids}::uuid[], ${requestIds}::bigint[], ${rows}::int[], ${attemptNos}::int[],
                ${decided.map((d) => d.request.flow_version)}::int[],
                ${decided.map((d) => d.request.policy_version)}::int[],
                ${decided.map((d) => d.candidate.number)}::text[],
                ${decided.map((d) => senderOf(d) ?? null)}::text[], ${trunkIds}::bigint[],
                ${decided.map((one) => evidenceOf(one, input.register, input.now))}::text[])
         as w (id, request_id, row, attempt_no, flow_version, policy_version, address, sender, trunk_id, evidence)`;
  const records = tx`
    update records r
    set attempts = w.attempt_no, last_attempt_id = w.id, due_at = null, detail = null,
        outcome = coalesce(${outcome}::outcome, r.outcome), ended_at = ${endedAt}
    from unnest(${ids}::uuid[], ${requestIds}::bigint[], ${rows}::int[], ${attemptNos}::int[])
         as w (id, request_id, row, attempt_no)
    where r.account_id = ${input.accountId} and r.request_id = w.request_id and r.row = w.row`;
  const open =
    blockedBy === null
      ? tx`
    insert into open_attempts (attempt_id, account_id, request_id, flow_id, medium, trunk_id, reserved_at)
    select w.id, ${input.accountId}, w.request_id, ${input.flowId}, 'voice', w.trunk_id, ${input.now}
    from unnest(${ids}::uuid[], ${requestIds}::bigint[], ${trunkIds}::bigint[]) as w (id, request_id, trunk_id)`
      : undefined;
  await Promise.all([attempts, records, open]);
}

/**
 * Records whose people are to be reached at another time: due then, and nothing else has happened to them. The rule
 * is noted, so that one whose request ends first says why it was not reached.
 */
export async function putOff(
  tx: Sql,
  accountId: number,
  later: readonly { candidate: Candidate; at: Date; rule: PuttingOff }[],
): Promise<void> {
  if (later.length === 0) return;
  await tx`
    update records r set due_at = w.at, detail = w.rule
    from unnest(${later.map(({ candidate }) => candidate.request_id)}::bigint[],
                ${later.map(({ candidate }) => candidate.row)}::int[],
                ${later.map(({ at }) => at.toISOString())}::timestamptz[], ${later.map(({ rule }) => rule)}::text[])
         as w (request_id, row, at, rule)
    where r.account_id = ${accountId} and r.request_id = w.request_id and r.row = w.row`;
}

/** Writes where the clocks stand after the calls that `loads` counts. @param flows clocks of the flow, by their keys */
export async function moveClocks(
  tx: Sql,
  accountId: number,
  loads: Pick<Loads, 'account' | 'lines'>,
  flows: ReadonlyMap<string, number> = new Map(),
): Promise<void> {
  const clocks: [string, number][] = [
    [gateKeys.account(accountId), loads.account.nextAt],
    ...flows,
    ...loads.lines.flatMap(({ line, load }) =>
      gateKeys.line(line).map((key): [string, number] => [key, load.nextAt]),
    ),
  ];
  await tx`
    update pace_gates g set next_at_ms = w.next_at_ms
    from unnest(${clocks.map(([key]) => key)}::text[], ${clocks.map(([, at]) => at)}::float8[]) as w (key, next_at_ms)
    where g.key = w.key`;
}

/** A blocked attempt is settled and its record has ended at once. */
export const blockedTallies = ({ candidate }: Decided): Tally[] =>
  (['attempt', 'outcome'] as const).map((kind) => ({
    requestId: candidate.request_id,
    kind,
    value: 'BLOCKED',
  }));

export const blockedEnd = ({ candidate }: Decided, at: Date): EndedAttempt => ({
  requestId: candidate.request_id,
  attemptNo: candidate.attempt_no,
  outcome: 'BLOCKED',
  at,
});
