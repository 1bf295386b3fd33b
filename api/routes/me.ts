/** Who calls, for which account, and what they may do there: the first thing a console asks. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../../db/client.ts';
import { accountsOfUser, allAccounts } from '../../db/queries/users.ts';
import { ROLES } from '../../domain/role.ts';
import { authenticate } from '../auth.ts';
import type { Caller } from '../context.ts';
import { type Api, open, read } from '../endpoint.ts';
import { ApiError } from '../errors.ts';

/** Accounts that operations can switch to in a list; beyond that they name one. */
const MOST_ACCOUNTS = 500;

const accountOfMe = z
  .object({
    id: z.int(),
    name: z.string(),
    timeZone: z.string(),
    defaultCountry: z.string(),
    role: z.enum(ROLES).nullable().openapi({ description: 'Null for operations who do not belong to it.' }),
  })
  .openapi('AccountOfMe');

const me = z
  .object({
    user: z
      .object({ id: z.int(), email: z.string(), name: z.string(), secondFactor: z.boolean() })
      .nullable()
      .openapi({ description: 'Null for a key.' }),
    operations: z.boolean(),
    account: z.union([accountOfMe, z.null()]).openapi({ description: 'The account acted for.' }),
    accounts: z.array(accountOfMe).openapi({ description: 'Those that may be acted for.' }),
    scopes: z.array(z.string()),
    links: z
      .object({ temporalUi: z.string().optional(), inbox: z.string().optional() })
      .openapi({ description: 'Where to look further.' }),
  })
  .openapi('Me');

export function meRoutes(api: Api): void {
  read(
    api,
    { method: 'get', path: '/me', tag: 'Signing in', summary: 'Who calls', scope: 'any', reply: me },
    ({ db, caller }) => describeCaller(api, db, caller),
  );
  open(
    api,
    {
      method: 'get',
      path: '/session',
      tag: 'Signing in',
      summary: 'Who is signed in, if anybody',
      description:
        'As `GET /me`, without a refusal for those who are not signed in: what a console asks first.',
      scope: 'public',
      reply: z.object({ me: z.union([me, z.null()]) }).openapi('SignedInAs'),
    },
    async ({ c, db }) => {
      const caller = await authenticate(api.deps, api.signIn, c).catch((error: unknown) => {
        if (error instanceof ApiError && error.code !== 'INTERNAL') return undefined;
        throw error;
      });
      return Response.json({ me: caller ? await describeCaller(api, db, caller) : null });
    },
  );
}

async function describeCaller(api: Api, db: Database, caller: Caller): Promise<z.input<typeof me>> {
  const { session, account, role = null } = caller;
  const mine = session ? await accountsOfUser(db, { userId: session.user.id }) : [];
  const others = caller.operations ? await allAccounts(db, { limit: MOST_ACCOUNTS }) : [];
  const shown = account && {
    id: account.id,
    name: account.name,
    timeZone: account.timeZone,
    defaultCountry: account.defaultCountry,
    role,
  };
  const known = new Set(mine.map(({ id }) => id));
  const more = others.filter(({ id }) => !known.has(id)).map((one) => ({ ...one, role: null }));
  const accounts = [...mine, ...more];
  return {
    user: session
      ? {
          id: session.user.id,
          email: session.user.email,
          name: session.user.name,
          secondFactor: session.user.secondFactor,
        }
      : null,
    operations: caller.operations,
    account: shown ?? null,
    accounts: accounts.length > 0 || !shown ? accounts : [shown],
    scopes: [...caller.scopes],
    links: api.deps.links,
  };
}
