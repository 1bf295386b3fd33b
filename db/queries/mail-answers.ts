/** Answers to mails that bring lists: rows that wait to be sent, reserved before the mail provider hears of them. */
import type { MailRefusal } from '../../domain/mail-in.ts';
import type { Database } from '../client.ts';
import type { MailFile } from '../schema/mail-in.ts';

export interface MailAnswer {
  mailId: number;
  accountId: number;
  to: 'SENDER' | 'HOLDER';
  /** Address it goes to. */
  recipient: string;
  /** How often the provider has been asked, this time included. Above 1 an earlier ending is unknown. */
  sends: number;
  sender: string;
  subject: string | null;
  messageId: string | null;
  receivedAt: Date;
  reason: MailRefusal | null;
  detail: string | null;
  files: MailFile[];
  accountName: string;
  /** Nobody on the blacklist gets mail, and nobody but whitelisted senders and the holder. */
  blocked: boolean;
}

/**
 * Takes the answer that has been due the longest, in one statement, so of two workers only one sends it.
 * @param input.leaseMs how long it counts as in this worker's hands
 */
export async function takeMailAnswer(
  db: Database,
  input: { leaseMs: number; maxSends: number },
): Promise<MailAnswer | undefined> {
  // Begun so often, and never known to have ended: for a person to look at.
  await db.sql`
    update incoming_mail_answers set state = 'UNKNOWN', due_at = null
    where due_at <= now() and sends >= ${input.maxSends}`;
  const [taken] = await db.sql<MailAnswer[]>`
    with next as (
      select mail_id, "to" from incoming_mail_answers where due_at <= now()
      order by due_at, mail_id limit 1 for update skip locked)
    update incoming_mail_answers n
    set state = 'RESERVED', sends = n.sends + 1, due_at = now() + ${input.leaseMs} * interval '1 millisecond'
    from next, incoming_mails m, accounts a,
      lateral (select case when next."to" = 'HOLDER' then lower(trim(a.holder_email)) else m.sender end as recipient) r
    where n.mail_id = next.mail_id and n."to" = next."to" and n.due_at <= now()
      and m.id = n.mail_id and m.account_id = n.account_id and a.id = n.account_id
    returning n.mail_id as "mailId", n.account_id as "accountId", n."to", r.recipient, n.sends, m.sender, m.subject,
      m.message_id as "messageId", m.received_at as "receivedAt", m.reason, m.detail, m.files,
      a.name as "accountName",
      exists (select from blacklist_emails b
        where b.account_id = n.account_id and b.email = r.recipient
          and (b.expires_at is null or b.expires_at > now()))
      or (n."to" = 'SENDER' and not exists (select from whitelist_emails w
        where w.account_id = n.account_id and w.email = r.recipient)) as blocked`;
  return taken;
}

export type MailAnswerEnding =
  | { state: 'SENT' | 'FAILED'; providerRef?: string; cause: string }
  /** Whether it went out is unknown: again after a while. */
  | { state: 'UNKNOWN'; cause: string; againAfterMs: number }
  /** It certainly did not go out: as if it had not been tried. */
  | { state: 'WAITING'; cause: string; againAfterMs: number };

/** Writes how it ended. An answer that another worker has taken since is left to that one. */
export async function settleMailAnswer(
  db: Database,
  answer: Pick<MailAnswer, 'mailId' | 'accountId' | 'to' | 'sends'>,
  ending: MailAnswerEnding,
): Promise<void> {
  const againAfterMs = 'againAfterMs' in ending ? ending.againAfterMs : null;
  const providerRef = 'providerRef' in ending ? (ending.providerRef ?? null) : null;
  await db.sql`
    update incoming_mail_answers
    set state = ${ending.state}, cause = ${ending.cause}, provider_ref = ${providerRef},
        sends = sends - ${ending.state === 'WAITING' ? 1 : 0}::smallint,
        settled_at = ${againAfterMs === null ? db.sql`now()` : null},
        due_at = now() + ${againAfterMs}::double precision * interval '1 millisecond'
    where mail_id = ${answer.mailId} and "to" = ${answer.to} and account_id = ${answer.accountId}
      and state = 'RESERVED' and sends = ${answer.sends}`;
}
