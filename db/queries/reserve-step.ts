/**
 * Reserves what a flow does to the world from inside a call: a message, or a second call that the person is
 * connected with. Its place in the attempt makes its id, so the same step of the same call is reserved once,
 * whatever crashes in between.
 */
import { MAX_STEP, stepAttemptId } from '../../domain/attempt-id.ts';
import type { Medium, Outcome } from '../../domain/outcome.ts';
import type { Line, LineState } from '../../domain/trunk.ts';
import { type Database, inTransaction } from '../client.ts';
import { type StepRoom, takeStepRoom } from './step-room.ts';
import { judgeStep } from './step-rules.ts';
import { addTallies, type Tally } from './tallies.ts';

export interface StepToReserve {
  accountId: number;
  /** The call from inside which it is done. */
  callAttemptId: string;
  /** The nth message or second call of the call, from 1. */
  step: number;
  medium: Medium;
  /** E.164 number, or mail address in lower case. */
  address: string;
  /** Of a second call, unless given: what the first call shows, or the number of ours it came to. */
  sender: string | undefined;
  provider: string;
  /** Needed for a second call: whether a line can take calls, as this worker sees it. */
  lineState?: (line: Line | undefined) => LineState;
  now: () => Date;
  /** Answers of a register that is asked over HTTP count, and must be there. */
  askRegister?: boolean;
  /** The register that is asked; absent: the local table. */
  register?: string | undefined;
}

export type StepReservation =
  | {
      kind: 'RESERVED';
      id: string;
      attemptNo: number;
      sender: string | undefined;
      /** Of a second call: the line it goes by, and how long it waits for its turn. */
      line: Line | undefined;
      waitMs: number;
      reservedAt: Date;
    }
  | { kind: 'BLOCKED'; id: string }
  /** Nothing is reserved: the register must be asked about the number first. */
  | { kind: 'UNASKED' }
  /** A second call that finds no room: settled at once, BUSY as for a caller whom we have no room for. FAILED: its line is away. */
  | { kind: 'NO_ROOM'; id: string; outcome: 'BUSY' | 'FAILED' }
  /** Reserved before; `outcome` is null when it was never settled. */
  | { kind: 'EXISTS'; id: string; outcome: Outcome | null; reservedAt: Date };

/** @throws Error when the call's attempt does not exist */
export async function reserveStep(db: Database, input: StepToReserve): Promise<StepReservation> {
  const id = stepAttemptId(input.callAttemptId, input.step);
  return inTransaction(db, async (tx) => {
    const [known] = await tx.sql<{ outcome: Outcome | null; reserved_at: Date }[]>`
      select outcome, reserved_at from attempts where id = ${id} and account_id = ${input.accountId}`;
    if (known) return { kind: 'EXISTS', id, outcome: known.outcome, reservedAt: known.reserved_at };
    const { turn, evidence } = await judgeStep(tx.sql, input);
    if (turn.kind === 'UNASKED') return { kind: 'UNASKED' };
    const rule = turn.kind === 'BLOCKED' ? turn.rule : undefined;
    const isCall = input.medium === 'voice';
    const { lineState = noLine } = input;
    const room = isCall && !rule ? await takeStepRoom(tx.sql, { ...input, lineState }) : ANY_ROOM;
    const settled = rule ? { outcome: 'BLOCKED' as const, cause: rule } : refusal(room);
    const reservedAt = input.now();
    const { line, waitMs } = room.kind === 'ROOM' ? room : ANY_ROOM;
    const [inserted] = await tx.sql<
      { request_id: number | null; attempt_no: number; sender: string | null }[]
    >`
      insert into attempts (id, account_id, request_id, row, attempt_no, step, medium, flow_id, flow_version,
                            policy_version, trunk_id, address, sender, provider, reserved_at, outcome, settled_at,
                            cause, evidence)
      select ${id}, account_id, request_id, row, attempt_no, ${input.step}, ${input.medium}, flow_id, flow_version,
             policy_version, ${line?.trunkId ?? null}::bigint, ${input.address},
             coalesce(${input.sender ?? null}, case when ${isCall} then sender end), ${input.provider},
             ${reservedAt}, ${settled?.outcome ?? null}::outcome, ${settled ? reservedAt : null}::timestamptz,
             ${settled?.cause ?? null}, ${JSON.stringify(evidence)}::text::jsonb
      from attempts where id = ${input.callAttemptId} and account_id = ${input.accountId}
      on conflict (id) do nothing
      returning request_id, attempt_no, sender`;
    // Another worker reserved it between the look and the insert: it is theirs to do.
    if (!inserted) return { kind: 'EXISTS', id, outcome: null, reservedAt };
    if (settled) {
      const { request_id: requestId } = inserted;
      const { outcome } = settled;
      // A call to us has no request to be counted in.
      const tallies: Tally[] = requestId === null ? [] : [{ requestId, kind: 'attempt', value: outcome }];
      await addTallies(tx.sql, input.accountId, tallies);
      return outcome === 'BLOCKED' ? { kind: 'BLOCKED', id } : { kind: 'NO_ROOM', id, outcome };
    }
    await tx.sql`
      insert into open_attempts (attempt_id, account_id, request_id, flow_id, medium, trunk_id, reserved_at)
      select id, account_id, request_id, flow_id, medium, trunk_id, reserved_at from attempts where id = ${id}`;
    const { attempt_no: attemptNo, sender } = inserted;
    return { kind: 'RESERVED', id, attemptNo, sender: sender ?? undefined, line, waitMs, reservedAt };
  });
}

/** Messages leave by no line, and what a list forbids needs none. */
const ANY_ROOM = { kind: 'ROOM', line: undefined, waitMs: 0 } as const;

const noLine = (): never => {
  throw new Error('a second call is reserved by who knows the lines');
};

/** How a step without room ends. Nobody is rung, so it is settled where it is reserved. */
function refusal(room: StepRoom): { outcome: 'BUSY' | 'FAILED'; cause: string } | undefined {
  if (room.kind === 'ROOM') return undefined;
  return room.kind === 'FULL'
    ? { outcome: 'BUSY', cause: `no room: ${room.why}` }
    : { outcome: 'FAILED', cause: `trunk unavailable: ${room.why}` };
}

/** Second calls begun from inside a call and never settled: their worker died. */
export async function openLegs(
  db: Database,
  input: { accountId: number; callAttemptId: string },
): Promise<{ id: string; reservedAt: Date }[]> {
  const { accountId, callAttemptId } = input;
  // Ids of what is done from inside a call follow the call's own: `domain/attempt-id.ts`.
  return db.sql<{ id: string; reservedAt: Date }[]>`
    select attempt_id as id, reserved_at as "reservedAt" from open_attempts
    where account_id = ${accountId} and medium = 'voice' and attempt_id > ${callAttemptId}
      and attempt_id <= ${stepAttemptId(callAttemptId, MAX_STEP)}
    order by attempt_id`;
}
