/**
 * Drafts as they were tried. What a test call runs must not change under it, so the draft is kept like a published
 * version, under a negative number: -1 is the first. Nothing else ever runs it.
 */
import type { Database } from '../client.ts';

/**
 * Keeps a definition that was checked. The last one again has its number; the flow's row is locked, so two at once
 * get two numbers.
 * @returns the number, from -1 down
 */
export async function keepDraft(
  tx: Database,
  input: { accountId: number; flowId: number; definition: unknown; triedBy: string },
): Promise<number> {
  const { accountId, flowId, triedBy } = input;
  const definition = JSON.stringify(input.definition);
  await tx.sql`select 1 from flows where account_id = ${accountId} and id = ${flowId} for update`;
  const [last] = await tx.sql<{ version: number; same: boolean }[]>`
    select version, definition = ${definition}::text::jsonb as same from flow_versions
    where account_id = ${accountId} and flow_id = ${flowId} and version < 0 order by version limit 1`;
  if (last?.same) return last.version;
  const version = (last?.version ?? 0) - 1;
  await tx.sql`
    insert into flow_versions (flow_id, version, account_id, definition, published_by)
    values (${flowId}, ${version}, ${accountId}, ${definition}::text::jsonb, ${triedBy})`;
  return version;
}
