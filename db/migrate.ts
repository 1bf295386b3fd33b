/** Brings a database to the schema of this version. Safe to run by several processes at once, and again. */
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Any number will do, so long as every migrator takes the same one. */
const MIGRATION_LOCK = 7_215_042;

/** @param url a `postgres://` URL of a role that may create tables */
export async function migrateDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(sql), {
      migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)),
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
