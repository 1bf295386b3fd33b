/** Numbers of ours that people call, and which flow answers each. */
import { boolean, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { bigId, generatedId, moment } from './columns.ts';
import { flows } from './flows.ts';

export const dids = pgTable(
  'dids',
  {
    id: generatedId('id'),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    /** E.164. One account's on the whole platform: a carrier hands a call over by its number alone. */
    number: text('number').notNull(),
    /** Of type inbound, and published when it was chosen. */
    flowId: bigId('flow_id')
      .notNull()
      .references(() => flows.id),
    /** Switched off, it is as if the number did not exist. */
    enabled: boolean('enabled').notNull().default(true),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('dids_number').on(t.number), index('dids_account').on(t.accountId, t.id)],
);
