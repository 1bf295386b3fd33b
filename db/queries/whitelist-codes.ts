/**
 * One-time codes as workers send them: reserved in the ledger before any provider hears of them, and settled after. The
 * ledger's row has no request, row or flow; it counts against the account's calls and lines like any other.
 */
import { codeAttemptId } from '../../domain/attempt-id.ts';
import { CODE_RULES } from '../../domain/one-time-code.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { admit, withOneMore } from '../../domain/pacing.ts';
import { chooseLine, type Line, type LineState } from '../../domain/trunk.ts';
import { type Database, inTransaction, type Sql } from '../client.ts';
import { gateKeys, lockGates, readLines, readLoads } from './reserve-question.ts';
import { moveClocks } from './reserve-writing.ts';
import type { CodeState } from './whitelist-phones.ts';

export type CodeMedium = 'sms' | 'call';

/** No flow of any account. */
const NO_FLOW = 0;
/** A code that had no line or no room is looked at again so much later. */
const AGAIN_AFTER_MS = 1_000;
/** For send limits and questions of operations; then a number that nobody verified is forgotten. */
const KEPT_DAYS = 2;

/** Codes that wait to be sent, those that have waited longest first. For workers: of all accounts. */
export async function dueCodes(
  db: Database,
  input: { media: readonly CodeMedium[]; now: Date; limit: number },
): Promise<number[]> {
  const rows = await db.sql<{ id: number }[]>`
    select id::int from whitelist_codes
    where due_at <= ${input.now} and state = 'WAITING' and by = any(${[...input.media]}::text[])
    order by due_at, id limit ${input.limit}`;
  return rows.map((row) => row.id);
}

export interface ReservedCode {
  codeId: number;
  attemptId: string;
  accountId: number;
  number: string;
  by: CodeMedium;
  /** Absent: the platform's default line, or a message. */
  line: Line | undefined;
  callerId: string | undefined;
  reservedAt: Date;
  /** Codes sent to this number before. */
  priorAttempts: number;
}

interface Waiting {
  account_id: number;
  phone_id: number;
  number: string;
  by: CodeMedium;
  asked_at: Date;
  superseded: boolean;
  wanted: boolean;
  blacklisted: boolean;
  prior: number;
}

/**
 * Reserves the sending of a code, or writes down why it is not sent. Nobody may act on the world without this.
 * @param input.codeHash of the code that will be sent
 * @param input.leaseMs by then it is settled, or its worker has died
 * @returns undefined when it is not to be sent now, or another worker has it
 */
export async function reserveCode(
  db: Database,
  input: {
    codeId: number;
    codeHash: string;
    provider: Record<CodeMedium, string>;
    lineState: (line: Line | undefined) => LineState;
    leaseMs: number;
    now: Date;
  },
): Promise<ReservedCode | undefined> {
  const { codeId, now } = input;
  return inTransaction(db, async ({ sql: tx }) => {
    const code = await readWaiting(tx, codeId, now);
    if (!code) return undefined;
    const attemptId = codeAttemptId(codeId);
    const why = whyNot(code, now);
    if (why) {
      if (why.state === 'BLOCKED') await insertAttempt(tx, { ...input, code, attemptId, blocked: true });
      await closeCode(tx, codeId, why.state, why.cause);
      return undefined;
    }
    const line = code.by === 'call' ? await findLine(tx, code.account_id, input.lineState, now) : NO_LINE;
    if (!line) {
      const again = new Date(now.getTime() + AGAIN_AFTER_MS);
      await tx`update whitelist_codes set due_at = ${again} where id = ${codeId}`;
      return undefined;
    }
    await insertAttempt(tx, { ...input, ...line, code, attemptId, blocked: false });
    const expiresAt = new Date(now.getTime() + CODE_RULES.lifetimeMs);
    await tx`
      update whitelist_codes
      set state = 'SENDING', code_hash = ${input.codeHash}, expires_at = ${expiresAt},
          due_at = ${new Date(now.getTime() + input.leaseMs)}
      where id = ${codeId}`;
    const { account_id: accountId, number, by, prior: priorAttempts } = code;
    return { codeId, attemptId, accountId, number, by, ...line, reservedAt: now, priorAttempts };
  });
}

async function readWaiting(tx: Sql, codeId: number, now: Date): Promise<Waiting | undefined> {
  const [code] = await tx<Waiting[]>`
    select c.account_id, c.phone_id, c.number, c.by, c.asked_at,
           exists (select 1 from whitelist_codes n where n.account_id = c.account_id and n.phone_id = c.phone_id
                   and n.id > c.id) as superseded,
           exists (select 1 from whitelist_phones p where p.account_id = c.account_id and p.id = c.phone_id
                   and p.verified_at is null) as wanted,
           exists (select 1 from blacklist_phones b where b.account_id = c.account_id and b.number = c.number
                   and (b.expires_at is null or b.expires_at > ${now})) as blacklisted,
           (select count(*)::int from whitelist_codes e where e.account_id = c.account_id and e.phone_id = c.phone_id
            and e.id < c.id) as prior
    from whitelist_codes c where c.id = ${codeId} and c.state = 'WAITING' and c.due_at <= ${now}
    for update skip locked`;
  return code;
}

function whyNot(code: Waiting, now: Date): { state: CodeState; cause: string } | undefined {
  if (code.superseded) return { state: 'EXPIRED', cause: 'a newer code was asked for' };
  if (!code.wanted) return { state: 'EXPIRED', cause: 'the number was verified or removed meanwhile' };
  if (code.asked_at.getTime() + CODE_RULES.lifetimeMs <= now.getTime()) {
    return { state: 'EXPIRED', cause: 'it could not be sent in time; ask for another' };
  }
  return code.blacklisted ? { state: 'BLOCKED', cause: 'the number is on the blacklist' } : undefined;
}

