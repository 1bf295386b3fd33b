/** How often one person may be contacted, over all requests of the account. */
import { z } from '@hono/zod-openapi';
import { LIMITS_CHANGED, setContactLimits } from '../../db/queries/contact-limits.ts';
import { readFrequencyLimits } from '../../db/queries/contacts.ts';
import { LONGEST_GAP_MS, MOST_A_DAY } from '../../domain/frequency.ts';
import { type Api, change, read } from '../endpoint.ts';

const perDay = z.int().min(1).max(MOST_A_DAY).nullable().openapi({
  description:
    'Calls to one number within a day of the person’s own calendar; text messages and mails likewise, each counted for itself. Null: no limit.',
});
const gapMs = z.int().min(0).max(LONGEST_GAP_MS).nullable().openapi({
  description: 'From the beginning of one contact to that of the next by the same medium. Null: none.',
});
const limits = z.object({ perDay, gapMs }).openapi('ContactLimits');

export function contactLimitRoutes(api: Api): void {
  const shared = { path: '/contact-limits', tag: 'Whitelist and blacklist' } as const;
  read(
    api,
    {
      ...shared,
      method: 'get',
      summary: 'How often a person may be contacted',
      scope: 'lists:read',
      reply: limits,
    },
    ({ db, account }) => readFrequencyLimits(db.sql, account.id),
  );
  change(
    api,
    {
      ...shared,
      method: 'patch',
      summary: 'Change how often a person may be contacted',
      description:
        'Counts from the next attempt on, in requests that are under way, too. A field that is left out stays as it is; null takes the limit away. A flow may be stricter by its setting `frequency`.',
      scope: 'lists:write',
      body: z.strictObject({ perDay: perDay.optional(), gapMs: gapMs.optional() }),
      reply: limits,
    },
    async ({ db, account, body, audit }) => {
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const { before, after } = await setContactLimits(db, { accountId: account.id, change: given });
      await audit(LIMITS_CHANGED, `account/${account.id}`, { before, after });
      return after;
    },
  );
}
