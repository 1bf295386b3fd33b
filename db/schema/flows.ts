/** Flows: a draft that can be edited, and immutable published versions. */
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { bigId, generatedId, moment } from './columns.ts';
import { flowType } from './enums.ts';

export const flows = pgTable(
  'flows',
  {
    id: generatedId('id'),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    type: flowType('type').notNull(),
    /** The definition being edited; `domain/flow/schema.ts` describes it. */
    draft: jsonb('draft').notNull(),
    /** Counts changes of draft, name and kind of traffic: whoever saves says which one they saw last. */
    revision: integer('revision').notNull().default(1),
    publishedVersion: integer('published_version'),
    /** Transactional flows are not scrubbed, and run only while approved by operations. */
    transactional: boolean('transactional').notNull().default(false),
    approvedVersion: integer('approved_version'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('flows_name').on(t.accountId, t.name)],
);

export const flowVersions = pgTable(
  'flow_versions',
  {
    flowId: bigId('flow_id')
      .notNull()
      .references(() => flows.id),
    version: integer('version').notNull(),
    accountId: integer('account_id').notNull(),
    definition: jsonb('definition').notNull(),
    publishedAt: moment('published_at').notNull().defaultNow(),
    publishedBy: text('published_by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.flowId, t.version] }), index('flow_versions_account').on(t.accountId)],
);
