/**
 * What a proof is made of: claims about a request that its rows either bear out or refute. Each is said in SQL, by
 * PostgreSQL's own arithmetic and its own table of time zones, and shares no code with what decided about the calls.
 */
import type { Sql } from '../../client.ts';

export interface ProofInput {
  accountId: number;
  requestId: number;
  /** Rules of law that are built in, as `domain/promotional-hours.ts` has them. */
  promotional: readonly BuiltInHours[];
  /** Between the clocks of two machines. */
  clockToleranceMs: number;
}

export interface BuiltInHours {
  country: string;
  windows: readonly { days: readonly number[]; from: string; to: string }[];
}

/** One thing that should not be. */
export interface Violation {
  attemptId: string | null;
  row: number | null;
  /** For a person: what was found, in words. */
  detail: string;
}

export interface Claim {
  /** From `CLAIMS`. */
  name: string;
  /** What is claimed, for a person. */
  claim: string;
  /** How many attempts, rows or pairs of them were looked at. */
  checked: number;
  violated: number;
  /** The first of them. */
  samples: Violation[];
}

/** A claim: yields rows of `attempt_id uuid, row int, violated boolean, detail text`. */
export interface Check {
  name: string;
  claim: string;
  facts: (sql: Sql, input: ProofInput) => ReturnType<Sql>;
}

/** Violations that are shown one by one; the rest are counted. */
const SAMPLES = 10;

export async function look(sql: Sql, check: Check, input: ProofInput): Promise<Claim> {
  const [found] = await sql<Omit<Claim, 'name' | 'claim'>[]>`
    with facts as materialized (${check.facts(sql, input)})
    select count(*)::int8 as checked, count(*) filter (where violated)::int8 as violated,
           coalesce((select jsonb_agg(jsonb_build_object('attemptId', s.attempt_id, 'row', s.row, 'detail', s.detail))
                     from (select attempt_id, row, detail from facts where violated
                           order by row, attempt_id limit ${SAMPLES}) s), '[]') as samples
    from facts`;
  if (!found) throw new Error('a count is one row');
  return { name: check.name, claim: check.claim, ...found };
}

/** Everything that was done for the request, with the policy it names: attempts, and steps from inside their calls. */
const everythingOf = (sql: Sql, { accountId, requestId }: ProofInput) => sql`
  select a.id, a.row, a.attempt_no, a.step, a.reserved_at, a.answered_at, a.settled_at, a.outcome, a.address, a.medium,
         a.evidence, a.policy_version, p.policy, p.created_at as policy_at
  from attempts a
  left join request_policies p
    on p.account_id = a.account_id and p.request_id = a.request_id and p.version = a.policy_version
  where a.account_id = ${accountId} and a.request_id = ${requestId}`;

/** The attempts at the request's own rows. */
export const attemptsOf = (sql: Sql, input: ProofInput) => sql`
  select * from (${everythingOf(sql, input)}) every where step = 0`;

/** Of those, what a provider was asked to do: a blocked attempt reached nobody. */
export const contactsOf = (sql: Sql, input: ProofInput) => sql`
  select * from (${everythingOf(sql, input)}) every where step = 0 and outcome is distinct from 'BLOCKED'`;

/** With them the messages sent and the second calls made from inside calls, which may go to anybody. */
export const everyContactOf = (sql: Sql, input: ProofInput) => sql`
  select * from (${everythingOf(sql, input)}) every where outcome is distinct from 'BLOCKED'`;
