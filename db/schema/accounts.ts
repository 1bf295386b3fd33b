/** Tenants, the keys their programs use, and who changed what. Their people are in `users.ts`. */
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

export const accounts = pgTable('accounts', {
  id: integer('id').generatedAlwaysAsIdentity().primaryKey(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  /** ISO 3166-1 alpha-2; numbers without a country code are read as this country's. */
  defaultCountry: text('default_country').notNull(),
  holderEmail: text('holder_email').notNull(),
  /** Calls in progress at once, and calls begun a second, over all flows of the account. */
  maxConcurrentCalls: integer('max_concurrent_calls').notNull().default(1000),
  maxCallsPerSecond: integer('max_calls_per_second').notNull().default(1000),
  /** How often one person may be contacted, over all requests: `domain/frequency.ts`. Absent: no limit. */
  contactsPerDay: integer('contacts_per_day'),
  contactGapMs: integer('contact_gap_ms'),
  /** Switches set by operations. */
  transactionalContract: boolean('transactional_contract').notNull().default(false),
  plainHttpWebhooks: boolean('plain_http_webhooks').notNull().default(false),
  /** `$user.key.<name>`: account-wide values for flows. */
  values: jsonb('values').$type<Record<string, string>>().notNull().default({}),
  createdAt: moment('created_at').notNull().defaultNow(),
});

export const apiKeys = pgTable(
  'api_keys',
  {
    id: integer('id').generatedAlwaysAsIdentity().primaryKey(),
    /** Absent for a key of operations, which names its account in each request. */
    accountId: integer('account_id').references(() => accounts.id),
    name: text('name').notNull(),
    /** The first characters of the key, to recognise it by; the key itself is shown once and not kept. */
    prefix: text('prefix').notNull(),
    /** SHA-256 of the key, hex. */
    hash: text('hash').notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastUsedAt: moment('last_used_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [uniqueIndex('api_keys_hash').on(t.hash), index('api_keys_account').on(t.accountId)],
);

/** Replies to POSTs by idempotency key, kept for 24 hours, and the marks of those still being answered. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** 0 for operations. */
    accountId: integer('account_id').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of method, path and body. */
    fingerprint: text('fingerprint').notNull(),
    /** Absent while the first request is still being answered. */
    status: integer('status'),
    body: text('body'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.key] }), index('idempotency_keys_created').on(t.createdAt)],
);

/** Who changed what, when, from where. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: integer('id').generatedAlwaysAsIdentity().primaryKey(),
    accountId: integer('account_id').notNull(),
    at: moment('at').notNull().defaultNow(),
    /** `key:<id>`, `user:<id>` or `system`. */
    actor: text('actor').notNull(),
    address: text('address'),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>(),
  },
  (t) => [index('audit_log_account').on(t.accountId, t.id)],
);
