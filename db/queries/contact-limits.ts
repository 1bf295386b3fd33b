/** The account's limits on how often a person is contacted. */
import { eq } from 'drizzle-orm';
import type { FrequencyLimits } from '../../domain/frequency.ts';
import type { Database } from '../client.ts';
import { accounts } from '../schema/index.ts';

/** The audit entry of a change: `detail` has the limits before and after it, so what held when can be told. */
export const LIMITS_CHANGED = 'contact-limits.change';

/** Sets them; the next reservation goes by them. @returns those before. @throws Error when there is no such account */
export async function setContactLimits(
  tx: Database,
  input: { accountId: number; change: Partial<FrequencyLimits> },
): Promise<{ before: FrequencyLimits; after: FrequencyLimits }> {
  const [before] = await tx.sql<FrequencyLimits[]>`
    select contacts_per_day as "perDay", contact_gap_ms as "gapMs" from accounts
    where id = ${input.accountId} for update`;
  if (!before) throw new Error(`account ${input.accountId} does not exist`);
  const after = { ...before, ...input.change };
  await tx.orm
    .update(accounts)
    .set({ contactsPerDay: after.perDay, contactGapMs: after.gapMs })
    .where(eq(accounts.id, input.accountId));
  return { before, after };
}

/**
 * The limits that held at a moment: as the next change after it says of before, else as they are now.
 * @throws Error when there is no such account
 */
export async function contactLimitsAt(
  db: Database,
  input: { accountId: number; at: Date },
): Promise<FrequencyLimits> {
  const [found] = await db.sql<{ limits: FrequencyLimits }[]>`
    select coalesce(
      (select l.detail -> 'before' from audit_log l
       where l.account_id = ${input.accountId} and l.action = ${LIMITS_CHANGED} and l.at > ${input.at}
       order by l.id limit 1),
      jsonb_build_object('perDay', a.contacts_per_day, 'gapMs', a.contact_gap_ms)) as limits
    from accounts a where a.id = ${input.accountId}`;
  if (!found) throw new Error(`account ${input.accountId} does not exist`);
  return found.limits;
}
