/**
 * One-time codes that prove who answers at a number: one row for each that was asked for. The code itself is drawn by
 * the worker that sends it and is in no table; here is what it can be checked against, and how often that was tried.
 * Rows outlive the whitelist's entry, because they are what the send limits count.
 */
import { index, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { accountId, bigId, generatedId, moment } from './columns.ts';

export const whitelistCodes = pgTable(
  'whitelist_codes',
  {
    id: generatedId('id'),
    accountId: accountId(),
    phoneId: bigId('phone_id').notNull(),
    /** E.164. */
    number: text('number').notNull(),
    by: text('by', { enum: ['sms', 'call'] }).notNull(),
    /** `SENDING`: reserved in the ledger, or begun by a process that died. The others are final but `WAITING`. */
    state: text('state', {
      enum: ['WAITING', 'SENDING', 'SENT', 'FAILED', 'BLOCKED', 'EXPIRED', 'UNKNOWN'],
    })
      .notNull()
      .default('WAITING'),
    /** scrypt with a salt of its own. Absent until it is sent. */
    codeHash: text('code_hash'),
    tries: smallint('tries').notNull().default(0),
    askedAt: moment('asked_at').notNull().defaultNow(),
    /** When a worker may take it, or take it over from one that died. Absent: nothing is left to do. */
    dueAt: moment('due_at').defaultNow(),
    /** From then on the code is worth nothing. Absent until it is sent. */
    expiresAt: moment('expires_at'),
    /** It was entered rightly. A code serves once. */
    usedAt: moment('used_at'),
    /** Why it did not go out, for a person. */
    cause: text('cause'),
  },
  (t) => [
    index('whitelist_codes_account').on(t.accountId, t.askedAt.desc()),
    index('whitelist_codes_number').on(t.number, t.askedAt.desc()),
    index('whitelist_codes_phone').on(t.phoneId, t.id.desc()),
    index('whitelist_codes_due').on(t.dueAt),
  ],
);
