/** What the mail about a request is made of, and the ledger of those mails. */
import type { Outcome, RequestSource, RequestStatus, RowResult } from '../../domain/outcome.ts';
import { type Database, inTransaction } from '../client.ts';

export type MailKind = 'STATUS' | 'REJECTION';
export type MailState = 'RESERVED' | 'SENT' | 'FAILED' | 'UNKNOWN';

export interface Count {
  value: string;
  count: number;
}

export interface MailFacts {
  requestId: number;
  status: RequestStatus;
  source: RequestSource;
  fileName: string | null;
  flowName: string;
  rejection: string | null;
  rejectionDetail: string | null;
  statusEmails: string[];
  loaded: number;
  added: number;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  accountName: string;
  timeZone: string;
  holderEmail: string;
  /** Of the newest policy version; false for a request that has none. */
  emailNotification: boolean;
  results: Count[];
  outcomes: Count[];
  attempts: Count[];
}

type FactsRow = Omit<MailFacts, 'results' | 'outcomes' | 'attempts' | 'requestId'> & { requestId: string };

/** Everything the mail says about a request, or undefined when the account has no such request. */
export async function readMailFacts(
  db: Database,
  input: { accountId: number; requestId: number },
): Promise<MailFacts | undefined> {
  const [row] = await db.sql<FactsRow[]>`
    select r.id as "requestId", r.status, r.source, r.file_name as "fileName", f.name as "flowName",
           r.rejection, r.rejection_detail as "rejectionDetail", r.status_emails as "statusEmails",
           r.loaded, r.added, r.created_at as "createdAt", r.started_at as "startedAt", r.ended_at as "endedAt",
           a.name as "accountName", a.time_zone as "timeZone", a.holder_email as "holderEmail",
           coalesce((p.policy ->> 'emailNotification')::boolean, false) as "emailNotification"
    from requests r
    join flows f on f.id = r.flow_id and f.account_id = r.account_id
    join accounts a on a.id = r.account_id
    left join request_policies p
      on p.request_id = r.id and p.version = r.policy_version and p.account_id = r.account_id
    where r.id = ${input.requestId} and r.account_id = ${input.accountId}`;
  if (!row) return undefined;
  const tallies = await db.sql<{ kind: string; value: string; count: string }[]>`
    select kind, value, sum(count) as count from request_tallies
    where request_id = ${input.requestId} and account_id = ${input.accountId}
    group by kind, value having sum(count) > 0 order by sum(count) desc, value`;
  const of = (kind: string): Count[] =>
    tallies.filter((t) => t.kind === kind).map((t) => ({ value: t.value, count: Number(t.count) }));
  return {
    ...row,
    requestId: Number(row.requestId),
    results: of('result'),
    outcomes: of('outcome'),
    attempts: of('attempt'),
  };
}

export interface MailRecord {
  row: number;
  /** E.164, or what the list held where that was not a number. */
  number: string;
  result: RowResult;
  outcome: Outcome | null;
  attempts: number;
  /** Of a rejected row: the rule at fault. Of an ended one: the network's reason for the last attempt. */
  reason: string | null;
  endedAt: Date | null;
}

/** Rows of a request in order, a batch at a time: by key, so the last batch costs as little as the first. */
export async function* eachMailRecord(
  db: Database,
  input: { accountId: number; requestId: number; batch: number },
): AsyncGenerator<MailRecord[]> {
  let after = 0;
  for (;;) {
    const rows = await db.sql<MailRecord[]>`
      select c.row, coalesce(c.number, c.given) as number, c.result, c.outcome, c.attempts,
             coalesce(c.detail, a.cause) as reason, c.ended_at as "endedAt"
      from records c
      left join attempts a on a.id = c.last_attempt_id and a.account_id = c.account_id
      where c.request_id = ${input.requestId} and c.account_id = ${input.accountId} and c.row > ${after}
      order by c.row limit ${input.batch}`;
    const last = rows.at(-1);
    if (!last) return;
    yield [...rows];
    after = last.row;
  }
}

/** Whether an address (lower case) is whitelisted and whether it is blacklisted, at this moment. */
export async function checkAddress(
  db: Database,
  input: { accountId: number; email: string },
): Promise<{ whitelisted: boolean; blacklisted: boolean }> {
  const [row] = await db.sql<{ whitelisted: boolean; blacklisted: boolean }[]>`
    select
      exists (select from whitelist_emails
        where account_id = ${input.accountId} and email = ${input.email}) as whitelisted,
      exists (select from blacklist_emails
        where account_id = ${input.accountId} and email = ${input.email}
          and (expires_at is null or expires_at > now())) as blacklisted`;
  if (!row) throw new Error('a select without from gave no row');
  return row;
}

