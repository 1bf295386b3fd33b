/**
 * Tells account holders what became of their prompts. The API writes a row in the transaction of the change; a
 * worker sends it from here, in no workflow: each mail stands for itself and nothing waits for it.
 *
 * After a crash: a mail reserved but not settled is sent again when its lease has run out, and says that it may be a
 * second copy. A decision nobody hears of is worse than one told twice.
 */
import {
  type PromptMail,
  type PromptMailEnding,
  settlePromptMail,
  takePromptMail,
} from '../db/queries/prompt-mails.ts';
import { EmailUnavailable } from '../providers/email/provider.ts';
import { promptMail } from './mail/prompt-words.ts';
import type { MailStatusDeps } from './mail-status.ts';

/** The provider has this long to answer; after that the mail's ending is unknown. */
const SEND_DEADLINE_MS = 60_000;
const LEASE_MS = 2 * SEND_DEADLINE_MS;
const MAX_SENDS = 3;
const AGAIN_AFTER_MS = 30_000;
/** Mails of one round; then the caller may stop. */
const ROUND = 100;

export type MailPromptsDeps = Pick<MailStatusDeps, 'db' | 'email' | 'mailFrom' | 'log'> & {
  /** For tests. */
  leaseMs?: number;
};

/** Sends what is due, one after the other. @returns how many it took */
export async function mailPrompts(deps: MailPromptsDeps): Promise<number> {
  const { db, log, leaseMs = LEASE_MS } = deps;
  for (let taken = 0; taken < ROUND; taken++) {
    const mail = await takePromptMail(db, { leaseMs, maxSends: MAX_SENDS });
    if (!mail) return taken;
    const ending = await send(deps, mail);
    await settlePromptMail(db, mail, ending);
    const { id: mailId, accountId, promptId, kind } = mail;
    log.info({ mailId, accountId, promptId, kind, state: ending.state }, 'a mail about a prompt');
  }
  return ROUND;
}

/** Never throws: an error of the provider is an ending. */
async function send(deps: MailPromptsDeps, mail: PromptMail): Promise<PromptMailEnding> {
  if (mail.blacklisted) return { state: 'FAILED', cause: 'the address is on the blacklist' };
  let timer: NodeJS.Timeout | undefined;
  try {
    const result = await Promise.race([
      deps.email.send({
        reference: `prompt/${mail.promptId}/${mail.id}`,
        from: deps.mailFrom,
        to: [mail.holderEmail],
        ...promptMail(mail),
      }),
      new Promise<never>((_, reject) => {
        const late = new Error(`no answer within ${SEND_DEADLINE_MS} ms`);
        timer = setTimeout(() => reject(late), SEND_DEADLINE_MS);
      }),
    ]);
    const sent = result.outcome === 'SENT' || result.outcome === 'DELIVERED';
    return { state: sent ? 'SENT' : 'FAILED', providerRef: result.providerRef, cause: result.cause };
  } catch (error) {
    const cause = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    const state = error instanceof EmailUnavailable ? 'WAITING' : 'UNKNOWN';
    return { state, cause, againAfterMs: AGAIN_AFTER_MS * mail.sends };
  } finally {
    clearTimeout(timer);
  }
}
