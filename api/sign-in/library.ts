/**
 * Signing in by the library better-auth: sessions in cookies, second factors, limits by address. The rest of the API
 * sees what is exported here and nothing of the library, whose own addresses are not served.
 */
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';
import type { Database } from '../../db/client.ts';
import { hashPassword, isPassword } from '../../db/password-hash.ts';
import { accountsOfUser } from '../../db/queries/users.ts';
import {
  credentials,
  secondFactors,
  sessions,
  signInRates,
  users,
  verifications,
} from '../../db/schema/index.ts';
import type { Logger } from '../../log.ts';

/** A session ends when nobody has used it for a week. */
const SESSION_SECONDS = 7 * 24 * 3600;
/** How often a session in use is written anew. */
const REFRESH_SECONDS = 24 * 3600;
/** Calls of one address a minute: an office behind one address may sign in together, a guesser gets nowhere. */
const SIGN_INS_A_MINUTE = 30;
const CODES_A_MINUTE = 20;
export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 200;
/** Ours alone: what a caller sends under this name is replaced. */
const ADDRESS_HEADER = 'x-clarion-caller';
/** Inside this process alone; the library wants a whole URL. */
const INSIDE = 'http://inside/sign-in';

/** Who is signed in. */
export interface Session {
  id: number;
  token: string;
  activeAccountId: number | null;
  expiresAt: Date;
  user: { id: number; email: string; name: string; operations: boolean; secondFactor: boolean };
}

export interface SignInOptions {
  db: Database;
  /** Signs cookies and encrypts second factors: at least 32 characters, kept for good. */
  secret: string;
  /** Where people reach the console; decides whether cookies are for HTTPS alone. */
  publicUrl?: string | undefined;
  log: Logger;
}

/** What the library answers: its status, its JSON, and the cookies to pass on. */
export interface LibraryReply {
  status: number;
  body: Record<string, unknown>;
  cookies: string[];
  retryAfter: string | undefined;
}

export interface SignIn {
  /** The session of a call's cookie, with cookies to pass on where it was written anew. */
  session(headers: Headers): Promise<{ session: Session; cookies: string[] } | undefined>;
  /**
   * Calls one of the library's doors.
   * @param call.address the caller's, for limits and the session's own record
   */
  ask(
    door: string,
    call: { headers: Headers; address: string | undefined; body: Record<string, unknown> },
  ): Promise<LibraryReply>;
}

/** Whether a call brings a session's cookie, whatever it is worth. */
export const bringsSession = (headers: Headers): boolean =>
  /(^|;\s*)(__Secure-)?clarion\.session_token=/.test(headers.get('cookie') ?? '');

export function createSignIn(options: SignInOptions): SignIn {
  const library = openLibrary(options);
  return {
    async session(headers) {
      const { response, headers: replied } = await library.api.getSession({ headers, returnHeaders: true });
      if (!response) return undefined;
      const { session, user } = response;
      return {
        session: {
          id: Number(session.id),
          token: session.token,
          activeAccountId: session.activeAccountId ?? null,
          expiresAt: session.expiresAt,
          user: {
            id: Number(user.id),
            email: user.email,
            name: user.name,
            operations: user.operations === true,
            secondFactor: user.twoFactorEnabled === true,
          },
        },
        cookies: replied?.getSetCookie() ?? [],
      };
    },
    async ask(door, { headers, address, body }) {
      const sent = new Headers({ 'content-type': 'application/json' });
      for (const name of ['cookie', 'user-agent']) {
        const value = headers.get(name);
        if (value !== null) sent.set(name, value);
      }
      if (address !== undefined) sent.set(ADDRESS_HEADER, address);
      const reply = await library.handler(
        new Request(`${INSIDE}${door}`, { method: 'POST', headers: sent, body: JSON.stringify(body) }),
      );
      const text = await reply.text();
      return {
        status: reply.status,
        body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
        cookies: reply.headers.getSetCookie(),
        retryAfter: reply.headers.get('x-retry-after') ?? undefined,
      };
    },
  };
}

function openLibrary({ db, secret, publicUrl, log }: SignInOptions) {
  return betterAuth({
    appName: 'Clarion',
    baseURL: 'http://inside',
    basePath: '/sign-in',
    secret,
    telemetry: { enabled: false },
    // Its messages come with addresses of people: the message alone is kept.
    logger: { level: 'error', log: (level, message) => log.warn({ level }, `sign-in: ${message}`) },
    database: drizzleAdapter(db.orm, {
      provider: 'pg',
      schema: {
        user: users,
        session: sessions,
        account: credentials,
        verification: verifications,
        twoFactor: secondFactors,
        rateLimit: signInRates,
      },
    }),
    user: { additionalFields: { operations: { type: 'boolean', required: false, input: false } } },
    session: {
      expiresIn: SESSION_SECONDS,
      updateAge: REFRESH_SECONDS,
      additionalFields: { activeAccountId: { type: 'number', required: false, input: false } },
    },
    emailAndPassword: {
      enabled: true,
      // People are invited (`/users`).
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      password: { hash: hashPassword, verify: ({ hash, password }) => isPassword(hash, password) },
    },
    plugins: [twoFactor({ issuer: 'Clarion' })],
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => {
            const userId = Number(session.userId);
            const accounts = await accountsOfUser(db, { userId });
            const user = await context?.context.internalAdapter.findUserById(session.userId);
            const isOperator = (user as { operations?: boolean } | null | undefined)?.operations === true;
            if (accounts.length === 0 && !isOperator) {
              throw new APIError('FORBIDDEN', { code: 'NO_ACCOUNT', message: 'no account' });
            }
            return { data: { ...session, activeAccountId: accounts[0]?.id ?? null } };
          },
        },
      },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 120,
      customRules: {
        '/sign-in/email': { window: 60, max: SIGN_INS_A_MINUTE },
        '/two-factor/*': { window: 60, max: CODES_A_MINUTE },
      },
    },
    advanced: {
      cookiePrefix: 'clarion',
      useSecureCookies: publicUrl?.startsWith('https:') ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      // It would have columns for kinds of signing in that there are none of; test/api/session.test.ts opens every door.
      database: { generateId: 'serial', validateSchema: false },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      // `same-site.ts` judges every call with a cookie before it comes here.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
  });
}