export interface MailKey {
  accountId: number;
  requestId: number;
  recipient: string;
  kind: MailKind;
}

/** Whether a mail is sent or refused for good, so that a second run need not make its attachment. */
export async function isSettled(db: Database, key: MailKey): Promise<boolean> {
  const [row] = await db.sql`
    select from request_mails
    where request_id = ${key.requestId} and recipient = ${key.recipient} and kind = ${key.kind}
      and account_id = ${key.accountId} and state in ('SENT', 'FAILED')`;
  return row !== undefined;
}

export type Reservation =
  /** Yours to send. `sends` counts this one: above 1, an earlier ending is unknown. */
  | { kind: 'TAKEN'; sends: number }
  /** Settled for good, or given up after `maxSends`. */
  | { kind: 'DONE'; state: MailState }
  /** Another run reserved it less than a lease ago and may be sending it right now. */
  | { kind: 'HELD'; freeAt: Date };

/**
 * Reserves a mail before the provider hears of it, in one statement, so of two runs at once only one sends.
 * @param input.leaseMs how long a reservation without an ending counts as somebody's work in hand
 */
export async function reserveMail(
  db: Database,
  input: MailKey & { leaseMs: number; maxSends: number },
): Promise<Reservation> {
  const [taken] = await db.sql<{ sends: number }[]>`
    insert into request_mails as m (request_id, recipient, kind, account_id, state, sends, reserved_at)
    values (${input.requestId}, ${input.recipient}, ${input.kind}, ${input.accountId}, 'RESERVED', 1, now())
    on conflict (request_id, recipient, kind) do update
      set state = 'RESERVED', sends = m.sends + 1, reserved_at = now(), settled_at = null
      where m.account_id = ${input.accountId} and m.sends < ${input.maxSends}
        and (m.state = 'UNKNOWN'
          or (m.state = 'RESERVED' and m.reserved_at <= now() - ${input.leaseMs} * interval '1 millisecond'))
    returning m.sends`;
  if (taken) return { kind: 'TAKEN', sends: taken.sends };
  const [held] = await db.sql<{ state: MailState; sends: number; freeAt: Date }[]>`
    update request_mails set state = case
        when state = 'RESERVED' and sends >= ${input.maxSends}
          and reserved_at <= now() - ${input.leaseMs} * interval '1 millisecond' then 'UNKNOWN'::mail_state
        else state end
    where request_id = ${input.requestId} and recipient = ${input.recipient} and kind = ${input.kind}
      and account_id = ${input.accountId}
    returning state, sends, reserved_at + ${input.leaseMs} * interval '1 millisecond' as "freeAt"`;
  if (!held) throw new Error(`the mail of request ${input.requestId} is of another account`);
  return held.state === 'RESERVED'
    ? { kind: 'HELD', freeAt: held.freeAt }
    : { kind: 'DONE', state: held.state };
}

/** Writes how a mail ended, and the request's event about it, in one transaction. */
export async function settleMail(
  db: Database,
  input: MailKey & {
    state: Exclude<MailState, 'RESERVED'>;
    providerRef?: string;
    cause?: string;
    /** Why this address gets the mail. The address itself stays out of the event. */
    to: 'STATUS_EMAIL' | 'ACCOUNT_HOLDER';
    sends: number;
  },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.sql`
      insert into request_mails
        (request_id, recipient, kind, account_id, state, sends, settled_at, provider_ref, cause)
      values (${input.requestId}, ${input.recipient}, ${input.kind}, ${input.accountId}, ${input.state},
              ${input.sends}, now(), ${input.providerRef ?? null}, ${input.cause ?? null})
      on conflict (request_id, recipient, kind) do update
        set state = excluded.state, settled_at = now(),
            provider_ref = excluded.provider_ref, cause = excluded.cause`;
    await tx.sql`
      insert into request_events (account_id, request_id, type, data)
      values (${input.accountId}, ${input.requestId}, 'MAILED', ${tx.sql.json({
        mail: input.kind,
        to: input.to,
        state: input.state,
        sends: input.sends,
        cause: input.cause ?? null,
      })})`;
  });
}
