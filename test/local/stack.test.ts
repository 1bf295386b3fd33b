/**
 * The embedded stack as a user has it: a process that is started, interrupted, killed and started again.
 * These tests start it for real, so they say everything about one data directory in one sequence.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../local/ports.ts';
import { isAlive, type StackProcess, signalProcess, stackProcesses } from '../../local/processes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_LIMIT_MS = 120_000;

interface Started {
  process: ChildProcess;
  output(): string;
  /** Exit code, or the signal it died of. */
  ended: Promise<number | string>;
}

const started: Started[] = [];

function start(dataDir: string, env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, ['local/start.mjs', '--no-demo'], {
    cwd: ROOT,
    env: { ...withoutServers(), CLARION_DATA_DIR: dataDir, CLARION_SIMULATION_SPEED: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'ended')),
  );
  const result = { process: child, output: () => output, ended };
  started.push(result);
  return result;
}

function withoutServers(): NodeJS.ProcessEnv {
  const {
    PORT: _,
    DATABASE_URL: __,
    TEMPORAL_ADDRESS: ___,
    npm_lifecycle_event: ____,
    ...rest
  } = process.env;
  return rest;
}

function handover(dataDir: string): Record<string, string> {
  return JSON.parse(readFileSync(join(dataDir, 'local.json'), 'utf8')) as Record<string, string>;
}

async function ready(stack: Started, dataDir: string): Promise<Record<string, string>> {
  const deadline = Date.now() + START_LIMIT_MS;
  // Its word, not the file: a killed start leaves its file behind, and the next removes it first thing.
  while (!stack.output().includes('Clarion is ready')) {
    if (stack.process.exitCode !== null || Date.now() > deadline)
      throw new Error(`not ready: ${stack.output()}`);
    await sleep(50);
  }
  return handover(dataDir);
}

async function gone(processes: StackProcess[]): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (processes.some(({ pid }) => isAlive(pid)) && Date.now() < deadline) await sleep(50);
}

const names = (processes: StackProcess[]): string[] => [...new Set(processes.map(({ part }) => part))].sort();

