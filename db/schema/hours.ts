/** What hours depend on besides a policy: holiday calendars of accounts, promotional hours that operations added. */
import { boolean, date, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { CallingWindow } from '../../domain/policy.ts';
import { accountId, bigId, generatedId, moment } from './columns.ts';

export const holidayCalendars = pgTable(
  'holiday_calendars',
  {
    id: generatedId('id'),
    accountId: accountId(),
    /** Policies name it by this. */
    name: text('name').notNull(),
    /** ISO 3166-1 alpha-2: only numbers of this country keep it. Absent: everybody. */
    region: text('region'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('holiday_calendars_name').on(t.accountId, t.name)],
);

export const holidays = pgTable(
  'holidays',
  {
    calendarId: bigId('calendar_id')
      .notNull()
      .references(() => holidayCalendars.id, { onDelete: 'cascade' }),
    accountId: accountId(),
    date: date('date').notNull(),
    name: text('name').notNull(),
  },
  (t) => [primaryKey({ columns: [t.calendarId, t.date] })],
);

/** Of the platform, not of an account. A rule is never changed: it is taken back, and the next one has its own id. */
export const promotionalHours = pgTable(
  'promotional_hours',
  {
    id: generatedId('id'),
    /** ISO 3166-1 alpha-2 of the numbers it is about. */
    country: text('country').notNull(),
    effectiveFrom: date('effective_from').notNull(),
    /** The text it stands on. */
    source: text('source').notNull(),
    windows: jsonb('windows').$type<CallingWindow[]>().notNull(),
    replacesBuiltIn: boolean('replaces_built_in').notNull().default(false),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
  },
  (t) => [index('promotional_hours_country').on(t.country)],
);
