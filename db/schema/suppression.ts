/** Who may not be contacted, and who is exempt. */
import { cidr, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { accountId, generatedId, moment } from './columns.ts';

export const blacklistPhones = pgTable(
  'blacklist_phones',
  {
    accountId: accountId(),
    /** E.164. */
    number: text('number').notNull(),
    reason: text('reason'),
    expiresAt: moment('expires_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.number] })],
);

export const blacklistEmails = pgTable(
  'blacklist_emails',
  {
    accountId: accountId(),
    /** Lower case. */
    email: text('email').notNull(),
    reason: text('reason'),
    expiresAt: moment('expires_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.email] })],
);

export const whitelistPhones = pgTable(
  'whitelist_phones',
  {
    id: generatedId('id'),
    accountId: accountId(),
    number: text('number').notNull(),
    verifiedAt: moment('verified_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [index('whitelist_phones_number').on(t.accountId, t.number)],
);

export const whitelistEmails = pgTable(
  'whitelist_emails',
  {
    id: generatedId('id'),
    accountId: accountId(),
    /** Lower case. */
    email: text('email').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [index('whitelist_emails_email').on(t.accountId, t.email)],
);

/** Networks that calls of the API may come from, once an account has any. IPv4. */
export const whitelistAddresses = pgTable(
  'whitelist_addresses',
  {
    id: generatedId('id'),
    accountId: accountId(),
    network: cidr('network').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('whitelist_addresses_network').on(t.accountId, t.network)],
);

/** Sites whose pages may call the API, once an account has any. */
export const whitelistDomains = pgTable(
  'whitelist_domains',
  {
    id: generatedId('id'),
    accountId: accountId(),
    /** Lower case, in ASCII (IDNA). `*.example.com` stands for every host below `example.com`. */
    domain: text('domain').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('whitelist_domains_domain').on(t.accountId, t.domain)],
);
