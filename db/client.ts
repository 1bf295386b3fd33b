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
    // Seconds between tries to connect again; the driver's own waits grow to twenty.
    backoff: () => 0.5,
    transform: { undefined: null },
    types: {
      // Drizzle hands JSON over as text, raw SQL as values: what is text already is not encoded twice.
      json: {
        to: 114,
        from: [114, 3802],
        serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
        parse: (text: string) => JSON.parse(text) as unknown,
      },
      // Ids and counts stay far below 2^53. Sums of bigint are numeric and still come as text: cast them.
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
    },
  }) as unknown as Sql;
  return { orm: ormOn(sql), sql, close: () => sql.end({ timeout: 5 }) };
}

/**
 * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. Inside it `tx`
 * serves wherever a Database is asked for; a transaction within becomes a savepoint.
 */
export async function inTransaction<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  const result = await db.sql.begin(async (inner) => {
    const sql = Object.assign(inner, {
      options: db.sql.options,
      begin: (run: (deeper: postgres.TransactionSql) => Promise<unknown>) => inner.savepoint(run),
    }) as unknown as Sql;
    return { value: await work({ orm: ormOn(sql), sql, close: async () => {} }) };
  });
  return (result as { value: T }).value;
}

/**
 * Drizzle replaces parsers of the client it is given by ones that leave times as text. It gets a view of the
 * client with parsers of its own to replace, so that raw SQL goes on taking and giving Date.
 */
function ormOn(sql: Sql): Database['orm'] {
  const client = {
    unsafe: sql.unsafe,
    begin: sql.begin,
    savepoint: (sql as unknown as postgres.TransactionSql).savepoint,
    options: { parsers: {}, serializers: {} },
  };
  return drizzle({ client: client as unknown as Sql, schema });
}
