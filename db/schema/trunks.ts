/** An account's lines to carriers, and how the workers see them. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Codec } from '../../domain/trunk.ts';
import { accountId, generatedId, moment } from './columns.ts';

/** An account without any uses the platform's default line. A removed one is kept: attempts name it. */
export const trunks = pgTable(
  'trunks',
  {
    id: generatedId('id'),
    accountId: accountId(),
    name: text('name').notNull(),
    /** What the telephone server calls it: a PJSIP endpoint. Belongs to one trunk of one account. */
    endpoint: text('endpoint').notNull(),
    maxConcurrentCalls: integer('max_concurrent_calls').notNull(),
    maxCallsPerSecond: doublePrecision('max_calls_per_second').notNull(),
    /** Taken in turn. Caller ids of a flow go before them. */
    callerIds: text('caller_ids').array().notNull(),
    /** In order of preference. */
    codecs: text('codecs').array().$type<Codec[]>().notNull(),
    enabled: boolean('enabled').notNull(),
    /** Of two trunks equally loaded the one with the lower number is taken. */
    priority: smallint('priority').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
  },
  (t) => [
    uniqueIndex('trunks_name').on(t.accountId, t.name).where(sql`removed_at is null`),
    uniqueIndex('trunks_endpoint').on(t.endpoint).where(sql`removed_at is null`),
  ],
);

/**
 * Whether a worker can call by a line: written at each change, and a sign of life besides. Rows without one
 * for a while are of workers that have gone.
 */
export const trunkHealth = pgTable(
  'trunk_health',
  {
    /** The worker process: host and process id. */
    worker: text('worker').notNull(),
    /** 0: the platform's default line. */
    trunkId: bigint('trunk_id', { mode: 'number' }).notNull(),
    /** 0: of no account. */
    accountId: accountId(),
    up: boolean('up').notNull(),
    /** Empty while up; else the trunk's own words. */
    why: text('why').notNull(),
    since: moment('since').notNull(),
    seenAt: moment('seen_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.worker, t.trunkId] }),
    index('trunk_health_trunk').on(t.accountId, t.trunkId),
  ],
);