describe('the embedded stack', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'clarion-stack-'));
  let port: number;
  let stack: Started;
  let first: Record<string, string>;

  beforeAll(async () => {
    port = await freePort();
    stack = start(dataDir, { PORT: String(port) });
    first = await ready(stack, dataDir);
  }, START_LIMIT_MS);

  afterAll(async () => {
    for (const each of started) if (each.process.exitCode === null) each.process.kill('SIGKILL');
    for (const { pid } of stackProcesses(dataDir)) signalProcess(pid, 'SIGKILL');
    await gone(stackProcesses(dataDir));
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('hands over exactly the names that other programs rely on, to its owner alone', () => {
    expect(Object.keys(first).sort()).toEqual(
      [
        ...['adminEmail', 'adminPassword', 'apiKey', 'databaseUrl', 'inboxUrl', 'mailIn'],
        ...['operationsKey', 'temporalAddress', 'temporalUi', 'url'],
      ].sort(),
    );
    expect(first.url).toBe(`http://127.0.0.1:${port}`);
    expect(first.apiKey).toMatch(/^ck_[0-9A-Za-z]{40}$/);
    expect(statSync(join(dataDir, 'local.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'stack.json')).mode & 0o777).toBe(0o600);
  });

  test('serves the API, the Temporal UI and the inbox page', async () => {
    for (const url of [`${first.url}/healthz`, first.temporalUi, first.inboxUrl]) {
      const reply = await fetch(url ?? '');
      expect(`${url} ${reply.status}`).toBe(`${url} 200`);
    }
  });

  test('makes the demo account with its flows, published, and keeps keys only as hashes', async () => {
    const sql = postgres(first.databaseUrl ?? '', { max: 1 });
    const flows = await sql`
      select f.name, f.type, f.transactional, f.published_version, f.approved_version
      from flows f join accounts a on a.id = f.account_id where a.name = 'Demo' order by f.name`;
    const keys = await sql`select name, account_id is null as operations, hash from api_keys order by name`;
    await sql.end();
    expect([...flows]).toEqual([
      {
        name: 'demo-notice',
        type: 'notification',
        transactional: true,
        published_version: 1,
        approved_version: 1,
      },
      {
        name: 'demo-offer',
        type: 'outbound',
        transactional: false,
        published_version: 1,
        approved_version: null,
      },
      {
        name: 'demo-survey',
        type: 'outbound',
        transactional: true,
        published_version: 1,
        approved_version: 1,
      },
    ]);
    expect(keys.map(({ name, operations }) => ({ name, operations }))).toEqual([
      { name: 'Demo', operations: false },
      { name: 'Operations', operations: true },
    ]);
    for (const { hash } of keys) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('refuses a second start on the same data directory in one line that names the first', async () => {
    const second = start(dataDir);
    expect(await second.ended).toBe(1);
    expect(second.output().trim().split('\n')).toHaveLength(1);
    expect(second.output()).toContain(`process ${stack.process.pid}`);
    expect(existsSync(join(dataDir, 'local.json'))).toBe(true);
  });

  test('starts a part again that dies', async () => {
    const before = stackProcesses(dataDir).find(({ part }) => part === 'inbox');
    if (!before) throw new Error('no inbox');
    process.kill(before.pid, 'SIGKILL');
    const deadline = Date.now() + 30_000;
    let status = 0;
    while (status !== 200 && Date.now() < deadline) {
      await sleep(100);
      status = await fetch(first.inboxUrl ?? '').then(
        (reply) => reply.status,
        () => 0,
      );
    }
    expect(status).toBe(200);
    expect(stack.output()).toContain('The inbox ended unexpectedly (SIGKILL');
  });

  test(
    'killed, leaves parts behind that the next start ends, and goes on with its data whole',
    async () => {
      const sql = postgres(first.databaseUrl ?? '', { max: 1 });
      await sql`insert into accounts (name, time_zone, default_country, holder_email)
              values ('Kept', 'Asia/Kolkata', 'IN', 'kept@example.com')`;
      await sql.end();
      const left = stackProcesses(dataDir);
      expect(names(left)).toEqual(['api', 'inbox', 'ingest', 'postgres', 'temporal', 'worker']);
      stack.process.kill('SIGKILL');
      await stack.ended;

      stack = start(dataDir, { PORT: String(port) });
      const second = await ready(stack, dataDir);
      expect(left.filter(({ pid }) => isAlive(pid))).toEqual([]);
      expect(second).toEqual(first);
      const again = postgres(second.databaseUrl ?? '', { max: 1 });
      expect([...(await again`select name from accounts order by id`)]).toEqual([
        { name: 'Demo' },
        { name: 'Kept' },
      ]);
      await again.end();
    },
    START_LIMIT_MS,
  );

  test(
    'started by an npm that is killed, ends by itself, and the next start is not refused',
    async () => {
      stack.process.kill('SIGINT');
      await stack.ended;
      const npm = spawn('npm', ['start', '--', '--no-demo'], {
        cwd: ROOT,
        env: {
          ...withoutServers(),
          CLARION_DATA_DIR: dataDir,
          PORT: String(port),
          CLARION_SIMULATION_SPEED: '0',
        },
        stdio: 'ignore',
      });
      const deadline = Date.now() + START_LIMIT_MS;
      while (!existsSync(join(dataDir, 'local.json')) && Date.now() < deadline) await sleep(50);
      const left = stackProcesses(dataDir);
      npm.kill('SIGKILL');

      stack = start(dataDir, { PORT: String(port) });
      expect(await ready(stack, dataDir)).toEqual(first);
      expect(left.filter(({ pid }) => isAlive(pid))).toEqual([]);
    },
    START_LIMIT_MS,
  );

  test(
    'killed with all its parts, starts again with its data whole',
    async () => {
      const all = stackProcesses(dataDir);
      stack.process.kill('SIGKILL');
      for (const { pid } of all) signalProcess(pid, 'SIGKILL');
      await stack.ended;
      stack = start(dataDir, { PORT: String(port) });
      const third = await ready(stack, dataDir);
      expect(third).toEqual(first);
      const sql = postgres(third.databaseUrl ?? '', { max: 1 });
      expect([...(await sql`select count(*)::int as accounts from accounts`)]).toEqual([{ accounts: 2 }]);
      await sql.end();
    },
    START_LIMIT_MS,
  );

  test('ends everything it started at Ctrl-C, and exits 0', async () => {
    const all = stackProcesses(dataDir);
    expect(names(all)).toEqual(['api', 'inbox', 'ingest', 'postgres', 'temporal', 'worker']);
    stack.process.kill('SIGINT');
    expect(await stack.ended).toBe(0);
    expect(all.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(stackProcesses(dataDir)).toEqual([]);
    expect(existsSync(join(dataDir, 'local.json'))).toBe(false);
  });
});

describe('a start that cannot be', () => {
  async function refused(env: Record<string, string>, prepare?: (dataDir: string) => void): Promise<string> {
    const dataDir = mkdtempSync(join(tmpdir(), 'clarion-refused-'));
    prepare?.(dataDir);
    const attempt = start(dataDir, env);
    const code = await attempt.ended;
    expect({
      code,
      lines: attempt.output().trim().split('\n').length,
      output: attempt.output(),
    }).toMatchObject({
      code: 1,
      lines: env.CLARION_LOG_LEVEL ? 2 : 1,
    });
    expect(stackProcesses(dataDir)).toEqual([]);
    rmSync(dataDir, { recursive: true, force: true });
    return attempt.output();
  }

  test('says that the port is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    expect(await refused({ PORT: String(port) })).toContain(`PORT ${port} is in use`);
    other.close();
  });

  test('names every variable that is wrong', async () => {
    const output = await refused({ PORT: 'abc', CLARION_LOG_LEVEL: 'loud' });
    expect(output).toContain('PORT');
    expect(output).toContain('CLARION_LOG_LEVEL');
  });

  test('refuses data of a newer Clarion', async () => {
    const newer = (dir: string) => writeFileSync(join(dir, 'stack.json'), '{"layout": 999}');
    expect(await refused({}, newer)).toContain('newer Clarion');
  });

  test('says that a file is in the way of the data directory', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clarion-file-'));
    writeFileSync(join(folder, 'file'), '');
    expect(await refused({ CLARION_DATA_DIR: join(folder, 'file', 'data') })).toContain(
      'a file is in the way',
    );
    rmSync(folder, { recursive: true });
  });

  test('says when nothing answers at DATABASE_URL', async () => {
    const nobody = await freePort();
    const output = await refusedLast({ DATABASE_URL: `postgres://a:b@127.0.0.1:${nobody}/c` });
    expect(output).toContain('the database cannot be reached');
  });

  /** The last line, where others before it tell what did start. */
  async function refusedLast(env: Record<string, string>): Promise<string> {
    const dataDir = mkdtempSync(join(tmpdir(), 'clarion-refused-'));
    const attempt = start(dataDir, env);
    expect(await attempt.ended).toBe(1);
    expect(stackProcesses(dataDir)).toEqual([]);
    rmSync(dataDir, { recursive: true, force: true });
    return attempt.output().trim().split('\n').at(-1) ?? '';
  }
});
