/** Requests (campaigns): what was asked, under which policy, and how far it has come. */
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
import { REQUEST_SOURCES } from '../../domain/outcome.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import type { SpreadPlan } from '../../domain/spread.ts';
import { accountId, bigId, generatedId, moment } from './columns.ts';
import { fileRejection, flowType, outcome, requestStatus } from './enums.ts';
import { flows } from './flows.ts';
import { splits } from './splits.ts';

export const requests = pgTable(
  'requests',
  {
    id: generatedId('id'),
    accountId: accountId(),
    flowId: bigId('flow_id')
      .notNull()
      .references(() => flows.id),
    flowVersion: integer('flow_version').notNull(),
    flowType: flowType('flow_type').notNull(),
    source: text('source', { enum: REQUEST_SOURCES }).notNull(),
    /** The request whose rows these are: called again (`retry`) or cloned; and which rows of it were taken. */
    fromRequestId: bigId('from_request_id'),
    fromOutcomes: outcome('from_outcomes').array(),
    /** The split it is an arm of, and which: from 0. `splits` says who belongs to which. */
    splitId: bigId('split_id').references(() => splits.id),
    splitArm: smallint('split_arm'),
    /** The uploaded file's own name; absent for records sent as JSON. */
    fileName: text('file_name'),
    /** Where the upload lies in storage until it is ingested, and in which form. */
    uploadKey: text('upload_key'),
    uploadFormat: text('upload_format', { enum: ['csv', 'zip', 'ndjson'] }),
    phoneColumn: text('phone_column'),
    status: requestStatus('status').notNull().default('RECEIVED'),
    rejection: fileRejection('rejection'),
    /** One sentence for a person: what was wrong with the file, and where. */
    rejectionDetail: text('rejection_detail'),
    startAt: moment('start_at'),
    endAt: moment('end_at'),
    /** Set when an outage lasted over the end time and the flow says to send what is late: the end no longer counts. */
    lateAt: moment('late_at'),
    /** An open request takes more records until `closedAt` is set. */
    open: boolean('open').notNull().default(false),
    closedAt: moment('closed_at'),
    pausedAt: moment('paused_at'),
    cancelledAt: moment('cancelled_at'),
    statusEmails: text('status_emails').array().notNull().default([]),
    policyVersion: integer('policy_version').notNull().default(1),
    /** Rows found in the list, and rows accepted. The rest were rejected: loaded = added + rejected. */
    loaded: integer('loaded').notNull().default(0),
    added: integer('added').notNull().default(0),
    /** When something may next happen: for people, and to show what the request waits for. */
    nextDueAt: moment('next_due_at'),
    /** Since when its calls wait because no line can take them, and why. Absent while calls can be placed. */
    lineAwaySince: moment('line_away_since'),
    lineAwayWhy: text('line_away_why'),
    ingestedAt: moment('ingested_at'),
    startedAt: moment('started_at'),
    /** How first attempts are laid over the hours: `domain/spread.ts`. Absent: as they come. */
    spreadPlan: jsonb('spread_plan').$type<SpreadPlan>(),
    endedAt: moment('ended_at'),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('requests_from').on(t.accountId, t.fromRequestId).where(sql`from_request_id is not null`),
    index('requests_split').on(t.splitId, t.splitArm).where(sql`split_id is not null`),
    index('requests_newest').on(t.accountId, t.createdAt.desc(), t.id.desc()),
    index('requests_status').on(t.accountId, t.status, t.id.desc()),
    // Kinds of requests (`db/queries/request-pages.ts`): what is rare among many is found by it.
    index('requests_kind').on(t.accountId, t.flowId, t.status, t.source, t.createdAt.desc(), t.id.desc()),
    // Names of files are looked through in the index alone, with whatever else a filter asks for.
    index('requests_uploads')
      .on(t.accountId, t.createdAt.desc(), t.id.desc(), t.fileName, t.flowId, t.status, t.source)
      .where(sql`file_name is not null`),
  ],
);

export const requestPolicies = pgTable(
  'request_policies',
  {
    requestId: bigId('request_id')
      .notNull()
      .references(() => requests.id),
    version: integer('version').notNull(),
    accountId: accountId(),
    policy: jsonb('policy').$type<RequestPolicy>().notNull(),
    /** What this version changed, start and end time included. Empty for the first. */
    changes: jsonb('changes').$type<{ field: string; from: unknown; to: unknown }[]>().notNull().default([]),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.version] })],
);

/**
 * Counts kept in the same transaction as what they count, so progress is a sum of a few rows however
 * many records or attempts there are. Split into shards so that writers rarely wait for one another.
 * kind `result`: rows by row result. `outcome`: ended records by outcome. `attempt`: settled attempts by outcome.
 */
export const requestTallies = pgTable(
  'request_tallies',
  {
    requestId: bigId('request_id').notNull(),
    kind: text('kind', { enum: ['result', 'outcome', 'attempt'] }).notNull(),
    value: text('value').notNull(),
    shard: smallint('shard').notNull(),
    accountId: accountId(),
    count: bigint('count', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.kind, t.value, t.shard] })],
);

/**
 * When a request's attempts ended, to the quarter of an hour (every zone's hour begins at one), by number and outcome.
 * Messages sent from inside calls are not in it. Kept and sharded as the tallies are.
 */
export const requestSlots = pgTable(
  'request_slots',
  {
    requestId: bigId('request_id').notNull(),
    /** Beginning of the quarter of an hour. */
    at: moment('at').notNull(),
    attemptNo: smallint('attempt_no').notNull(),
    outcome: outcome('outcome').notNull(),
    shard: smallint('shard').notNull(),
    accountId: accountId(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.at, t.attemptNo, t.outcome, t.shard] })],
);

/** What happened to a request as a whole, in order; streamed to watchers. */
export const requestEvents = pgTable(
  'request_events',
  {
    id: generatedId('id'),
    accountId: accountId(),
    requestId: bigId('request_id').notNull(),
    at: moment('at').notNull().defaultNow(),
    type: text('type').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index('request_events_request').on(t.requestId, t.id)],
);

/**
 * What must still be told to Temporal. Written in the transaction that decided it and deleted once told,
 * so a crash between the two only delays: the worker's sweeper tells again. Telling twice is harmless.
 */
export const outbox = pgTable(
  'outbox',
  {
    id: generatedId('id'),
    accountId: accountId(),
    requestId: bigId('request_id').notNull(),
    kind: text('kind', { enum: ['start', 'changed'] }).notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [index('outbox_created').on(t.createdAt)],
);
