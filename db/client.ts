/** Opens the database: one pool of connections, seen through drizzle and as raw SQL for COPY and set-based work. */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema/index.ts';

export type Sql = postgres.Sql;
export type Database = {
  /** Typed queries. */
  orm: PostgresJsDatabase<typeof schema>;
  /** The same pool, for SQL that drizzle cannot say: COPY, unnest, advisory locks. Always parametrised. */
  sql: Sql;
  close(): Promise<void>;
};

/**
 * @param url a `postgres://` URL
 * @param connections the most connections this process holds at once
 */
export function openDatabase(url: string, connections = 10): Database {
  const sql = postgres(url, {
    max: connections,
    onnotice: () => {},
    // Times stay strings or Dates as the caller asks; JSON is parsed by the driver.
    transform: { undefined: null },
  });
  return { orm: drizzle(sql, { schema }), sql, close: () => sql.end({ timeout: 5 }) };
}
