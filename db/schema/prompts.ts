/** Prompts: recordings that flows play, and the mails that tell an account's holder what became of each. */
import { index, integer, pgTable, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { accountId, bigId, generatedId, moment } from './columns.ts';

export const prompts = pgTable(
  'prompts',
  {
    id: generatedId('id'),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    /** What flows call it. */
    name: text('name').notNull(),
    tags: text('tags').array().notNull(),
    /** Only an approved one is played. */
    status: text('status', { enum: ['PENDING', 'APPROVED', 'REJECTED'] })
      .notNull()
      .default('PENDING'),
    /** Why it was rejected. */
    reason: text('reason'),
    /** Of the file as it was given. Its content never changes: another recording is another prompt. */
    format: text('format', { enum: ['mp3', 'wav'] }).notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    durationMs: integer('duration_ms').notNull(),
    /** Storage keys, drawn by us: as given, and as G.711 u-law. Written once. */
    originalKey: text('original_key').notNull(),
    telephoneKey: text('telephone_key').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    decidedBy: text('decided_by'),
    decidedAt: moment('decided_at'),
  },
  (t) => [
    uniqueIndex('prompts_name').on(t.accountId, t.name),
    // Operations look for what waits for them, over all accounts.
    index('prompts_status').on(t.status, t.id),
  ],
);

/**
 * One row a mail: written in the transaction of what it tells, sent by a worker. It holds its own words, so it is
 * still right when the prompt has been renamed or removed since.
 */
export const promptMails = pgTable(
  'prompt_mails',
  {
    id: generatedId('id'),
    accountId: accountId(),
    promptId: bigId('prompt_id').notNull(),
    kind: text('kind', { enum: ['SUBMITTED', 'APPROVED', 'REJECTED'] }).notNull(),
    promptName: text('prompt_name').notNull(),
    reason: text('reason'),
    /**
     * `RESERVED`: being sent, or begun by a process that died. `UNKNOWN`: the provider's answer never came; tried
     * again until `sends` says enough.
     */
    state: text('state', { enum: ['WAITING', 'RESERVED', 'SENT', 'FAILED', 'UNKNOWN'] })
      .notNull()
      .default('WAITING'),
    sends: smallint('sends').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** When a worker may take it (again): now, after a pause, or when the lease of a reservation ends. Absent: never. */
    dueAt: moment('due_at').defaultNow(),
    settledAt: moment('settled_at'),
    providerRef: text('provider_ref'),
    cause: text('cause'),
  },
  (t) => [index('prompt_mails_due').on(t.dueAt), index('prompt_mails_prompt').on(t.accountId, t.promptId)],
);
