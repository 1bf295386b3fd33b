/** Promotional hours that operations add to those built in. Of the platform: they hold for every account. */
import type { CallingWindow } from '../../domain/policy.ts';
import type { PromotionalRule } from '../../domain/promotional-hours.ts';
import type { Database } from '../client.ts';

export interface KeptPromotionalRule extends PromotionalRule {
  createdBy: string;
  createdAt: Date;
}

/** Those that have not been taken back. */
export async function listPromotionalRules(db: Database): Promise<KeptPromotionalRule[]> {
  const rows = await db.sql<(Omit<KeptPromotionalRule, 'id'> & { id: number })[]>`
    select id, country, effective_from::text as "effectiveFrom", source, windows,
           replaces_built_in as "replacesBuiltIn", created_by as "createdBy", created_at as "createdAt"
    from promotional_hours where removed_at is null order by country, effective_from, id`;
  return rows.map((row) => ({ ...row, id: String(row.id) }));
}

export async function addPromotionalRule(
  db: Database,
  input: Omit<PromotionalRule, 'id' | 'windows'> & { windows: CallingWindow[]; createdBy: string },
): Promise<string> {
  const { country, effectiveFrom, source, windows, replacesBuiltIn, createdBy } = input;
  const [made] = await db.sql<{ id: number }[]>`
    insert into promotional_hours (country, effective_from, source, windows, replaces_built_in, created_by)
    values (${country}, ${effectiveFrom}::date, ${source}, ${JSON.stringify(windows)}::text::jsonb,
            ${replacesBuiltIn}, ${createdBy})
    returning id`;
  if (!made) throw new Error('the rule was not stored');
  return String(made.id);
}

/** @returns false where there is no such rule, or it was taken back before */
export async function removePromotionalRule(db: Database, input: { id: number }): Promise<boolean> {
  const removed = await db.sql`
    update promotional_hours set removed_at = now() where id = ${input.id} and removed_at is null returning 1`;
  return removed.length > 0;
}
