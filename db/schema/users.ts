/**
 * People who sign in: who they are, of which accounts, with which password and second factor, and their sessions.
 * The names of columns in TypeScript are those that the library of `api/sign-in/library.ts` asks for.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { ROLES } from '../../domain/role.ts';
import { accounts } from './accounts.ts';
import { moment } from './columns.ts';

const id = () => integer('id').generatedAlwaysAsIdentity().primaryKey();
const userId = () =>
  integer('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });
const createdAt = () => moment('created_at').notNull().defaultNow();
const updatedAt = () => moment('updated_at').notNull().defaultNow();

export const users = pgTable('users', {
  id: id(),
  /** Lower case. */
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  /** Set by whoever opened a link that was mailed there. */
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  /** The platform's own role: sees every account. */
  operations: boolean('operations').notNull().default(false),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const memberships = pgTable(
  'memberships',
  {
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    role: text('role', { enum: ROLES }).notNull(),
    createdAt: createdAt(),
    /** Set: may no longer act for this account. */
    disabledAt: moment('disabled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.accountId] }),
    index('memberships_account').on(t.accountId, t.userId),
  ],
);

/** How a user may prove who they are: one row, the password. */
export const credentials = pgTable(
  'credentials',
  {
    id: id(),
    userId: userId(),
    /** The user's id, and `credential`: the library knows other kinds. */
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    /** scrypt, as `db/password-hash.ts` writes it. */
    password: text('password'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex('credentials_user').on(t.userId, t.providerId)],
);

export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    userId: userId(),
    token: text('token').notNull().unique(),
    expiresAt: moment('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    /** The account acted for where a call names none. */
    activeAccountId: integer('active_account_id').references(() => accounts.id),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index('sessions_user').on(t.userId), index('sessions_expires').on(t.expiresAt)],
);

/** A sign-in between password and code, and the tries at its code. */
export const verifications = pgTable(
  'verifications',
  {
    id: id(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index('verifications_identifier').on(t.identifier)],
);

/** Secrets of authenticator apps and recovery codes, encrypted with `CLARION_SECRET`. */
export const secondFactors = pgTable(
  'second_factors',
  {
    id: id(),
    userId: userId(),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    verified: boolean('verified').notNull().default(true),
    failedVerificationCount: integer('failed_verification_count').notNull().default(0),
    lockedUntil: moment('locked_until'),
  },
  (t) => [uniqueIndex('second_factors_user').on(t.userId)],
);

/** Calls of one address to one door of signing in. */
export const signInRates = pgTable('sign_in_rates', {
  id: id(),
  key: text('key').notNull().unique(),
  count: integer('count').notNull(),
  lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
});

/** Wrong passwords by address of mail, whoever tried them: SHA-256 of the address. */
export const signInTries = pgTable('sign_in_tries', {
  emailHash: text('email_hash').primaryKey(),
  tries: integer('tries').notNull(),
  since: moment('since').notNull(),
});

/**
 * Links by which a password is set, once: an invitation, or a password forgotten. The worker that mails a link draws
 * its token; here lies the token's hash alone.
 */
export const passwordLinks = pgTable(
  'password_links',
  {
    id: id(),
    userId: userId(),
    /** Who invited, and for which account; absent for a password forgotten. */
    accountId: integer('account_id').references(() => accounts.id),
    invitedBy: text('invited_by'),
    /** SHA-256 of the token, hex. Absent until it is mailed. */
    tokenHash: text('token_hash').unique(),
    state: text('state', { enum: ['WAITING', 'RESERVED', 'SENT', 'FAILED'] })
      .notNull()
      .default('WAITING'),
    sends: smallint('sends').notNull().default(0),
    /** When a worker is to send it; none once it has been sent or given up. */
    dueAt: moment('due_at').defaultNow(),
    cause: text('cause'),
    createdAt: createdAt(),
    expiresAt: moment('expires_at'),
    usedAt: moment('used_at'),
  },
  (t) => [
    index('password_links_user').on(t.userId),
    index('password_links_due').on(t.dueAt).where(sql`due_at is not null`),
  ],
);
