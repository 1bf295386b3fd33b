/** The account a key acts for. */
import { z } from '@hono/zod-openapi';
import { type Api, read } from '../endpoint.ts';
import { moment } from '../schemas.ts';

const account = z
  .object({
    id: z.int(),
    name: z.string(),
    timeZone: z.string(),
    defaultCountry: z.string(),
    holderEmail: z.string(),
    maxConcurrentCalls: z.int(),
    maxCallsPerSecond: z.int(),
    transactionalContract: z.boolean(),
    plainHttpWebhooks: z.boolean(),
    createdAt: moment,
  })
  .openapi('Account');

export function accountRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/accounts/me',
      tag: 'Accounts and keys',
      summary: 'The account the key acts for',
      scope: 'account:read',
      reply: account,
    },
    async (call) => {
      // What flows read as `$user.key.*` may hold secrets and is not shown.
      const { values: _, ...shown } = call.account;
      return shown;
    },
  );
}
