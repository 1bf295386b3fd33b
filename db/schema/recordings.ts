/**
 * Recordings of calls. A row is written before the trunk is told to record, so that none is forgotten
 * whatever crashes; the sound itself lies in storage.
 */
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { RECORDING_KINDS, RECORDING_STATUSES } from '../../domain/recording.ts';
import { accountId, generatedId, moment } from './columns.ts';

export const recordings = pgTable(
  'recordings',
  {
    id: generatedId('id'),
    accountId: accountId(),
    attemptId: uuid('attempt_id').notNull(),
    kind: text('kind', { enum: RECORDING_KINDS }).notNull(),
    /** `domain/recording.ts`; with its ending. */
    name: text('name').notNull(),
    /** Id of the widget that recorded; absent for a whole call. */
    widget: text('widget'),
    /** The start that is in the name. */
    startedAt: moment('started_at').notNull(),
    status: text('status', { enum: RECORDING_STATUSES }).notNull().default('RECORDING'),
    /** Of what is stored. 0 while it is RECORDING says that nothing was heard. */
    durationMs: integer('duration_ms'),
    bytes: bigint('bytes', { mode: 'number' }),
    storageKey: text('storage_key'),
    /** Why it is LOST, for a person. */
    cause: text('cause'),
    /** The trunk may still have a copy. */
    atTrunk: boolean('at_trunk').notNull().default(true),
    /** When the trunk is next asked for it. */
    nextTryAt: moment('next_try_at').notNull().defaultNow(),
    tries: integer('tries').notNull().default(0),
    settledAt: moment('settled_at'),
  },
  (t) => [
    uniqueIndex('recordings_name').on(t.accountId, t.name),
    index('recordings_attempt').on(t.attemptId),
    uniqueIndex('recordings_call').on(t.attemptId).where(sql`${t.kind} = 'CALL'`),
    index('recordings_at_trunk').on(t.nextTryAt).where(sql`${t.atTrunk}`),
  ],
);
