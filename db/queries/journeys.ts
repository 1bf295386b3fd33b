/** What one person went through in one attempt, as the runner of flows stored it. */
import { and, eq } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { journeys } from '../schema/index.ts';

/** `JourneyEntry[]` in order; empty when the attempt has not begun to be served. */
export async function journeyEntries(
  db: Database,
  input: { accountId: number; attemptId: string },
): Promise<unknown[]> {
  const [found] = await db.orm
    .select({ entries: journeys.entries })
    .from(journeys)
    .where(and(eq(journeys.accountId, input.accountId), eq(journeys.attemptId, input.attemptId)));
  return found?.entries ?? [];
}
