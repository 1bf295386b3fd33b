/** Lists that were split over several flows: who belongs to which arm, for ever. Each arm is a request of its own. */
import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { accountId, generatedId, moment } from './columns.ts';

export const splits = pgTable(
  'splits',
  {
    id: generatedId('id'),
    accountId: accountId(),
    /** For people; absent when none was given. */
    name: text('name'),
    /** With a number it decides the arm: `domain/split.ts`. */
    salt: text('salt').notNull(),
    /** Name and weight of each arm, in order. */
    arms: jsonb('arms').$type<{ name: string; weight: number }[]>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [index('splits_recent').on(t.accountId, t.id.desc())],
);
