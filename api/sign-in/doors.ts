/** The library's answers in the words of this API: which of its refusals is which of our errors. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { sourceOf } from '../auth.ts';
import type { Env } from '../context.ts';
import type { Api } from '../endpoint.ts';
import { ApiError, type ErrorCode, invalid } from '../errors.ts';
import type { LibraryReply } from './library.ts';

const REFUSALS: Record<string, [ErrorCode, string]> = {
  INVALID_EMAIL_OR_PASSWORD: ['SIGN_IN_REFUSED', 'Email or password is wrong.'],
  // Said no more precisely: it would tell who has an account.
  INVALID_EMAIL: ['SIGN_IN_REFUSED', 'Email or password is wrong.'],
  NO_ACCOUNT: ['NO_ACCOUNT', 'You do not belong to any account any more. Ask an owner of it.'],
  INVALID_PASSWORD: ['WRONG_PASSWORD', 'The password is not right.'],
  INVALID_CODE: ['CODE_REFUSED', 'The code is not right. Codes change every 30 seconds.'],
  INVALID_BACKUP_CODE: ['CODE_REFUSED', 'The recovery code is not right, or has been used.'],
  INVALID_TWO_FACTOR_COOKIE: ['SIGN_IN_EXPIRED', 'Too much time has passed. Begin with email and password.'],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['SIGN_IN_EXPIRED', 'Too many codes. Begin with email and password.'],
  ACCOUNT_TEMPORARILY_LOCKED: ['TOO_MANY_TRIES', 'Too many wrong codes. Try again in a quarter of an hour.'],
  UNAUTHORIZED: ['UNAUTHENTICATED', 'The session has ended. Sign in again.'],
  SESSION_NOT_FRESH: ['SIGN_IN_EXPIRED', 'Sign in again to do this.'],
};

/** @throws ApiError for a refusal; Error for what the library should not answer */
export function judge(reply: LibraryReply): LibraryReply {
  if (reply.status < 400) return reply;
  if (reply.status === 429 && reply.retryAfter !== undefined) {
    throw new ApiError('TOO_MANY_TRIES', `Try again in ${reply.retryAfter} seconds.`, [], {
      'Retry-After': reply.retryAfter,
    });
  }
  const said = String(reply.body.code ?? '');
  if (said === 'PASSWORD_TOO_SHORT' || said === 'PASSWORD_TOO_LONG')
    throw invalid('newPassword', 'must have 10 to 200 characters');
  if (said === 'TOTP_ALREADY_ENABLED')
    throw invalid('password', 'a second factor is on already; end it first');
  if (said === 'TOTP_NOT_ENABLED' || said === 'TWO_FACTOR_NOT_ENABLED')
    throw invalid('password', 'no second factor is on');
  const known = REFUSALS[said];
  if (known) throw new ApiError(...known);
  throw new Error(`signing in answered ${reply.status} ${said}`);
}

/** Passes a call on to one of the library's doors. @throws ApiError */
export async function askDoor(
  api: Api,
  c: Context<Env>,
  door: string,
  body: Record<string, unknown> = {},
): Promise<LibraryReply> {
  const { address } = sourceOf(api.deps, c);
  const reply = judge(await api.signIn.ask(door, { headers: c.req.raw.headers, address, body }));
  c.set('cookies', reply.cookies);
  return reply;
}

/** Who an address of mail is, for counting: not the address itself. */
export const emailHash = (email: string): string =>
  createHash('sha256').update(email.toLowerCase()).digest('hex');
