/**
 * The ledger: one row for every call, SMS and mail that was ever begun, reserved before the provider
 * hears of it and settled once with what became of it.
 */
import { doublePrecision, index, integer, jsonb, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { accountId, bigId, moment } from './columns.ts';
import { direction, medium, outcome } from './enums.ts';

export const attempts = pgTable(
  'attempts',
  {
    /** Derived: `domain/attempt-id.ts`. */
    id: uuid('id').primaryKey(),
    accountId: accountId(),
    direction: direction('direction').notNull().default('out'),
    /** Absent in calls to us and in what is sent from inside them: nobody asked for them in a list. */
    requestId: bigId('request_id'),
    row: integer('row'),
    attemptNo: smallint('attempt_no').notNull(),
    /** 0 is the attempt itself; n the nth thing done from inside it, a message or a second call. */
    step: smallint('step').notNull().default(0),
    medium: medium('medium').notNull(),
    /** 0, as is its version, for one-time codes: no flow of the account sends them. */
    flowId: bigId('flow_id').notNull(),
    flowVersion: integer('flow_version').notNull(),
    /** Of the request's policy; absent without a request. */
    policyVersion: integer('policy_version'),
    /** E.164 number or mail address that was contacted. Of a call to us: who called, empty when withheld. */
    address: text('address').notNull(),
    /** Caller id, SMS sender or mail sender. Of a call to us: the number of ours that was dialled. */
    sender: text('sender'),
    /** Which provider was asked, and what it calls the attempt. */
    provider: text('provider').notNull(),
    providerRef: text('provider_ref'),
    /** The account's trunk a call left by. Absent: the platform's default line. */
    trunkId: bigId('trunk_id'),
    reservedAt: moment('reserved_at').notNull().defaultNow(),
    answeredAt: moment('answered_at'),
    settledAt: moment('settled_at'),
    /** Absent while the attempt is in progress. */
    outcome: outcome('outcome'),
    /** The network's or provider's own reason, for a person. */
    cause: text('cause'),
    /** Keys pressed, in order. */
    keys: text('keys'),
    /** What the last-moment rules saw: for "why was this person called". */
    evidence: jsonb('evidence').$type<Record<string, unknown>>(),
  },
  (t) => [
    index('attempts_recent').on(t.accountId, t.reservedAt.desc(), t.id.desc()),
    index('attempts_address').on(t.accountId, t.address, t.reservedAt.desc()),
    // Kinds of attempts (`db/queries/attempts.ts`): what is rare among millions is found by these two.
    index('attempts_request_kind').on(
      t.accountId,
      t.requestId,
      t.medium,
      t.outcome,
      t.reservedAt.desc(),
      t.id.desc(),
    ),
    index('attempts_flow_kind').on(
      t.accountId,
      t.flowId,
      t.direction,
      t.medium,
      t.outcome,
      t.reservedAt.desc(),
      t.id.desc(),
    ),
  ],
);

/**
 * Attempts in progress: added when one is reserved, removed when it is settled. Small whatever the
 * ledger's size, so it serves as the count of calls in progress and as the list to reconcile after a crash.
 */
export const openAttempts = pgTable(
  'open_attempts',
  {
    attemptId: uuid('attempt_id').primaryKey(),
    accountId: accountId(),
    /** Absent in calls to us and in what is sent from inside them. */
    requestId: bigId('request_id'),
    flowId: bigId('flow_id').notNull(),
    medium: medium('medium').notNull(),
    /** As in `attempts`: calls in progress of a trunk are counted here. */
    trunkId: bigId('trunk_id'),
    reservedAt: moment('reserved_at').notNull().defaultNow(),
    /** Of a call to us: when it was let in. Until then it takes no place, and its workflow may not be started yet. */
    admittedAt: moment('admitted_at'),
  },
  (t) => [
    index('open_attempts_flow').on(t.flowId, t.medium),
    index('open_attempts_account').on(t.accountId, t.medium),
    index('open_attempts_request').on(t.requestId),
  ],
);

/** The clock of a pace limit: when the next call of a flow, an account or a trunk may begin. */
export const paceGates = pgTable('pace_gates', {
  /** `flow:<id>`, `account:<id>` or `trunk:<id>`. */
  key: text('key').primaryKey(),
  accountId: accountId(),
  /** Unix ms, with fractions: at 400 calls a second the interval is not a whole millisecond. */
  nextAtMs: doublePrecision('next_at_ms').notNull().default(0),
});

/** What a person went through in one attempt, widget by widget, and where in the flow the attempt is. */
export const journeys = pgTable('journeys', {
  attemptId: uuid('attempt_id').primaryKey(),
  accountId: accountId(),
  /** `JourneyEntry[]` of `domain/flow/journey.ts`, in order. */
  entries: jsonb('entries').$type<unknown[]>().notNull().default([]),
  /** The interpreter's state at the last checkpoint, from which an adopted call goes on. */
  state: jsonb('state'),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});
