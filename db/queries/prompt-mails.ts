/** Mails about prompts: rows that wait to be sent, reserved before the mail provider hears of them and settled after. */
import type { Database } from '../client.ts';

export interface PromptMail {
  id: number;
  accountId: number;
  promptId: number;
  kind: 'SUBMITTED' | 'APPROVED' | 'REJECTED';
  promptName: string;
  reason: string | null;
  /** How often the provider has been asked, this time included. Above 1 an earlier ending is unknown. */
  sends: number;
  accountName: string;
  holderEmail: string;
  /** Nobody on the blacklist gets mail, the account's holder included. */
  blacklisted: boolean;
}

/**
 * Takes the mail that has been due the longest, in one statement, so of two workers only one sends it.
 * @param input.leaseMs how long it counts as in this worker's hands; a worker that dies gives it back by that
 */
export async function takePromptMail(
  db: Database,
  input: { leaseMs: number; maxSends: number },
): Promise<PromptMail | undefined> {
  // Begun so often, and never known to have ended: for a person to look at.
  await db.sql`
    update prompt_mails set state = 'UNKNOWN', due_at = null
    where due_at <= now() and sends >= ${input.maxSends}`;
  const [taken] = await db.sql<PromptMail[]>`
    with next as (
      select id from prompt_mails where due_at <= now()
      order by due_at, id limit 1 for update skip locked)
    update prompt_mails m
    set state = 'RESERVED', sends = m.sends + 1, due_at = now() + ${input.leaseMs} * interval '1 millisecond'
    from next, accounts a
    where m.id = next.id and m.due_at <= now() and a.id = m.account_id
    returning m.id, m.account_id as "accountId", m.prompt_id as "promptId", m.kind, m.prompt_name as "promptName",
              m.reason, m.sends, a.name as "accountName", a.holder_email as "holderEmail",
              exists (select from blacklist_emails b
                where b.account_id = m.account_id and b.email = lower(trim(a.holder_email))
                  and (b.expires_at is null or b.expires_at > now())) as blacklisted`;
  return taken;
}

export type PromptMailEnding =
  | { state: 'SENT' | 'FAILED'; providerRef?: string; cause: string }
  /** Whether it went out is unknown: again after a while, at most `maxSends` times in all. */
  | { state: 'UNKNOWN'; cause: string; againAfterMs: number }
  /** It certainly did not go out: as if it had not been tried. */
  | { state: 'WAITING'; cause: string; againAfterMs: number };

/** Writes how it ended. A mail that another worker has taken since is left to that one. */
export async function settlePromptMail(
  db: Database,
  mail: Pick<PromptMail, 'id' | 'accountId' | 'sends'>,
  ending: PromptMailEnding,
): Promise<void> {
  const againAfterMs = 'againAfterMs' in ending ? ending.againAfterMs : null;
  const providerRef = 'providerRef' in ending ? (ending.providerRef ?? null) : null;
  await db.sql`
    update prompt_mails
    set state = ${ending.state}, cause = ${ending.cause}, provider_ref = ${providerRef},
        sends = sends - ${ending.state === 'WAITING' ? 1 : 0}::smallint,
        settled_at = ${againAfterMs === null ? db.sql`now()` : null},
        due_at = now() + ${againAfterMs}::double precision * interval '1 millisecond'
    where id = ${mail.id} and account_id = ${mail.accountId} and state = 'RESERVED' and sends = ${mail.sends}`;
}
