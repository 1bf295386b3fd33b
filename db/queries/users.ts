/** People: found, made, joined to accounts, and what they may do there. */
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Role } from '../../domain/role.ts';
import type { Database } from '../client.ts';
import { accounts, credentials, memberships, passwordLinks, sessions, users } from '../schema/index.ts';

export type User = typeof users.$inferSelect;

export async function getUser(db: Database, input: { userId: number }): Promise<User | undefined> {
  const [found] = await db.orm.select().from(users).where(eq(users.id, input.userId));
  return found;
}

/** @param input.email in lower case */
export async function findUserByEmail(db: Database, input: { email: string }): Promise<User | undefined> {
  const [found] = await db.orm.select().from(users).where(eq(users.email, input.email));
  return found;
}

export interface AccountOfUser {
  id: number;
  name: string;
  timeZone: string;
  defaultCountry: string;
  role: Role;
}

/** The accounts a user may act for, by name. */
export async function accountsOfUser(db: Database, input: { userId: number }): Promise<AccountOfUser[]> {
  return db.orm
    .select({
      id: accounts.id,
      name: accounts.name,
      timeZone: accounts.timeZone,
      defaultCountry: accounts.defaultCountry,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.userId, input.userId), isNull(memberships.disabledAt)))
    .orderBy(asc(accounts.name), asc(accounts.id));
}

/** All accounts, for operations, by name: at most `limit`. */
export async function allAccounts(
  db: Database,
  input: { limit: number },
): Promise<Omit<AccountOfUser, 'role'>[]> {
  return db.orm
    .select({
      id: accounts.id,
      name: accounts.name,
      timeZone: accounts.timeZone,
      defaultCountry: accounts.defaultCountry,
    })
    .from(accounts)
    .orderBy(asc(accounts.name), asc(accounts.id))
    .limit(input.limit);
}

/** A user as an account sees them. */
export interface Member {
  id: number;
  email: string;
  name: string;
  role: Role;
  secondFactor: boolean;
  /** Whether a password has been set; until then the invitation is open. */
  hasPassword: boolean;
  createdAt: Date;
  disabledAt: Date | null;
  lastSignInAt: Date | null;
  /** How the last link that was to be mailed fared. */
  invitation: (typeof passwordLinks.$inferSelect)['state'] | null;
}

const member = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: memberships.role,
  secondFactor: users.twoFactorEnabled,
  hasPassword: sql<boolean>`exists (select from ${credentials} where ${credentials.userId} = ${users.id} and ${credentials.password} is not null)`,
  createdAt: memberships.createdAt,
  disabledAt: memberships.disabledAt,
  lastSignInAt:
    sql<Date | null>`(select max(${sessions.createdAt}) from ${sessions} where ${sessions.userId} = ${users.id})`.mapWith(
      (at: string | Date) => new Date(at),
    ),
  invitation: sql<
    Member['invitation']
  >`(select ${passwordLinks.state} from ${passwordLinks} where ${passwordLinks.userId} = ${users.id} order by ${passwordLinks.id} desc limit 1)`,
};

const members = (db: Database) =>
  db.orm.select(member).from(memberships).innerJoin(users, eq(users.id, memberships.userId));

/** People of an account by id, from above `afterId`. */
export async function listMembers(
  db: Database,
  input: { accountId: number; limit: number; afterId?: number | undefined },
): Promise<Member[]> {
  return members(db)
    .where(
      and(
        eq(memberships.accountId, input.accountId),
        input.afterId === undefined ? undefined : gt(users.id, input.afterId),
      ),
    )
    .orderBy(asc(users.id))
    .limit(input.limit);
}

export async function getMember(
  db: Database,
  input: { accountId: number; userId: number },
): Promise<Member | undefined> {
  const [found] = await members(db).where(
    and(eq(memberships.accountId, input.accountId), eq(memberships.userId, input.userId)),
  );
  return found;
}

/** Finds the user of an address or makes one without a password. `email` in lower case. */
export async function ensureUser(
  db: Database,
  input: { email: string; name: string },
): Promise<{ id: number; isNew: boolean }> {
  const [made] = await db.orm
    .insert(users)
    .values(input)
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  if (made) return { id: made.id, isNew: true };
  const found = await findUserByEmail(db, input);
  if (!found) throw new Error('the user was not stored');
  return { id: found.id, isNew: false };
}

/** @returns false when they belong to the account already */
export async function addMembership(
  db: Database,
  input: { userId: number; accountId: number; role: Role },
): Promise<boolean> {
  const made = await db.orm.insert(memberships).values(input).onConflictDoNothing().returning();
  return made.length > 0;
}

/** Changes a role, or ends or reopens a membership. */
export async function changeMembership(
  db: Database,
  input: { userId: number; accountId: number; role?: Role | undefined; disabled?: boolean | undefined },
): Promise<void> {
  const { disabled } = input;
  await db.orm
    .update(memberships)
    .set({
      ...(input.role && { role: input.role }),
      ...(disabled !== undefined && {
        disabledAt: disabled ? sql`coalesce(${memberships.disabledAt}, now())` : null,
      }),
    })
    .where(and(eq(memberships.userId, input.userId), eq(memberships.accountId, input.accountId)));
  // Who may not act for it any more does not go on doing so by a session that stands on it.
  if (disabled) {
    await db.orm
      .update(sessions)
      .set({ activeAccountId: null })
      .where(and(eq(sessions.userId, input.userId), eq(sessions.activeAccountId, input.accountId)));
  }
}

/** Owners of an account who may act, their rows locked: of two changes at once the later one sees the earlier. */
export async function lockOwners(db: Database, input: { accountId: number }): Promise<number[]> {
  const found = await db.orm
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(
      and(
        eq(memberships.accountId, input.accountId),
        inArray(memberships.role, ['owner']),
        isNull(memberships.disabledAt),
      ),
    )
    .for('update');
  return found.map((row) => row.userId);
}

/** Sets a user's password, and says so in the address being theirs where a mailed link proved it. */
export async function setPassword(
  db: Database,
  input: { userId: number; passwordHash: string; emailProved: boolean },
): Promise<void> {
  const { userId, passwordHash } = input;
  await db.orm
    .insert(credentials)
    .values({ userId, accountId: String(userId), providerId: 'credential', password: passwordHash })
    .onConflictDoUpdate({
      target: [credentials.userId, credentials.providerId],
      set: { password: passwordHash, updatedAt: sql`now()` },
    });
  if (input.emailProved) await db.orm.update(users).set({ emailVerified: true }).where(eq(users.id, userId));
}

export async function endSessionsOf(db: Database, input: { userId: number }): Promise<void> {
  await db.orm.delete(sessions).where(eq(sessions.userId, input.userId));
}

/** The account a session acts for where a call names none. */
export async function setActiveAccount(
  db: Database,
  input: { sessionId: number; accountId: number },
): Promise<void> {
  await db.orm
    .update(sessions)
    .set({ activeAccountId: input.accountId })
    .where(eq(sessions.id, input.sessionId));
}
