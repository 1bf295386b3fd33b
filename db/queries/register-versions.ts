/** Which loads of the do-not-call register there have been, for those who ask. */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { registerVersions } from '../schema/index.ts';

export type RegisterVersion = typeof registerVersions.$inferSelect;

/** Newest first, from below `beforeId`. */
export async function listRegisterVersions(
  db: Database,
  input: { accountId: number; limit: number; beforeId?: number | undefined },
): Promise<RegisterVersion[]> {
  return db.orm
    .select()
    .from(registerVersions)
    .where(
      and(
        eq(registerVersions.accountId, input.accountId),
        input.beforeId === undefined ? undefined : lt(registerVersions.id, input.beforeId),
      ),
    )
    .orderBy(desc(registerVersions.id))
    .limit(input.limit);
}

export async function getRegisterVersion(
  db: Database,
  input: { accountId: number; versionId: number },
): Promise<RegisterVersion | undefined> {
  const [found] = await db.orm
    .select()
    .from(registerVersions)
    .where(and(eq(registerVersions.accountId, input.accountId), eq(registerVersions.id, input.versionId)));
  return found;
}
