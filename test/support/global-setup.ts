/**
 * Once for a whole test run: a throw-away PostgreSQL with a migrated template that each test file clones,
 * and an in-memory Temporal server that all share.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '../../db/migrate.ts';
import { freePort } from '../../local/ports.ts';
import { startPostgres } from '../../local/postgres.ts';
import { temporalArguments, temporalReady } from '../../local/temporal.ts';
import { findTemporal } from '../../local/temporal-binary.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the server's maintenance database. */
    postgresUrl: string;
    /** `host:port` of the Temporal server. */
    temporalAddress: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'clarion-test-'));
  const [postgres, temporal] = await Promise.all([
    startPostgres({ dataDir: join(dir, 'postgres'), durable: false, log: () => {} }),
    startTemporal(),
  ]);
  await postgres.createDatabase('template_clarion');
  await migrateDatabase(postgres.url('template_clarion'));
  project.provide('postgresUrl', postgres.url('postgres'));
  project.provide('temporalAddress', temporal.address);
  return async () => {
    await temporal.stop();
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
}

async function startTemporal(): Promise<{ address: string; stop(): Promise<void> }> {
  const program = await findTemporal((line) => console.log(line));
  const port = await freePort();
  const server = spawn(program, temporalArguments({ port }), { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  process.once('exit', () => server.kill('SIGKILL'));
  const address = `127.0.0.1:${port}`;
  await temporalReady(address, { stillWanted: () => isRunning(server) });
  return {
    address,
    stop: async () => {
      server.kill('SIGTERM');
      // Its connections of half-closed tests can hold an orderly end up; nothing in it is kept.
      const force = setTimeout(() => server.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(force);
    },
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
