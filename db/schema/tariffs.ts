/** What an account pays for calls and messages. Money is whole millionths of the currency's unit. */
import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { accountId, moment } from './columns.ts';

export const tariffs = pgTable('tariffs', {
  accountId: integer('account_id').primaryKey(),
  /** ISO 4217. */
  currency: text('currency').notNull(),
  perSmsMicros: bigint('per_sms_micros', { mode: 'number' }).notNull(),
  perMailMicros: bigint('per_mail_micros', { mode: 'number' }).notNull(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

/** Rates by what numbers begin with: the longest prefix that fits counts. */
export const tariffRates = pgTable(
  'tariff_rates',
  {
    accountId: accountId(),
    /** Digits after the plus; empty fits every number. */
    prefix: text('prefix').notNull(),
    pulseSeconds: integer('pulse_seconds').notNull(),
    perPulseMicros: bigint('per_pulse_micros', { mode: 'number' }).notNull(),
    setUpMicros: bigint('set_up_micros', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.prefix] })],
);
