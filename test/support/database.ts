/** A database of a test file's own, cloned from the migrated template in a few milliseconds. */
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, inject } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';

/** Call at the top of a test file. The database is dropped when the file's tests have ended. */
export async function testDatabase(): Promise<Database & { url: string }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template template_clarion`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const database = openDatabase(url.href);
  afterAll(async () => {
    await database.close();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  return { ...database, url: url.href };
}

/** An account to test with. Returns its id. */
export async function testAccount(
  database: Database,
  over: {
    timeZone?: string;
    defaultCountry?: string;
    maxConcurrentCalls?: number;
    maxCallsPerSecond?: number;
  } = {},
): Promise<number> {
  const rows = await database.sql<{ id: number }[]>`
    insert into accounts (name, time_zone, default_country, holder_email, max_concurrent_calls, max_calls_per_second)
    values ('Test', ${over.timeZone ?? 'Asia/Kolkata'}, ${over.defaultCountry ?? 'IN'}, 'holder@example.com',
            ${over.maxConcurrentCalls ?? 1000}, ${over.maxCallsPerSecond ?? 1000})
    returning id`;
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('no account');
  return id;
}