interface FoundLine {
  line: Line | undefined;
  callerId: string | undefined;
}
const NO_LINE: FoundLine = { line: undefined, callerId: undefined };

/** A line with room, counted on its clock and the account's; undefined while there is none. */
async function findLine(
  tx: Sql,
  accountId: number,
  lineState: (line: Line | undefined) => LineState,
  now: Date,
): Promise<FoundLine | undefined> {
  const lines = await readLines(tx, accountId, lineState);
  const keys = [gateKeys.account(accountId), ...lines.flatMap(({ line }) => gateKeys.line(line))];
  const clocks = await lockGates(tx, accountId, keys);
  const at = now.getTime();
  const loads = await readLoads(tx, { accountId, flowId: NO_FLOW, lines, clocks });
  const chosen = chooseLine(loads.lines, null, at);
  if (chosen.kind !== 'LINE' || admit(loads.accountLimit, loads.account, 1, at) === 0) return undefined;
  const { choice } = chosen;
  const after = {
    ...loads,
    account: withOneMore(loads.accountLimit, loads.account, at),
    lines: loads.lines.map((one) =>
      one === choice ? { ...one, load: withOneMore(one.limit, one.load, at) } : one,
    ),
  };
  await moveClocks(tx, accountId, after);
  return { line: choice.line, callerId: choice.callerIds[0] };
}

async function insertAttempt(
  tx: Sql,
  input: {
    code: Waiting;
    attemptId: string;
    provider: Record<CodeMedium, string>;
    now: Date;
    blocked: boolean;
    line?: Line | undefined;
    callerId?: string | undefined;
  },
): Promise<void> {
  const { code, attemptId, now, blocked, line, callerId } = input;
  const medium = code.by === 'call' ? 'voice' : 'sms';
  const trunkId = line?.trunkId ?? null;
  await tx`
    insert into attempts (id, account_id, attempt_no, step, medium, flow_id, flow_version, address, sender, provider,
                          trunk_id, reserved_at, settled_at, outcome, cause, evidence)
    values (${attemptId}, ${code.account_id}, 1, 0, ${medium}, ${NO_FLOW}, 0, ${code.number}, ${callerId ?? null},
            ${input.provider[code.by]}, ${trunkId}, ${now}, ${blocked ? now : null}, ${blocked ? 'BLOCKED' : null},
            ${blocked ? 'BLACKLISTED' : null}, ${JSON.stringify({ purpose: 'WHITELIST_CODE' })}::text::jsonb)`;
  if (blocked) return;
  // Let in already: nobody need start a workflow for it, as for calls to us.
  await tx`
    insert into open_attempts (attempt_id, account_id, flow_id, medium, trunk_id, reserved_at, admitted_at)
    values (${attemptId}, ${code.account_id}, ${NO_FLOW}, ${medium}, ${trunkId}, ${now}, ${now})`;
}

/** What an ending in the ledger means for the code: whether it may have reached the person. */
const stateOf = (outcome: Outcome): CodeState => {
  if (outcome === 'SENT' || outcome === 'DELIVERED' || outcome === 'ANSWERED') return 'SENT';
  return outcome === 'UNKNOWN' || outcome === 'BLOCKED' ? outcome : 'FAILED';
};

async function closeCode(tx: Sql, codeId: number, state: CodeState, cause: string | null): Promise<void> {
  await tx`update whitelist_codes set state = ${state}, cause = ${cause}, due_at = null where id = ${codeId}`;
}

/** Writes how the sending ended, which the ledger knows already. */
export async function settleCode(
  db: Database,
  input: { codeId: number; outcome: Outcome; cause: string },
): Promise<void> {
  const state = stateOf(input.outcome);
  await closeCode(db.sql, input.codeId, state, state === 'SENT' ? null : input.cause);
}

/** A code whose worker died while it sent it. `outcome` is null unless the ledger has been settled. */
export interface StrandedCode {
  codeId: number;
  attemptId: string;
  accountId: number;
  by: CodeMedium;
  outcome: Outcome | null;
  cause: string | null;
}

/** Takes codes whose time is up for another lease, so of two workers only one looks after each. */
export async function takeStrandedCodes(
  db: Database,
  input: { media: readonly CodeMedium[]; now: Date; leaseMs: number; limit: number },
): Promise<StrandedCode[]> {
  const until = new Date(input.now.getTime() + input.leaseMs);
  const rows = await db.sql<{ id: number; account_id: number; by: CodeMedium }[]>`
    update whitelist_codes set due_at = ${until} where id in (
      select id from whitelist_codes where due_at <= ${input.now} and state = 'SENDING'
        and by = any(${[...input.media]}::text[]) order by due_at limit ${input.limit} for update skip locked)
    returning id::int, account_id, by`;
  if (rows.length === 0) return [];
  const ids = rows.map((row) => codeAttemptId(row.id));
  const known = await db.sql<{ id: string; outcome: Outcome | null; cause: string | null }[]>`
    select id, outcome, cause from attempts where id = any(${ids}::uuid[])`;
  return rows.map(({ id, account_id: accountId, by }) => {
    const attemptId = codeAttemptId(id);
    const found = known.find((attempt) => attempt.id === attemptId);
    return {
      codeId: id,
      attemptId,
      accountId,
      by,
      outcome: found?.outcome ?? null,
      cause: found?.cause ?? null,
    };
  });
}

/** Forgets old codes, a bounded number at a time. */
export async function purgeCodes(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 3_600_000);
  await db.sql`
    delete from whitelist_codes where id in (
      select c.id from whitelist_codes c where c.asked_at < ${before} and c.due_at is null limit 1000)`;
}
