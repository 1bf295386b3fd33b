/**
 * Mails that bring lists: written down when they come, claimed to be judged, and the verdict. What the account
 * sees of them is read here, too.
 */
import { ANSWERED_REFUSALS, MAIL_IN_LIMITS, type MailRefusal } from '../../domain/mail-in.ts';
import type { Database } from '../client.ts';
import type { MailAuthentication, MailFile } from '../schema/mail-in.ts';
import { writeAudit } from './audit.ts';

export type { MailAuthentication, MailFile } from '../schema/mail-in.ts';

export interface NewMail {
  accountId: number;
  receiver: 'smtp' | 'ses';
  receiverRef: string;
  envelopeFrom: string | null;
  helo: string | null;
  clientAddress: string | null;
  spfResult: string | null;
  bytes: number | null;
  rawKey: string | null;
  remote: { bucket: string; key: string } | null;
}

/**
 * Mails that came to an account since a moment, whatever became of them, and their bytes. One that still lies with a
 * service is of unknown size, and counts as large as a mail may be until it was fetched.
 */
export async function measureMailsSince(
  db: Database,
  input: { accountId: number; since: Date },
): Promise<{ mails: number; bytes: number }> {
  const [row] = await db.sql<{ mails: number; bytes: number }[]>`
    select count(*)::int as mails,
           coalesce(sum(case when bytes is null and verdict = 'WAITING' and remote is not null
                             then ${MAIL_IN_LIMITS.mailBytes} else bytes end), 0)::float8 as bytes
    from incoming_mails
    where account_id = ${input.accountId} and received_at > ${input.since}`;
  return row ?? { mails: 0, bytes: 0 };
}

/** Takes turns with other mails that come to the account until the transaction ends: what it counts stays so. */
export async function lockMailTaking(tx: Database, input: { accountId: number }): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`mail-in-taking/${input.accountId}`}, 0))`;
}

/**
 * Writes a mail down, to be judged. Due from this moment, rounded down: the column's own rounding could put it into the
 * future, out of the next look's sight. One that the same receiver has told of before is left as it is.
 * @param input.tooLarge nothing was kept of it: it is refused at once
 * @returns its id; undefined when it was there
 */
export async function addIncomingMail(
  tx: Database,
  input: NewMail & { tooLarge?: boolean },
): Promise<number | undefined> {
  const { tooLarge = false } = input;
  const [made] = await tx.sql<{ id: number }[]>`
    insert into incoming_mails (account_id, receiver, receiver_ref, envelope_from, helo, client_address,
      spf_result, bytes, raw_key, remote, verdict, reason, detail, due_at, judged_at)
    values (${input.accountId}, ${input.receiver}, ${input.receiverRef}, ${input.envelopeFrom}, ${input.helo},
      ${input.clientAddress}, ${input.spfResult}, ${input.bytes}, ${input.rawKey},
      ${input.remote === null ? null : tx.sql.json(input.remote)},
      ${tooLarge ? 'REFUSED' : 'WAITING'}, ${tooLarge ? 'TOO_LARGE' : null},
      ${tooLarge ? 'the mail is larger than 25 MB' : null},
      ${tooLarge ? null : tx.sql`date_trunc('milliseconds', now())`}, ${tooLarge ? tx.sql`now()` : null})
    on conflict (receiver, receiver_ref, account_id) do nothing
    returning id`;
  return made?.id;
}

export interface MailToJudge extends Omit<NewMail, 'receiverRef'> {
  id: number;
  receivedAt: Date;
  /** This try included. */
  tries: number;
}

/**
 * Takes the mail of the next account that has been due there the longest, in one statement, so of two workers only
 * one judges it. Accounts take turns by their ids, so that however many mails one of them gets, each of the others
 * waits for one mail of every account and no more.
 * @param input.afterAccount whose turn it was last; absent at first
 * @param input.leaseMs how long it counts as in this worker's hands; a worker that dies gives it back by that
 */
export async function takeMailToJudge(
  db: Database,
  input: { leaseMs: number; afterAccount?: number },
): Promise<MailToJudge | undefined> {
  const [taken] = await db.sql<MailToJudge[]>`
    with next as (
      select id from incoming_mails where due_at <= now()
      order by account_id <= ${input.afterAccount ?? 0}, account_id, due_at, id limit 1 for update skip locked)
    update incoming_mails m
    set tries = m.tries + 1, due_at = now() + ${input.leaseMs} * interval '1 millisecond'
    from next where m.id = next.id and m.due_at <= now()
    returning m.id, m.account_id as "accountId", m.receiver, m.received_at as "receivedAt",
              m.envelope_from as "envelopeFrom", m.helo, m.client_address as "clientAddress",
              m.spf_result as "spfResult", m.bytes, m.raw_key as "rawKey", m.remote, m.tries`;
  return taken;
}

/** Notes where a mail lies that had to be fetched. */
export async function keepFetchedMail(
  db: Database,
  mail: { accountId: number; id: number; rawKey: string; bytes: number },
): Promise<void> {
  await db.sql`
    update incoming_mails set raw_key = ${mail.rawKey}, bytes = ${mail.bytes}
    where id = ${mail.id} and account_id = ${mail.accountId} and verdict = 'WAITING'`;
}

/** Puts the judging off: something it needs did not answer. */
export async function putMailOff(
  db: Database,
  mail: Pick<MailToJudge, 'id' | 'accountId' | 'tries'> & { afterMs: number; detail: string },
): Promise<void> {
  await db.sql`
    update incoming_mails
    set due_at = now() + ${mail.afterMs} * interval '1 millisecond', detail = ${mail.detail}
    where id = ${mail.id} and account_id = ${mail.accountId} and verdict = 'WAITING' and tries = ${mail.tries}`;
}

/** Takes turns with other mails of the account until the transaction ends: two copies of one mail make one campaign. */
export async function lockMailJudging(tx: Database, input: { accountId: number }): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`mail-in/${input.accountId}`}, 0))`;
}

