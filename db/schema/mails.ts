/**
 * Mails about a request (status and rejection mails), one row for each recipient: reserved before the mail
 * provider hears of it and settled after, so a crash between the two is seen and never hidden.
 */
import { index, pgEnum, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import { accountId, bigId, moment } from './columns.ts';

export const mailState = pgEnum('mail_state', ['RESERVED', 'SENT', 'FAILED', 'UNKNOWN']);

export const requestMails = pgTable(
  'request_mails',
  {
    requestId: bigId('request_id').notNull(),
    /** Lower case. */
    recipient: text('recipient').notNull(),
    kind: text('kind', { enum: ['STATUS', 'REJECTION'] }).notNull(),
    accountId: accountId(),
    /** `RESERVED`: being sent, or begun by a process that died. `UNKNOWN`: the provider's answer never came. */
    state: mailState('state').notNull(),
    /** How often the provider was asked. More than 1 means that an earlier ending was unknown. */
    sends: smallint('sends').notNull().default(0),
    reservedAt: moment('reserved_at').notNull().defaultNow(),
    settledAt: moment('settled_at'),
    providerRef: text('provider_ref'),
    /** The provider's reason, or the rule that kept the mail back. */
    cause: text('cause'),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.recipient, t.kind] }),
    index('request_mails_account').on(t.accountId, t.reservedAt.desc()),
  ],
);
