/** Keys: how they are made, and how a call's `Authorization` or its session becomes a caller with an account. */
import { createHash, randomInt } from 'node:crypto';
import type { Context } from 'hono';
import { getAccount } from '../db/queries/accounts.ts';
import { findApiKey, touchApiKey } from '../db/queries/api-keys.ts';
import { accountsOfUser } from '../db/queries/users.ts';
import { readSourceLists } from '../db/queries/whitelist-sources.ts';
import { SCOPES_OF_ROLE } from '../domain/role.ts';
import { type CallSource, judgeSource, siteOf } from '../domain/source.ts';
import { createClientAddress } from './client-address.ts';
import type { Caller, Deps, Env } from './context.ts';
import { ApiError } from './errors.ts';
import { bringsSession, type SignIn } from './sign-in/library.ts';
import { requireOwnPage } from './sign-in/same-site.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 40 characters of 62 are 238 bits: no guessing, and so a fast hash is enough to store it. */
const KEY_LENGTH = 40;
const KEY = /^ck_[0-9A-Za-z]{40}$/;

export interface NewKey {
  /** Shown once. */
  key: string;
  /** To recognise it by in lists. */
  prefix: string;
  /** What is stored. */
  hash: string;
}

/** A new random key: `ck_` and 40 characters of base 62. */
export function makeKey(): NewKey {
  const key = `ck_${Array.from({ length: KEY_LENGTH }, () => ALPHABET[randomInt(62)]).join('')}`;
  return { key, prefix: key.slice(0, 9), hash: hashKey(key) };
}

/** SHA-256, hex. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

const unauthenticated = (detail: string): ApiError =>
  new ApiError('UNAUTHENTICATED', detail, [], { 'WWW-Authenticate': 'Bearer' });

/** The account a call is for: the key's own, or for a key of operations the one named in `X-Account-Id`. */
function accountIdOf(keyAccount: number | null, header: string | undefined): number | undefined {
  if (header === undefined) return keyAccount ?? undefined;
  if (!/^[1-9]\d{0,8}$/.test(header)) {
    throw new ApiError('INVALID_INPUT', 'X-Account-Id must be an account id.', [
      { field: 'X-Account-Id', message: 'must be an account id' },
    ]);
  }
  const named = Number(header);
  if (keyAccount !== null && keyAccount !== named) {
    throw new ApiError('WRONG_ACCOUNT', `The key does not belong to account ${named}.`);
  }
  return named;
}

const withoutProxies = createClientAddress();

/** From where a call comes. */
export function sourceOf(deps: Deps, c: Context<Env>): CallSource {
  const address = deps.clientAddress ?? withoutProxies;
  return {
    address: address(c.env?.incoming?.socket?.remoteAddress, c.req.header('x-forwarded-for')),
    site: siteOf(c.req.header('origin'), c.req.header('referer')),
  };
}

/** Where the account has said from where its keys may be used. @throws ApiError ADDRESS_NOT_ALLOWED, DOMAIN_NOT_ALLOWED */
async function requireAllowed(deps: Deps, accountId: number, from: CallSource): Promise<void> {
  const refusal = judgeSource(await readSourceLists(deps.db, { accountId }), from);
  if (refusal === 'ADDRESS_NOT_ALLOWED') {
    throw new ApiError(refusal, `Keys of this account may not be used from ${from.address ?? 'here'}.`);
  }
  if (refusal === 'DOMAIN_NOT_ALLOWED') {
    const where = from.site ? `on ${from.site}` : 'without naming the site that uses them';
    throw new ApiError(refusal, `Keys of this account may not be used ${where}.`);
  }
}

/**
 * Finds out who calls: a program by its key, or a person by a session's cookie. A key wins where both come.
 * @throws ApiError UNAUTHENTICATED, ADDRESS_NOT_ALLOWED, DOMAIN_NOT_ALLOWED, WRONG_ACCOUNT, CROSS_SITE, NO_ACCOUNT,
 *   NOT_FOUND (operations named an account that is not there)
 */
export async function authenticate(deps: Deps, signIn: SignIn, c: Context<Env>): Promise<Caller> {
  const bySession = c.req.header('authorization') === undefined && bringsSession(c.req.raw.headers);
  return bySession ? callerOfSession(deps, signIn, c) : callerOfKey(deps, c);
}

async function callerOfKey(deps: Deps, c: Context<Env>): Promise<Caller> {
  const [scheme, given, rest] = (c.req.header('authorization') ?? '').trim().split(/\s+/);
  if (!given || rest !== undefined || scheme?.toLowerCase() !== 'bearer') {
    throw unauthenticated('Sign in, or send a key as "Authorization: Bearer ck_...".');
  }
  const key = KEY.test(given) ? await findApiKey(deps.db, { hash: hashKey(given) }) : undefined;
  if (!key) throw unauthenticated('The key is not known.');
  if (key.revokedAt) throw unauthenticated('The key has been revoked.');
  const from = sourceOf(deps, c);
  // Before anything else is read or written, the key's last use included. Operations are bound to no account's lists.
  if (key.accountId !== null) await requireAllowed(deps, key.accountId, from);
  const accountId = accountIdOf(key.accountId, c.req.header('x-account-id'));
  const account = accountId === undefined ? undefined : await getAccount(deps.db, { accountId });
  if (accountId !== undefined && !account) throw new ApiError('NOT_FOUND', 'There is no such account.');
  await touchApiKey(deps.db, { id: key.id });
  c.set('keyId', key.id);
  c.set('accountId', accountId);
  return {
    keyId: key.id,
    session: undefined,
    role: undefined,
    actor: `key:${key.id}`,
    scopes: key.scopes,
    operations: key.accountId === null,
    account,
    ...from,
  };
}

/**
 * A person. The lists of networks and sites bind keys, which programs hold and lose; a person proves more than
 * possession, and must be able to mend those lists when they are wrong.
 */
async function callerOfSession(deps: Deps, signIn: SignIn, c: Context<Env>): Promise<Caller> {
  const found = await signIn.session(c.req.raw.headers);
  if (!found) throw unauthenticated('The session has ended. Sign in again.');
  requireOwnPage(c.req.raw, deps.publicUrl);
  const { session, cookies } = found;
  const { user } = session;
  const accounts = await accountsOfUser(deps.db, { userId: user.id });
  const wanted =
    accountIdOf(null, c.req.header('x-account-id')) ?? session.activeAccountId ?? accounts[0]?.id;
  const membership = accounts.find(({ id }) => id === wanted);
  if (wanted !== undefined && !membership && !user.operations) {
    throw new ApiError('WRONG_ACCOUNT', `You do not belong to account ${wanted}.`);
  }
  const account = wanted === undefined ? undefined : await getAccount(deps.db, { accountId: wanted });
  if (wanted !== undefined && !account) throw new ApiError('NOT_FOUND', 'There is no such account.');
  if (!account && !user.operations) throw new ApiError('NO_ACCOUNT', 'You do not belong to any account.');
  c.set('userId', user.id);
  c.set('accountId', wanted);
  c.set('cookies', cookies);
  return {
    keyId: undefined,
    session,
    role: membership?.role,
    actor: `user:${user.id}`,
    scopes: user.operations ? ['*'] : membership ? SCOPES_OF_ROLE[membership.role] : [],
    operations: user.operations,
    account,
    ...sourceOf(deps, c),
  };
}
