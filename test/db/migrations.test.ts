import { describe, expect, it } from 'vitest';
import { migrateDatabase } from '../../db/migrate.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const database = await testDatabase();

describe('migrations', () => {
  it('can be run again, and by several at once, without harm', async () => {
    const account = await testAccount(database);
    await Promise.all([migrateDatabase(database.url), migrateDatabase(database.url)]);
    const [found] = await database.sql`select name from accounts where id = ${account}`;
    expect(found?.name).toBe('Test');
  });
});
