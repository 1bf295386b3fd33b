/** How a database's schema compares with this version's migrations. */
import { readFileSync } from 'node:fs';
import postgres from 'postgres';

export interface SchemaVersion {
  /** Migrations of this version that the database has not seen. */
  pending: number;
  /** The database has seen migrations that this version does not know. */
  newer: boolean;
}

/** @param url a `postgres://` URL; throws what the driver throws when it cannot be reached */
export async function schemaVersion(url: string): Promise<SchemaVersion> {
  const path = new URL('../db/migrations/meta/_journal.json', import.meta.url);
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { when: number }[] };
  const known = journal.entries.map(({ when }) => when);
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
    if (!table?.name) return { pending: known.length, newer: false };
    const rows = await sql<{ at: string }[]>`select created_at::text as at from drizzle.__drizzle_migrations`;
    const applied = rows.map(({ at }) => Number(at));
    return {
      pending: known.filter((when) => !applied.includes(when)).length,
      newer: Math.max(0, ...applied) > Math.max(0, ...known),
    };
  } finally {
    await sql.end({ timeout: 2 });
  }
}