/** The mail accepted before that this one repeats. */
export async function findSameMail(
  tx: Database,
  input: { accountId: number; sender: string; messageId: string | null; fingerprint: string },
): Promise<number | undefined> {
  const [found] = await tx.sql<{ id: number }[]>`
    select id from incoming_mails
    where account_id = ${input.accountId} and verdict = 'ACCEPTED'
      and (fingerprint = ${input.fingerprint}
        or (sender = ${input.sender} and message_id = ${input.messageId}))
    order by id limit 1`;
  return found?.id;
}

export type Verdict = {
  sender: string | null;
  subject: string | null;
  messageId: string | null;
  authentication: MailAuthentication | null;
  files: MailFile[];
} & (
  | { verdict: 'ACCEPTED'; fingerprint: string }
  | { verdict: 'REFUSED'; reason: MailRefusal; detail: string }
);

/**
 * Writes the verdict, its entry in the audit log, and the answers that are to be sent. Call it in the transaction
 * that makes the requests.
 * @returns false when another worker has judged the mail, or taken it over: nothing of this may stay then
 */
export async function settleMailVerdict(
  tx: Database,
  mail: Pick<MailToJudge, 'id' | 'accountId' | 'tries'>,
  given: Verdict,
): Promise<boolean> {
  const refused = given.verdict === 'REFUSED';
  const written = await tx.sql`
    update incoming_mails
    set verdict = ${given.verdict}, reason = ${refused ? given.reason : null}, detail = ${refused ? given.detail : null},
        sender = ${given.sender}, subject = ${given.subject}, message_id = ${given.messageId},
        authentication = ${given.authentication === null ? null : tx.sql.json(given.authentication as never)},
        files = ${tx.sql.json(given.files as never)}, fingerprint = ${refused ? null : given.fingerprint},
        due_at = null, judged_at = now()
    where id = ${mail.id} and account_id = ${mail.accountId} and verdict = 'WAITING' and tries = ${mail.tries}`;
  if (written.count === 0) return false;
  for (const to of await answersFor(tx, mail, given)) {
    await tx.sql`
      insert into incoming_mail_answers (mail_id, "to", account_id, due_at)
      values (${mail.id}, ${to}, ${mail.accountId}, date_trunc('milliseconds', now()))
      on conflict do nothing`;
  }
  await writeAudit(tx, {
    accountId: mail.accountId,
    actor: `mail:${mail.id}`,
    action: refused ? 'incoming-mail.refuse' : 'incoming-mail.accept',
    subject: `incoming-mail/${mail.id}`,
    detail: refused
      ? { reason: given.reason }
      : { requests: given.files.flatMap((file) => file.requestId ?? []) },
  });
  return true;
}

