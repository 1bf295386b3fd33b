/** Once for a whole test run: a throw-away PostgreSQL with a migrated template that each test file clones. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '../../db/migrate.ts';
import { startPostgres } from '../../local/postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the server's maintenance database. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'clarion-test-'));
  // As root, the server runs as the user `postgres`, who must be able to pass through.
  await chmod(dir, 0o711);
  const server = await startPostgres({ dataDir: join(dir, 'postgres'), durable: false, log: () => {} });
  await server.createDatabase('template_clarion');
  await migrateDatabase(server.url('template_clarion'));
  project.provide('postgresUrl', server.url('postgres'));
  return async () => {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  };
}
