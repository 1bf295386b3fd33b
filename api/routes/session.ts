/** Signing in and out, and what a person keeps in order about it: password, second factor, the account acted for. */
import { z } from '@hono/zod-openapi';
import { getAccount } from '../../db/queries/accounts.ts';
import { forgetSignInTries, takeSignInTry } from '../../db/queries/sign-in-tries.ts';
import { accountsOfUser, endSessionsOf, findUserByEmail, setActiveAccount } from '../../db/queries/users.ts';
import { sourceOf } from '../auth.ts';
import { readJson } from '../body.ts';
import type { Caller } from '../context.ts';
import { type Api, type Call, endpoint, open, type Spec } from '../endpoint.ts';
import { ApiError, type ErrorCode, fromZod } from '../errors.ts';
import { id } from '../schemas.ts';
import { askDoor, emailHash } from '../sign-in/doors.ts';
import { LONGEST_PASSWORD, type Session } from '../sign-in/library.ts';
import { newPassword } from '../sign-in/password-rule.ts';
import { auditUser } from '../sign-in/user-audit.ts';
import { passwordLinkRoutes } from './password-links.ts';

const TAG = 'Signing in';
const BODY_BYTES = 10_000;
/** Wrong passwords for one address of mail, whoever sends them, within a quarter of an hour. */
const TRIES = { most: 10, windowSeconds: 900 };

const password = z.string().min(1).max(LONGEST_PASSWORD);
const code = z
  .string()
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'must be six digits'));

const signedIn = z
  .object({
    signedIn: z.boolean(),
    secondFactor: z.boolean().openapi({ description: 'A code is wanted: `POST /session/code`.' }),
  })
  .openapi('SignedIn');
const secondFactorBegun = z
  .object({
    uri: z.string().openapi({ description: '`otpauth://` URI for an authenticator app.' }),
    recoveryCodes: z.array(z.string()).openapi({ description: 'Each works once. Shown this once.' }),
  })
  .openapi('SecondFactorBegun');
const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) }).openapi('RecoveryCodes');

type Signed = Caller & { session: Session };

/** A change of the signed-in person's own. `handle` gets their session; keys are refused. */
function own<B extends z.ZodType, R extends z.ZodType | undefined = undefined>(
  api: Api,
  spec: { path: string; summary: string; body: B; reply?: R; errors?: ErrorCode[] },
  handle: (call: Call<undefined, undefined> & { caller: Signed; body: z.output<B> }) => Promise<unknown>,
): void {
  const whole = {
    ...spec,
    method: 'post',
    tag: TAG,
    scope: 'any',
    status: spec.reply ? 200 : 204,
    errors: ['SESSION_ONLY', ...(spec.errors ?? [])],
  } satisfies Spec<undefined, undefined, B, R>;
  endpoint<undefined, undefined, B, R>(api, whole, async (call) => {
    const { session } = call.caller;
    if (!session) throw new ApiError('SESSION_ONLY', 'Keys have no session.');
    const { value } = await readJson(call.c.req.raw, BODY_BYTES);
    const parsed = spec.body.safeParse(value);
    if (!parsed.success) throw fromZod(parsed.error, 'body');
    const caller = Object.assign(call.caller, { session });
    const reply = await handle({ ...plain(call), caller, body: parsed.data });
    return reply === undefined ? new Response(null, { status: 204 }) : Response.json(reply);
  });
}

/** A call without its getter `account`, which throws for operations who named none. */
const plain = (call: Call<undefined, undefined>): Call<undefined, undefined> =>
  Object.defineProperties({}, Object.getOwnPropertyDescriptors(call)) as Call<undefined, undefined>;

export function sessionRoutes(api: Api): void {
  doors(api);
  passwordLinkRoutes(api);
  ownAccount(api);
  ownPassword(api);
  secondFactor(api);
}