/** A list that is turned away because its flow may not run is turned away whole: the holder hears of that, too. */
async function answersFor(
  tx: Database,
  mail: Pick<MailToJudge, 'id' | 'accountId'>,
  given: Verdict,
): Promise<('SENDER' | 'HOLDER')[]> {
  if (given.verdict === 'ACCEPTED') return ['SENDER'];
  if (!ANSWERED_REFUSALS.includes(given.reason)) return [];
  const [row] = await tx.sql<{ count: number }[]>`
    select count(*)::int as count
    from incoming_mails m join incoming_mail_answers n on n.mail_id = m.id and n."to" = 'SENDER'
    where m.account_id = ${mail.accountId} and m.sender = ${given.sender} and m.verdict = 'REFUSED'
      and m.received_at > now() - interval '1 day'`;
  if ((row?.count ?? 0) >= MAIL_IN_LIMITS.refusalsAnsweredADay) return [];
  return given.reason === 'FLOW_NOT_RUNNABLE' ? ['SENDER', 'HOLDER'] : ['SENDER'];
}

export interface IncomingMail {
  id: number;
  receiver: 'smtp' | 'ses';
  receivedAt: Date;
  judgedAt: Date | null;
  envelopeFrom: string | null;
  sender: string | null;
  subject: string | null;
  bytes: number | null;
  verdict: 'WAITING' | 'ACCEPTED' | 'REFUSED';
  reason: MailRefusal | null;
  detail: string | null;
  authentication: MailAuthentication | null;
  files: MailFile[];
  /** Whether the mail itself is still kept. */
  kept: boolean;
}

const columns = (db: Database) => db.sql`
  id, receiver, received_at as "receivedAt", judged_at as "judgedAt", envelope_from as "envelopeFrom", sender, subject,
  bytes, verdict, reason, detail, authentication, files, raw_key is not null as kept`;

/** Newest first, from below `beforeId`; `from` and `to` are of the arrival, `to` not included. */
export async function listIncomingMails(
  db: Database,
  filter: {
    accountId: number;
    verdict?: IncomingMail['verdict'] | undefined;
    from?: Date | undefined;
    to?: Date | undefined;
    limit: number;
    beforeId?: number | undefined;
  },
): Promise<IncomingMail[]> {
  const { verdict, from, to, beforeId } = filter;
  const none = db.sql``;
  return db.sql<IncomingMail[]>`
    select ${columns(db)} from incoming_mails
    where account_id = ${filter.accountId}
      ${verdict === undefined ? none : db.sql`and verdict = ${verdict}`}
      ${from === undefined ? none : db.sql`and received_at >= ${from}`}
      ${to === undefined ? none : db.sql`and received_at < ${to}`}
      ${beforeId === undefined ? none : db.sql`and id < ${beforeId}`}
    order by id desc limit ${filter.limit}`;
}

export async function getIncomingMail(
  db: Database,
  key: { accountId: number; id: number },
): Promise<IncomingMail | undefined> {
  const [found] = await db.sql<IncomingMail[]>`
    select ${columns(db)} from incoming_mails where id = ${key.id} and account_id = ${key.accountId}`;
  return found;
}

/** Mails judged before a moment whose raw form is still kept, of all accounts, oldest first. */
export async function readMailsToPurge(
  db: Database,
  input: { before: Date; limit: number },
): Promise<{ id: number; accountId: number; rawKey: string }[]> {
  return db.sql<{ id: number; accountId: number; rawKey: string }[]>`
    select id, account_id as "accountId", raw_key as "rawKey" from incoming_mails
    where raw_key is not null and judged_at < ${input.before}
    order by judged_at limit ${input.limit}`;
}

/** The raw form has gone; the row stays. */
export async function markPurged(db: Database, mail: { id: number; accountId: number }): Promise<void> {
  await db.sql`
    update incoming_mails set raw_key = null, purged_at = now()
    where id = ${mail.id} and account_id = ${mail.accountId}`;
}

/**
 * Which of some keys a mail is kept under, by any account's row. Each half is answered by an index of its own: mails
 * still kept after their verdict, and mails without one.
 */
export async function readNamedRawKeys(db: Database, input: { keys: string[] }): Promise<string[]> {
  const rows = await db.sql<{ rawKey: string }[]>`
    select raw_key as "rawKey" from incoming_mails
    where raw_key = any(${input.keys}) and raw_key is not null and judged_at is not null
    union
    select raw_key from incoming_mails where raw_key = any(${input.keys}) and due_at is not null`;
  return rows.map(({ rawKey }) => rawKey);
}

/** Which of some mails were refused, of any account: no list of theirs belongs to a request. */
export async function readRefusedMails(db: Database, input: { ids: number[] }): Promise<number[]> {
  const rows = await db.sql<{ id: number }[]>`
    select id from incoming_mails where id = any(${input.ids}) and verdict = 'REFUSED'`;
  return rows.map(({ id }) => id);
}
