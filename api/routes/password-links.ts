/** A password forgotten, or never set: a link by mail, and the door it opens, once. */
import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { inTransaction } from '../../db/client.ts';
import { hashPassword } from '../../db/password-hash.ts';
import { askPasswordLink, countPasswordLinks, usePasswordLink } from '../../db/queries/password-links.ts';
import { forgetSignInTries, takeSignInTry } from '../../db/queries/sign-in-tries.ts';
import { endSessionsOf, findUserByEmail, getUser, setPassword } from '../../db/queries/users.ts';
import { sourceOf } from '../auth.ts';
import { type Api, open } from '../endpoint.ts';
import { ApiError } from '../errors.ts';
import { emailHash } from '../sign-in/doors.ts';
import { newPassword } from '../sign-in/password-rule.ts';
import { auditUser } from '../sign-in/user-audit.ts';

const TAG = 'Signing in';
const BODY_BYTES = 10_000;
/** Links for one person, and calls of one address, within some seconds. */
const LINKS = { most: 3, withinSeconds: 3600 };
const ASKED = { most: 20, windowSeconds: 3600 };

export function passwordLinkRoutes(api: Api): void {
  open(
    api,
    {
      method: 'post',
      path: '/session/forgotten',
      tag: TAG,
      scope: 'public',
      summary: 'Have a link mailed that sets a new password',
      description: 'Answers the same whether the address is known or not. The link works once, for an hour.',
      body: z.strictObject({ email: z.string().trim().min(1).max(254) }).openapi('ForgottenPassword'),
      bodyLimitBytes: BODY_BYTES,
      status: 202,
      errors: ['TOO_MANY_TRIES'],
    },
    async ({ c, body, db }) => {
      const { address } = sourceOf(api.deps, c);
      const key = { emailHash: emailHash(`forgotten from ${address ?? 'somewhere'}`) };
      const waitSeconds = await takeSignInTry(db, { ...key, ...ASKED });
      if (waitSeconds !== undefined) {
        throw new ApiError('TOO_MANY_TRIES', 'Too many links have been asked for from here.', [], {
          'Retry-After': String(waitSeconds),
        });
      }
      const user = await findUserByEmail(db, { email: body.email.toLowerCase() });
      if (user && (await countPasswordLinks(db, { userId: user.id, ...LINKS })) < LINKS.most) {
        await askPasswordLink(db, { userId: user.id });
      }
      return new Response(null, { status: 202 });
    },
  );
  open(
    api,
    {
      method: 'post',
      path: '/session/set-password',
      tag: TAG,
      scope: 'public',
      summary: 'Set a password by a mailed link; every session of the person ends',
      body: z
        .strictObject({ token: z.string().regex(/^[\w-]{43}$/, 'is not the token of a link'), newPassword })
        .openapi('PasswordByLink'),
      bodyLimitBytes: BODY_BYTES,
      status: 204,
      errors: ['LINK_SPENT'],
    },
    async ({ c, body, db }) => {
      const passwordHash = await hashPassword(body.newPassword);
      const tokenHash = createHash('sha256').update(body.token).digest('hex');
      const { address } = sourceOf(api.deps, c);
      await inTransaction(db, async (tx) => {
        const used = await usePasswordLink(tx, { tokenHash });
        if (!used) {
          throw new ApiError('LINK_SPENT', 'The link has been used or is too old. Ask for a new one.');
        }
        const { userId } = used;
        await setPassword(tx, { userId, passwordHash, emailProved: true });
        await endSessionsOf(tx, { userId });
        const user = await getUser(tx, { userId });
        if (user) await forgetSignInTries(tx, { emailHash: emailHash(user.email) });
        await auditUser(tx, { userId, address, action: 'user.set-password' });
      });
      return new Response(null, { status: 204 });
    },
  );
}
