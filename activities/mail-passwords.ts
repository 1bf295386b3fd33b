/**
 * Mails links by which passwords are set. The API writes a row; a worker draws the token, commits its hash and sends the
 * mail, so the token is in the mail alone.
 *
 * After a crash between the two the link is taken again when its lease has run out, with another token: the link of a
 * first mail that did arrive is void then, and the second says so.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type PasswordLinkMail, settlePasswordLink, takePasswordLink } from '../db/queries/password-links.ts';
import { EmailUnavailable } from '../providers/email/provider.ts';
import { passwordMail } from './mail/password-words.ts';
import type { MailStatusDeps } from './mail-status.ts';

const SEND_DEADLINE_MS = 60_000;
const LEASE_MS = 2 * SEND_DEADLINE_MS;
const MAX_SENDS = 3;
const AGAIN_AFTER_MS = 30_000;
/** OWASP: links for forgotten passwords are short-lived. An invitation may wait for the end of a holiday. */
const FORGOTTEN_HOURS = 1;
const INVITATION_HOURS = 7 * 24;
/** Mails of one round; then the caller may stop. */
const ROUND = 100;

export type MailPasswordsDeps = Pick<MailStatusDeps, 'db' | 'email' | 'mailFrom' | 'log'> & {
  /** Base of the console's address; without one no link can be made. */
  publicUrl: string | undefined;
};

type Ending = Parameters<typeof settlePasswordLink>[2];

/** SHA-256, hex. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Sends what is due, one after the other. @returns how many it took */
export async function mailPasswords(deps: MailPasswordsDeps): Promise<number> {
  for (let taken = 0; taken < ROUND; taken++) {
    // 256 bits: no guessing, and so a fast hash is enough to store it.
    const token = randomBytes(32).toString('base64url');
    const mail = await takePasswordLink(deps.db, {
      tokenHash: tokenHash(token),
      leaseMs: LEASE_MS,
      maxSends: MAX_SENDS,
      invitationHours: INVITATION_HOURS,
      forgottenHours: FORGOTTEN_HOURS,
    });
    if (!mail) return taken;
    const ending = await send(deps, mail, token);
    await settlePasswordLink(deps.db, mail, ending);
    deps.log.info({ linkId: mail.id, state: ending.state }, 'a mail with a link for a password');
  }
  return ROUND;
}

/** Never throws: an error of the provider is an ending. */
async function send(deps: MailPasswordsDeps, mail: PasswordLinkMail, token: string): Promise<Ending> {
  if (mail.blacklisted) return { state: 'FAILED', cause: 'the address is on the blacklist' };
  if (!deps.publicUrl) return { state: 'FAILED', cause: 'CLARION_PUBLIC_URL is not set' };
  // Behind the number sign, where no server and no log sees it.
  const link = `${deps.publicUrl.replace(/\/+$/, '')}/set-password#${token}`;
  let timer: NodeJS.Timeout | undefined;
  try {
    const result = await Promise.race([
      deps.email.send({
        reference: `password-link/${mail.id}/${mail.sends}`,
        from: deps.mailFrom,
        to: [mail.email],
        ...passwordMail(mail, link),
      }),
      new Promise<never>((_, reject) => {
        const late = new Error(`no answer within ${SEND_DEADLINE_MS} ms`);
        timer = setTimeout(() => reject(late), SEND_DEADLINE_MS);
      }),
    ]);
    const isSent = result.outcome === 'SENT' || result.outcome === 'DELIVERED';
    return { state: isSent ? 'SENT' : 'FAILED', cause: result.cause };
  } catch (error) {
    const cause = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    const againAfterMs = error instanceof EmailUnavailable ? AGAIN_AFTER_MS : AGAIN_AFTER_MS * mail.sends;
    return { state: 'WAITING', cause, againAfterMs };
  } finally {
    clearTimeout(timer);
  }
}
