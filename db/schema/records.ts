/** Every row of every list, accepted or not, in the order it stood. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { accountId, bigId, moment } from './columns.ts';
import { outcome, rowResult } from './enums.ts';

export const records = pgTable(
  'records',
  {
    requestId: bigId('request_id').notNull(),
    /** 1 for the first row of data. */
    row: integer('row').notNull(),
    accountId: accountId(),
    result: rowResult('result').notNull(),
    /** As it stood in the list. */
    given: text('given').notNull(),
    /** E.164, where the row had a valid number. */
    number: text('number'),
    /** ISO 3166-1 alpha-2 of the number; decides whose clock its calling hours follow. */
    region: text('region'),
    /** IANA zone the row named. */
    timeZone: text('time_zone'),
    /** Zones of the number's area code, where they are fewer than its country's; and whether the line stays there. */
    areaZones: text('area_zones').array(),
    areaCertain: boolean('area_certain'),
    variables: jsonb('variables').$type<Record<string, string>>(),
    /** For a rejected row: the column, variable or rule at fault. For one that expired: why it was not called. */
    detail: text('detail'),
    /** Attempts begun so far. */
    attempts: smallint('attempts').notNull().default(0),
    /** Of the last settled attempt; final once `endedAt` is set. */
    outcome: outcome('outcome'),
    lastAttemptId: uuid('last_attempt_id'),
    /** When the next attempt may begin. Absent: at once. */
    dueAt: moment('due_at'),
    endedAt: moment('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.row] }),
    index('records_number').on(t.accountId, t.number).where(sql`number is not null`),
  ],
);