function doors(api: Api): void {
  open(
    api,
    {
      method: 'post',
      path: '/session',
      tag: TAG,
      scope: 'public',
      summary: 'Sign in; the session is a cookie',
      body: z.strictObject({ email: z.string().trim().min(1).max(254), password }).openapi('SignIn'),
      bodyLimitBytes: BODY_BYTES,
      reply: signedIn,
      errors: ['SIGN_IN_REFUSED', 'NO_ACCOUNT', 'TOO_MANY_TRIES'],
    },
    async ({ c, body, db }) => {
      const email = body.email.toLowerCase();
      const tried = { emailHash: emailHash(email) };
      const waitSeconds = await takeSignInTry(db, { ...tried, ...TRIES });
      if (waitSeconds !== undefined) {
        throw new ApiError(
          'TOO_MANY_TRIES',
          `Too many wrong passwords for this address. Try again in ${Math.ceil(waitSeconds / 60)} minutes, or set a new password.`,
          [],
          { 'Retry-After': String(waitSeconds) },
        );
      }
      const reply = await askDoor(api, c, '/sign-in/email', { email, password: body.password });
      await forgetSignInTries(db, tried);
      const wantsCode = reply.body.twoFactorRedirect === true;
      const user = wantsCode ? undefined : await findUserByEmail(db, { email });
      const { address } = sourceOf(api.deps, c);
      if (user) await auditUser(db, { userId: user.id, address, action: 'user.sign-in' });
      return Response.json({ signedIn: !wantsCode, secondFactor: wantsCode });
    },
  );
  open(
    api,
    {
      method: 'post',
      path: '/session/code',
      tag: TAG,
      scope: 'public',
      summary: 'Finish signing in with a code of the second factor, or a recovery code',
      body: z
        .union([
          z.strictObject({ code }),
          z.strictObject({ recoveryCode: z.string().trim().min(1).max(100) }),
        ])
        .openapi('SignInCode'),
      bodyLimitBytes: BODY_BYTES,
      reply: signedIn,
      errors: ['CODE_REFUSED', 'SIGN_IN_EXPIRED', 'TOO_MANY_TRIES', 'NO_ACCOUNT'],
    },
    async ({ c, body, db }) => {
      const reply =
        'code' in body
          ? await askDoor(api, c, '/two-factor/verify-totp', { code: body.code })
          : await askDoor(api, c, '/two-factor/verify-backup-code', { code: body.recoveryCode });
      const user = reply.body.user as { id?: string | number } | undefined;
      const { address } = sourceOf(api.deps, c);
      if (user?.id !== undefined)
        await auditUser(db, { userId: Number(user.id), address, action: 'user.sign-in' });
      return Response.json({ signedIn: true, secondFactor: false });
    },
  );
  open(
    api,
    {
      method: 'post',
      path: '/session/end',
      tag: TAG,
      scope: 'public',
      summary: 'Sign out here',
      body: z.strictObject({}),
      status: 204,
    },
    async ({ c }) => {
      await askDoor(api, c, '/sign-out');
      return new Response(null, { status: 204 });
    },
  );
}

function ownAccount(api: Api): void {
  own(
    api,
    {
      path: '/session/account',
      summary: 'Act for another account of yours',
      body: z.strictObject({ accountId: id }).openapi('ActiveAccount'),
      errors: ['WRONG_ACCOUNT'],
    },
    async ({ db, caller, body }) => {
      const accounts = await accountsOfUser(db, { userId: caller.session.user.id });
      const isMine = accounts.some((account) => account.id === body.accountId);
      if (!isMine && !(caller.operations && (await getAccount(db, body))))
        throw new ApiError('WRONG_ACCOUNT', `You do not belong to account ${body.accountId}.`);
      await setActiveAccount(db, { sessionId: caller.session.id, accountId: body.accountId });
    },
  );
  own(
    api,
    { path: '/session/end-all', summary: 'Sign out everywhere, here too', body: z.strictObject({}) },
    async ({ db, caller }) => {
      const { id: userId } = caller.session.user;
      await endSessionsOf(db, { userId });
      await auditUser(db, { userId, address: caller.address, action: 'user.sign-out-everywhere' });
    },
  );
}

function ownPassword(api: Api): void {
  own(
    api,
    {
      path: '/session/password',
      summary: 'Change the password; other sessions end',
      body: z.strictObject({ password, newPassword }).openapi('PasswordChange'),
      errors: ['WRONG_PASSWORD'],
    },
    async ({ c, db, caller, body }) => {
      await askDoor(api, c, '/change-password', {
        currentPassword: body.password,
        newPassword: body.newPassword,
        revokeOtherSessions: true,
      });
      const { id: userId } = caller.session.user;
      await auditUser(db, { userId, address: caller.address, action: 'user.change-password' });
    },
  );
}

function secondFactor(api: Api): void {
  const withPassword = z.strictObject({ password }).openapi('WithPassword');
  own(
    api,
    {
      path: '/session/second-factor',
      summary: 'Begin a second factor: a secret for an authenticator app, and recovery codes',
      body: withPassword,
      reply: secondFactorBegun,
      errors: ['WRONG_PASSWORD'],
    },
    async ({ c, body }) => {
      const reply = await askDoor(api, c, '/two-factor/enable', { password: body.password });
      return { uri: reply.body.totpURI, recoveryCodes: reply.body.backupCodes };
    },
  );
  own(
    api,
    {
      path: '/session/second-factor/confirm',
      summary: 'Switch the second factor on with its first code',
      body: z.strictObject({ code }).openapi('SecondFactorCode'),
      errors: ['CODE_REFUSED'],
    },
    async ({ c, db, caller, body }) => {
      await askDoor(api, c, '/two-factor/verify-totp', body);
      const { id: userId } = caller.session.user;
      await auditUser(db, { userId, address: caller.address, action: 'user.second-factor-on' });
    },
  );
  own(
    api,
    {
      path: '/session/second-factor/end',
      summary: 'Do without a second factor',
      body: withPassword,
      errors: ['WRONG_PASSWORD'],
    },
    async ({ c, db, caller, body }) => {
      await askDoor(api, c, '/two-factor/disable', { password: body.password });
      const { id: userId } = caller.session.user;
      await auditUser(db, { userId, address: caller.address, action: 'user.second-factor-off' });
    },
  );
  own(
    api,
    {
      path: '/session/second-factor/recovery-codes',
      summary: 'New recovery codes; the old ones end',
      body: withPassword,
      reply: recoveryCodes,
      errors: ['WRONG_PASSWORD'],
    },
    async ({ c, body }) => {
      const reply = await askDoor(api, c, '/two-factor/generate-backup-codes', { password: body.password });
      return { recoveryCodes: reply.body.backupCodes };
    },
  );
}
