/** Reads and makes tenants. Shared by every interface that needs to know an account's zone, country or limits. */
import { eq } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { accounts } from '../schema/index.ts';

export type Account = typeof accounts.$inferSelect;

/** The account, or undefined when there is none. */
export async function getAccount(db: Database, input: { accountId: number }): Promise<Account | undefined> {
  const [found] = await db.orm.select().from(accounts).where(eq(accounts.id, input.accountId));
  return found;
}

/** Makes a tenant and answers it. */
export async function createAccount(db: Database, input: typeof accounts.$inferInsert): Promise<Account> {
  const [made] = await db.orm.insert(accounts).values(input).returning();
  if (!made) throw new Error('the account was not stored');
  return made;
}
