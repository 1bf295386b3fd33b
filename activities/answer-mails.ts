/**
 * Answers mails that brought lists. The verdict wrote a row for each answer in its own transaction; a worker sends
 * it from here.
 *
 * After a crash: an answer reserved but not settled is sent again when its lease has run out, and says that it may be
 * a second copy.
 */
import {
  type MailAnswer,
  type MailAnswerEnding,
  settleMailAnswer,
  takeMailAnswer,
} from '../db/queries/mail-answers.ts';
import { EmailUnavailable } from '../providers/email/provider.ts';
import { answerToMail } from './mail/incoming-words.ts';
import type { MailStatusDeps } from './mail-status.ts';

/** The provider has this long to answer; after that the mail's ending is unknown. */
const SEND_DEADLINE_MS = 60_000;
const LEASE_MS = 2 * SEND_DEADLINE_MS;
const MAX_SENDS = 3;
const AGAIN_AFTER_MS = 30_000;
/** Mails of one round; then the caller may stop. */
const ROUND = 100;

export type AnswerMailsDeps = Pick<MailStatusDeps, 'db' | 'email' | 'mailFrom' | 'log'> & {
  /** For tests. */
  leaseMs?: number;
};

/** Sends what is due, one after the other. @returns how many it took */
export async function answerMails(deps: AnswerMailsDeps): Promise<number> {
  const { db, log, leaseMs = LEASE_MS } = deps;
  for (let taken = 0; taken < ROUND; taken++) {
    const answer = await takeMailAnswer(db, { leaseMs, maxSends: MAX_SENDS });
    if (!answer) return taken;
    const ending = await send(deps, answer);
    await settleMailAnswer(db, answer, ending);
    const { mailId, accountId, to } = answer;
    log.info({ mailId, accountId, to, state: ending.state }, 'an answer to a mail');
  }
  return ROUND;
}

/** Never throws: an error of the provider is an ending. */
async function send(deps: AnswerMailsDeps, answer: MailAnswer): Promise<MailAnswerEnding> {
  if (answer.blocked)
    return { state: 'FAILED', cause: 'the address is on the blacklist, or no more on the whitelist' };
  let timer: NodeJS.Timeout | undefined;
  try {
    const result = await Promise.race([
      deps.email.send({
        reference: `mail-in/${answer.mailId}/${answer.to.toLowerCase()}`,
        from: deps.mailFrom,
        to: [answer.recipient],
        ...(answer.to === 'SENDER' && answer.messageId !== null && { inReplyTo: answer.messageId }),
        ...answerToMail(answer),
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
    return { state, cause, againAfterMs: AGAIN_AFTER_MS * answer.sends };
  } finally {
    clearTimeout(timer);
  }
}
