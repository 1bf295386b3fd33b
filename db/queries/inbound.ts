/**
 * The ledger's side of calls to us. A call is written down when the trunk offers it, and let in, or turned
 * away, by a decision of its own that is made once: the retry of a worker that died finds it made.
 */
import { createHash } from 'node:crypto';
import { inboundAttemptId } from '../../domain/attempt-id.ts';
import { readCaller } from '../../domain/inbound-number.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { type Database, inTransaction, type Sql } from '../client.ts';
import type { DialledDid } from './dids.ts';
import { gateKeys, isInProgress, lockGates } from './reserve-question.ts';

/** A call to us as whoever starts its workflow needs it. */
export interface InboundCall {
  accountId: number;
  attemptId: string;
  flowId: number;
  flowName: string;
}

/** The same offer gives the same attempt, whoever sees it and however often. */
const attemptIdOf = (trunk: string, callId: string): string =>
  inboundAttemptId(createHash('sha256').update(`${trunk}/${callId}`).digest('hex'));

/**
 * Writes an offered call to the ledger, or finds it there.
 * @param input.trunk the trunk's name, and `callId` what it calls the call
 * @param input.caller as the carrier gave it
 * @returns whether it has been settled already: then nobody need look at it any more
 */
export async function reserveInbound(
  db: Database,
  input: { did: DialledDid; trunk: string; callId: string; caller: string; now: Date },
): Promise<InboundCall & { settled: boolean }> {
  const { did, trunk, callId, now } = input;
  const { accountId, flowId, flowName } = did;
  const attemptId = attemptIdOf(trunk, callId);
  const caller = readCaller(input.caller, did.defaultCountry);
  const settled = await inTransaction(db, async ({ sql: tx }) => {
    const inserted = await tx`
      insert into attempts (id, account_id, direction, attempt_no, step, medium, flow_id, flow_version, address, sender,
                            provider, provider_ref, reserved_at)
      values (${attemptId}, ${accountId}, 'in', 1, 0, 'voice', ${flowId}, ${did.flowVersion}, ${caller},
              ${did.number}, ${trunk}, ${callId}, ${now})
      on conflict (id) do nothing returning id`;
    if (inserted.length === 0) {
      const [known] = await tx<{ outcome: Outcome | null }[]>`
        select outcome from attempts where id = ${attemptId} and account_id = ${accountId}`;
      // Not of this account: the number has changed hands between two looks at one call. It stays where it was.
      return known === undefined || known.outcome !== null;
    }
    await tx`
      insert into open_attempts (attempt_id, account_id, flow_id, medium, reserved_at)
      values (${attemptId}, ${accountId}, ${flowId}, 'voice', ${now})`;
    return false;
  });
  return { accountId, attemptId, flowId, flowName, settled };
}

/** `callId` is what the trunk calls the call. */
export type InboundDecision =
  | { kind: 'ADMITTED'; callId: string }
  | { kind: 'BLACKLISTED'; callId: string }
  /** The account has as many calls in progress as it may. */
  | { kind: 'NO_ROOM'; callId: string; limit: number }
  /** Settled before. Being turned away is decided first and done second: it may have to be done still. */
  | { kind: 'SETTLED'; callId: string; outcome: Outcome };

interface Row {
  provider_ref: string;
  outcome: Outcome | null;
  admitted: boolean;
  blacklisted: boolean;
}

/**
 * Decides on a call to us with what the database says at this moment. One that was let in stays in.
 * @throws Error when the ledger has no such call
 */
export async function admitInbound(
  db: Database,
  input: { accountId: number; attemptId: string; now: Date },
): Promise<InboundDecision> {
  const { accountId, attemptId, now } = input;
  return inTransaction<InboundDecision>(db, async ({ sql: tx }) => {
    // The gate that campaign calls pass as well: two decisions about the last free place take turns.
    await lockGates(tx, accountId, [gateKeys.account(accountId)]);
    const [row] = await tx<Row[]>`
      select a.provider_ref, a.outcome, o.admitted_at is not null as admitted,
             exists (select 1 from blacklist_phones b where b.account_id = a.account_id and b.number = a.address
                     and (b.expires_at is null or b.expires_at > ${now})) as blacklisted
      from attempts a left join open_attempts o on o.attempt_id = a.id
      where a.account_id = ${accountId} and a.id = ${attemptId} and a.direction = 'in'`;
    if (!row) throw new Error(`call ${attemptId} is not in the ledger`);
    const callId = row.provider_ref;
    if (row.outcome !== null) return { kind: 'SETTLED', callId, outcome: row.outcome };
    if (row.admitted) return { kind: 'ADMITTED', callId };
    if (row.blacklisted) return { kind: 'BLACKLISTED', callId };
    const { taken, limit } = await countCalls(tx, accountId);
    if (taken >= limit) return { kind: 'NO_ROOM', callId, limit };
    await tx`update open_attempts set admitted_at = ${now} where attempt_id = ${attemptId}`;
    return { kind: 'ADMITTED', callId };
  });
}

/** Calls of the account in progress, either way, and how many there may be. */
async function countCalls(tx: Sql, accountId: number): Promise<{ taken: number; limit: number }> {
  const [counts] = await tx<{ taken: number; limit: number }[]>`
    select (select count(*) from open_attempts o where account_id = ${accountId} and ${isInProgress(tx)}) as taken,
           max_concurrent_calls as limit
    from accounts where id = ${accountId}`;
  if (!counts) throw new Error(`account ${accountId} does not exist`);
  return counts;
}

/**
 * Calls to us that have not ended, of all accounts: a workflow should be running for each.
 * @param which `waiting`: those offered before a moment that nobody has let in or turned away; `all`
 */
export async function readOpenInbound(
  db: Database,
  which: { waitingSince: Date } | 'all',
  limit = 1_000,
): Promise<InboundCall[]> {
  const waiting =
    which === 'all' ? db.sql`` : db.sql`and o.admitted_at is null and o.reserved_at < ${which.waitingSince}`;
  return db.sql<InboundCall[]>`
    select o.account_id as "accountId", o.attempt_id as "attemptId", o.flow_id as "flowId", f.name as "flowName"
    from open_attempts o join flows f on f.id = o.flow_id join attempts a on a.id = o.attempt_id
    where o.request_id is null and o.medium = 'voice' and a.direction = 'in' ${waiting}
    order by o.reserved_at limit ${limit}`;
}
