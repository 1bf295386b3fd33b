/**
 * Reserves a message that a flow sends from inside a call. Its place in the attempt makes its id, so the
 * same message of the same call is reserved once, whatever crashes in between.
 */
import { stepAttemptId } from '../../domain/attempt-id.ts';
import type { Medium, Outcome } from '../../domain/outcome.ts';
import { type Database, inTransaction } from '../client.ts';
import { addTallies, type Tally } from './tallies.ts';

export interface MessageToReserve {
  accountId: number;
  /** The call from inside which it is sent. */
  callAttemptId: string;
  /** The nth message of the call, from 1. */
  step: number;
  medium: Extract<Medium, 'sms' | 'email'>;
  /** E.164 number, or mail address in lower case. */
  address: string;
  sender: string | undefined;
  provider: string;
}

export type MessageReservation =
  | { kind: 'RESERVED'; id: string; attemptNo: number }
  | { kind: 'BLOCKED'; id: string }
  /** Reserved before; `outcome` is null when nobody knows whether it went out. */
  | { kind: 'EXISTS'; id: string; outcome: Outcome | null };

/** @throws Error when the call's attempt does not exist */
export async function reserveMessage(db: Database, input: MessageToReserve): Promise<MessageReservation> {
  const id = stepAttemptId(input.callAttemptId, input.step);
  return inTransaction(db, async (tx) => {
    const [known] = await tx.sql<{ outcome: Outcome | null }[]>`
      select outcome from attempts where id = ${id} and account_id = ${input.accountId}`;
    if (known) return { kind: 'EXISTS', id, outcome: known.outcome };
    const rule = await suppressingRule(tx, input);
    const outcome = rule ? 'BLOCKED' : null;
    const [inserted] = await tx.sql<{ request_id: number | null; attempt_no: number }[]>`
      insert into attempts (id, account_id, request_id, row, attempt_no, step, medium, flow_id, flow_version,
                            policy_version, address, sender, provider, outcome, settled_at, cause)
      select ${id}, account_id, request_id, row, attempt_no, ${input.step}, ${input.medium}, flow_id, flow_version,
             policy_version, ${input.address}, ${input.sender ?? null}, ${input.provider}, ${outcome}::outcome,
             ${rule ? new Date() : null}, ${rule}
      from attempts where id = ${input.callAttemptId} and account_id = ${input.accountId}
      on conflict (id) do nothing
      returning request_id, attempt_no`;
    // Another worker reserved it between the look and the insert: it is theirs to send.
    if (!inserted) return { kind: 'EXISTS', id, outcome: null };
    if (rule) {
      const { request_id: requestId } = inserted;
      // A call to us has no request to be counted in.
      const tallies: Tally[] = requestId === null ? [] : [{ requestId, kind: 'attempt', value: 'BLOCKED' }];
      await addTallies(tx.sql, input.accountId, tallies);
      return { kind: 'BLOCKED', id };
    }
    await tx.sql`
      insert into open_attempts (attempt_id, account_id, request_id, flow_id, medium)
      select id, account_id, request_id, flow_id, medium from attempts where id = ${id}`;
    return { kind: 'RESERVED', id, attemptNo: inserted.attempt_no };
  });
}

/**
 * The rule that forbids the message: the blacklist, or for promotional text messages the do-not-call register.
 * From inside a call to us, which has no request's policy, it is promotional unless its flow is transactional.
 */
async function suppressingRule(
  tx: Database,
  input: MessageToReserve,
): Promise<'BLACKLISTED' | 'DO_NOT_CALL' | null> {
  const { accountId, address, callAttemptId } = input;
  if (input.medium === 'email') {
    const found = await tx.sql`
      select 1 from blacklist_emails where account_id = ${accountId} and email = ${address}
        and (expires_at is null or expires_at > now())`;
    return found.length > 0 ? 'BLACKLISTED' : null;
  }
  const [found] = await tx.sql<{ blacklisted: boolean; scrubbed: boolean }[]>`
    select exists (select 1 from blacklist_phones where account_id = ${accountId} and number = ${address}
                   and (expires_at is null or expires_at > now())) as blacklisted,
           coalesce((p.policy ->> 'promotional')::boolean, not f.transactional)
             and exists (select 1 from register_numbers where account_id in (0, ${accountId})
                         and number = ${Number(address.slice(1))})
             and not exists (select 1 from whitelist_phones where account_id = ${accountId}
                             and number = ${address} and verified_at is not null) as scrubbed
    from attempts a
    join flows f on f.id = a.flow_id
    left join request_policies p on p.request_id = a.request_id and p.version = a.policy_version
    where a.account_id = ${accountId} and a.id = ${callAttemptId}`;
  if (found?.blacklisted) return 'BLACKLISTED';
  return found?.scrubbed ? 'DO_NOT_CALL' : null;
}
