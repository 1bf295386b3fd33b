/** The people of an account: invited by mail, given a role, let out and in again. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import { askPasswordLink, countPasswordLinks } from '../../db/queries/password-links.ts';
import {
  addMembership,
  changeMembership,
  ensureUser,
  getMember,
  listMembers,
  lockOwners,
  type Member,
} from '../../db/queries/users.ts';
import { mayGive, ROLES, type Role } from '../../domain/role.ts';
import type { Caller } from '../context.ts';
import { decodeCursor, pageFrom } from '../cursor.ts';
import { type Api, change, read } from '../endpoint.ts';
import { ApiError, notFound } from '../errors.ts';
import { idParam, maybeMoment, moment, pageOf, paging } from '../schemas.ts';

/** Between two links for the same person: enough to find the first one. */
const LINK_EVERY_SECONDS = 60;
const TAG = 'Users';

const role = z.enum(ROLES);
const user = z
  .object({
    id: z.int(),
    email: z.string(),
    name: z.string(),
    role,
    status: z.enum(['INVITED', 'ACTIVE', 'DISABLED']).openapi({
      description: '`INVITED`: no password has been set yet. `DISABLED`: may not act for this account.',
    }),
    secondFactor: z.boolean(),
    invitation: z
      .enum(['WAITING', 'RESERVED', 'SENT', 'FAILED'])
      .nullable()
      .openapi({ description: 'How the last link to set a password fared; null where none was asked for.' }),
    createdAt: moment,
    disabledAt: maybeMoment,
    lastSignInAt: maybeMoment.openapi({ description: 'Of a session that lasts.' }),
  })
  .openapi('User');

const newUser = z
  .strictObject({
    email: z
      .email('must be a mail address')
      .max(254)
      .transform((text) => text.toLowerCase())
      .openapi({ type: 'string', format: 'email' }),
    name: z.string().trim().min(1).max(100),
    role,
  })
  .openapi('NewUser');

const userChange = z
  .strictObject({
    role: role.optional(),
    disabled: z.boolean().optional().openapi({ description: 'True: may not act for this account any more.' }),
  })
  .refine((given) => given.role !== undefined || given.disabled !== undefined, 'names nothing to change')
  .openapi('UserChange');

function shown({ hasPassword, ...member }: Member): z.input<typeof user> {
  const status = member.disabledAt ? 'DISABLED' : hasPassword ? 'ACTIVE' : 'INVITED';
  return { ...member, status };
}

/** @throws ApiError MISSING_SCOPE: nobody gives, or takes, more than they have */
function requireMayGive(caller: Caller, given: Role): void {
  if (mayGive(caller.scopes, given)) return;
  throw new ApiError('MISSING_SCOPE', `The role ${given} may do more than you may yourself.`);
}

async function requireMember(db: Database, accountId: number, userId: number): Promise<Member> {
  const found = await getMember(db, { accountId, userId });
  if (!found) throw notFound('user');
  return found;
}

export function userRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/users',
      tag: TAG,
      summary: 'People of the account',
      scope: 'users:read',
      query: paging,
      reply: pageOf(user, 'UserPage'),
    },
    async ({ db, account, query }) => {
      const afterId = decodeCursor(z.int(), query.cursor);
      const rows = await listMembers(db, { accountId: account.id, limit: query.limit + 1, afterId });
      return pageFrom(rows.map(shown), query.limit, (last) => last.id);
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/users/{id}',
      tag: TAG,
      summary: 'One person',
      scope: 'users:read',
      params: idParam,
      reply: user,
    },
    async ({ db, account, params }) => shown(await requireMember(db, account.id, params.id)),
  );
  invitations(api);
  changes(api);
}

function invitations(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/users',
      tag: TAG,
      summary: 'Invite a person',
      description:
        'They get a mail with a link to set a password; it works once, for seven days. Whoever has a password from another account keeps it and finds this account in theirs.',
      scope: 'users:write',
      body: newUser,
      status: 201,
      reply: user,
      errors: ['USER_EXISTS'],
    },
    async ({ db, caller, account, body, audit }) => {
      requireMayGive(caller, body.role);
      const { id: userId } = await ensureUser(db, { email: body.email, name: body.name });
      const isNew = await addMembership(db, { userId, accountId: account.id, role: body.role });
      if (!isNew) throw new ApiError('USER_EXISTS', 'The person belongs to the account already.');
      const member = await requireMember(db, account.id, userId);
      if (!member.hasPassword) {
        await askPasswordLink(db, { userId, accountId: account.id, invitedBy: caller.actor });
      }
      await audit('user.invite', `user/${userId}`, { role: body.role });
      return shown(await requireMember(db, account.id, userId));
    },
  );
  change(
    api,
    {
      method: 'post',
      path: '/users/{id}/invite',
      tag: TAG,
      summary: 'Mail a new link to set a password',
      description: 'The links before it end when it is used.',
      scope: 'users:write',
      params: idParam,
      status: 202,
      reply: user,
      errors: ['TOO_MANY_TRIES'],
    },
    async ({ db, caller, account, params, audit }) => {
      const { id: userId } = await requireMember(db, account.id, params.id);
      if ((await countPasswordLinks(db, { userId, withinSeconds: LINK_EVERY_SECONDS })) > 0) {
        throw new ApiError('TOO_MANY_TRIES', 'A link was asked for within the last minute.', [], {
          'Retry-After': String(LINK_EVERY_SECONDS),
        });
      }
      await askPasswordLink(db, { userId, accountId: account.id, invitedBy: caller.actor });
      await audit('user.invite-again', `user/${userId}`);
      return shown(await requireMember(db, account.id, userId));
    },
  );
}

function changes(api: Api): void {
  change(
    api,
    {
      method: 'patch',
      path: '/users/{id}',
      tag: TAG,
      summary: 'Change a role, or end or reopen the way in',
      description: 'Holds from the next call on. An account keeps at least one owner.',
      scope: 'users:write',
      params: idParam,
      body: userChange,
      reply: user,
      errors: ['LAST_OWNER'],
    },
    async ({ db, caller, account, params, body, audit }) => {
      const key = { accountId: account.id, userId: params.id };
      // Before the member is read: of two owners who demote each other at once, the later one sees the earlier.
      const owners = await lockOwners(db, { accountId: account.id });
      const member = await requireMember(db, account.id, params.id);
      requireMayGive(caller, member.role);
      if (body.role) requireMayGive(caller, body.role);
      const stays = (body.role ?? member.role) === 'owner' && body.disabled !== true;
      if (owners.includes(params.id) && !stays && owners.length === 1) {
        throw new ApiError('LAST_OWNER', 'This is the only owner. Make somebody else an owner first.');
      }
      await changeMembership(db, { ...key, ...body });
      await audit('user.change', `user/${params.id}`, body);
      return shown(await requireMember(db, account.id, params.id));
    },
  );
}
