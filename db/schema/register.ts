/** The do-not-call register: its loads, the numbers of the local table, and what an HTTP service answered. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core';
import { accountId, generatedId, moment } from './columns.ts';

/** A row of a register's file that was not taken as it stood. No number is repeated in it. */
export interface RegisterFault {
  /** From 1, without the header. */
  row: number;
  problem: string;
}

/**
 * Loads of the do-not-call register, each a version. `accountId` 0 is the platform's register, which applies to
 * every account. A full load has numbers of its own; an update changes those of the full load it stands on.
 */
export const registerVersions = pgTable(
  'register_versions',
  {
    id: generatedId('id'),
    accountId: accountId(),
    fileName: text('file_name').notNull(),
    /** Distinct numbers in the file. */
    numbers: integer('numbers').notNull(),
    rejected: integer('rejected').notNull(),
    /** In force: the one version of its account that is asked. */
    current: boolean('current').notNull().default(true),
    createdAt: moment('created_at').notNull().defaultNow(),
    mode: text('mode').$type<'FULL' | 'UPDATE'>().notNull().default('UPDATE'),
    status: text('status').$type<'QUEUED' | 'LOADING' | 'DONE' | 'FAILED'>().notNull().default('DONE'),
    /** The full load whose numbers this version changed; null: its own. */
    baseId: integer('base_id'),
    /** What rows without an `operation` do. */
    operation: text('operation').$type<'ADD' | 'REMOVE'>().notNull().default('ADD'),
    /** A full load may leave far fewer numbers than there were. */
    allowShrink: boolean('allow_shrink').notNull().default(false),
    country: text('country'),
    /** Where the file waits in storage until it is loaded. */
    uploadKey: text('upload_key'),
    bytes: bigint('bytes', { mode: 'number' }),
    bytesRead: bigint('bytes_read', { mode: 'number' }),
    /** Rows read so far. */
    rows: integer('rows').notNull().default(0),
    added: integer('added'),
    removed: integer('removed'),
    /** Rows whose preference could not be read: their numbers count as blocked altogether. */
    unclear: integer('unclear').notNull().default(0),
    /** Numbers in force with this version; null where nobody counted. */
    total: integer('total'),
    faults: jsonb('faults').$type<RegisterFault[]>().notNull().default([]),
    error: text('error'),
    /** The last sign of life of the process that loads it. */
    claimedAt: moment('claimed_at'),
    /** How often a process has begun to load it; names the claim that is good. */
    tries: integer('tries').notNull().default(0),
    finishedAt: moment('finished_at'),
    /** Since when its numbers, no longer in force, are deleted. */
    clearedAt: moment('cleared_at'),
  },
  (t) => [
    index('register_versions_account').on(t.accountId, t.id.desc()),
    index('register_versions_current').on(t.accountId).where(sql`${t.current}`),
    index('register_versions_waiting').on(t.id).where(sql`${t.status} in ('QUEUED', 'LOADING')`),
  ],
);

/**
 * A number's preference. Blocked categories: bit 0 all of them, bit n category n. Preferred hours in minutes of
 * the day, preferred days as bit n for ISO weekday n; null: any.
 */
const preference = () => ({
  categories: smallint('categories').notNull().default(1),
  fromMinute: smallint('from_minute'),
  toMinute: smallint('to_minute'),
  days: smallint('days'),
});

/**
 * The register's numbers. As integers: E.164 has at most 15 digits, and ten million of them stay small. A full
 * load writes beside those in force, so that the switch is one row.
 */
export const registerNumbers = pgTable(
  'register_numbers',
  {
    accountId: accountId(),
    /** E.164 without its plus sign. */
    number: bigint('number', { mode: 'number' }).notNull(),
    /** The full load it belongs to. */
    versionId: integer('version_id').notNull(),
    ...preference(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.versionId, t.number] })],
);

/** What a register asked over HTTP has answered, until it is to be asked again. The platform's: it has no account. */
export const registerAnswers = pgTable(
  'register_answers',
  {
    /** E.164 without its plus sign. */
    number: bigint('number', { mode: 'number' }).primaryKey(),
    registered: boolean('registered').notNull(),
    ...preference(),
    /** The service did not answer: this is what the failure policy said. */
    failed: boolean('failed').notNull().default(false),
    /** What the service calls the state it answered from. */
    version: text('version'),
    answeredAt: moment('answered_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [index('register_answers_expiry').on(t.expiresAt)],
);
