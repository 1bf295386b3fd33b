/**
 * A PostgreSQL and a Temporal server for programs outside the tests (benchmarks, recording histories): as
 * durable as those of `npm start`, in a folder that is thrown away.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../db/client.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { freePort } from '../../local/ports.ts';
import { startPostgres } from '../../local/postgres.ts';
import { temporalArguments, temporalReady } from '../../local/temporal.ts';
import { findTemporal } from '../../local/temporal-binary.ts';

export interface ScratchServers {
  db: Database;
  /** A second pool on the same database. */
  frozenDb: Database;
  address: string;
  dir: string;
  stop(): Promise<void>;
}

export async function startScratchServers(): Promise<ScratchServers> {
  const dir = await mkdtemp(join(tmpdir(), 'clarion-scratch-'));
  const postgres = await startPostgres({ dataDir: join(dir, 'postgres'), durable: true, log: () => {} });
  await postgres.createDatabase('clarion');
  await migrateDatabase(postgres.url('clarion'));
  const db = openDatabase(postgres.url('clarion'), 16);
  const frozenDb = openDatabase(postgres.url('clarion'), 2);
  const program = await findTemporal((line) => console.error(line));
  const port = await freePort();
  const temporal = spawn(program, temporalArguments({ port, dbFile: join(dir, 'temporal.db') }), {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => temporal.once('close', () => resolve()));
  process.once('exit', () => temporal.kill('SIGKILL'));
  await temporalReady(`127.0.0.1:${port}`);
  return {
    db,
    frozenDb,
    address: `127.0.0.1:${port}`,
    dir,
    stop: async () => {
      await db.close();
      await frozenDb.close();
      temporal.kill('SIGKILL');
      await ended;
      await postgres.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
