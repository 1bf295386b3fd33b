/** Column shapes that several tables share. */
import { bigint, integer, timestamp } from 'drizzle-orm/pg-core';

/** A moment, with its zone, in milliseconds. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** A generated numeric id. Ids stay far below 2^53, so a JavaScript number holds them. */
export const generatedId = (name: string) =>
  bigint(name, { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey();

export const bigId = (name: string) => bigint(name, { mode: 'number' });

/** The tenant. In every table that holds a tenant's data, and in every query of it. */
export const accountId = () => integer('account_id').notNull();
