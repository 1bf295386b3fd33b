/** What happened to a request as a whole, in order, for those who watch it. */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database, Sql } from '../client.ts';
import { requestEvents } from '../schema/index.ts';

export type RequestEvent = typeof requestEvents.$inferSelect;

export async function addRequestEvent(
  db: Database,
  input: { accountId: number; requestId: number; type: string; data?: Record<string, unknown> },
): Promise<void> {
  await db.orm.insert(requestEvents).values(input);
}

/** Events after `afterId` (0: from the first), oldest first. */
export async function listRequestEvents(
  db: Database,
  input: { accountId: number; requestId: number; afterId: number; limit: number },
): Promise<RequestEvent[]> {
  return db.orm
    .select()
    .from(requestEvents)
    .where(
      and(
        eq(requestEvents.accountId, input.accountId),
        eq(requestEvents.requestId, input.requestId),
        gt(requestEvents.id, input.afterId),
      ),
    )
    .orderBy(asc(requestEvents.id))
    .limit(input.limit);
}

/** Adds a line to what happened to a request as a whole. */
export async function addEvent(
  tx: Sql,
  ids: { accountId: number; requestId: number },
  type: string,
  data: Record<string, string | number | boolean | null> = {},
): Promise<void> {
  await tx`
    insert into request_events (account_id, request_id, type, data)
    values (${ids.accountId}, ${ids.requestId}, ${type}, ${tx.json(data)})`;
}
