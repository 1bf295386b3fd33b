/** Keys of programs: found by hash, made, listed, revoked. The key itself never reaches the database. */
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { apiKeys } from '../schema/index.ts';

export type ApiKey = typeof apiKeys.$inferSelect;

/** The key with this SHA-256 (hex), revoked or not, of any account: this is how a caller's account is found. */
export async function findApiKey(db: Database, input: { hash: string }): Promise<ApiKey | undefined> {
  const [found] = await db.orm.select().from(apiKeys).where(eq(apiKeys.hash, input.hash));
  return found;
}

/** Notes that a key was used. At most one write a minute and key, so that reading stays reading. */
export async function touchApiKey(db: Database, input: { id: number }): Promise<void> {
  await db.sql`
    update api_keys set last_used_at = now()
    where id = ${input.id} and (last_used_at is null or last_used_at < now() - interval '1 minute')`;
}

export interface NewApiKey {
  /** Absent for a key of operations. */
  accountId: number | null;
  name: string;
  prefix: string;
  hash: string;
  scopes: string[];
}

export async function createApiKey(db: Database, input: NewApiKey): Promise<ApiKey> {
  const [made] = await db.orm.insert(apiKeys).values(input).returning();
  if (!made) throw new Error('the key was not stored');
  return made;
}

const ofAccount = (accountId: number | null) =>
  accountId === null ? isNull(apiKeys.accountId) : eq(apiKeys.accountId, accountId);

/** Newest first, from below `beforeId`. */
export async function listApiKeys(
  db: Database,
  input: { accountId: number | null; limit: number; beforeId?: number | undefined },
): Promise<ApiKey[]> {
  return db.orm
    .select()
    .from(apiKeys)
    .where(
      and(
        ofAccount(input.accountId),
        input.beforeId === undefined ? undefined : lt(apiKeys.id, input.beforeId),
      ),
    )
    .orderBy(desc(apiKeys.id))
    .limit(input.limit);
}

/** Ends a key for good. Undefined when the account has no such key; harmless when it was revoked before. */
export async function revokeApiKey(
  db: Database,
  input: { accountId: number | null; id: number },
): Promise<ApiKey | undefined> {
  const [revoked] = await db.orm
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
    .where(and(ofAccount(input.accountId), eq(apiKeys.id, input.id)))
    .returning();
  return revoked;
}
