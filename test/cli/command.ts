/** The real command, as a process of its own, against a real API on a port; the engine's part is played by SQL. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { afterAll } from 'vitest';
import type { Database } from '../../db/client.ts';
import { testApi } from '../api/support.ts';

const BIN = fileURLToPath(new URL('../../cli/clarion.mjs', import.meta.url));

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  ended: Promise<Run>;
  /** What has come on stdout and stderr so far. */
  seen(): string;
  signal(name: NodeJS.Signals): void;
}

/** Starts `clarion` with arguments. `env` replaces the variables that name the server. */
export function startCommand(args: string[], env: Record<string, string>, cwd?: string): Running {
  const { CLARION_URL: _, CLARION_API_KEY: __, CLARION_DATA_DIR: ___, ...inherited } = process.env;
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: { ...inherited, ...env } });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  const ended = new Promise<Run>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout: out.join(''), stderr: err.join('') }));
  });
  return { ended, seen: () => out.join('') + err.join(''), signal: (name) => child.kill(name) };
}

/** An API on a port of its own, an account with a flow named `survey`, and the command bound to it. */
export async function testCommand(over: Parameters<typeof testApi>[0] = {}) {
  const api = await testApi(over);
  const { accountId, key } = await api.caller();
  await api.flow(accountId, { name: 'survey' });
  const server = serve({ fetch: api.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dir = await mkdtemp(join(tmpdir(), 'clarion-cli-'));
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(dir, { recursive: true, force: true });
  });
  const env = { CLARION_URL: url, CLARION_API_KEY: key };
  return {
    ...api,
    accountId,
    key,
    url,
    dir,
    env,
    start: (...args: string[]) => startCommand(args, env, dir),
    run: (...args: string[]) => startCommand(args, env, dir).ended,
    file: async (name: string, content: string) => {
      await writeFile(join(dir, name), content);
      return name;
    },
    newestRequest: () => newestRequest(api.db, accountId),
  };
}

/** Waits until the account has a request more than `after`. */
async function newestRequest(db: Database, accountId: number, after = 0): Promise<number> {
  return until('a request', async () => {
    const [row] = await db.sql<{ id: string }[]>`
      select id from requests where account_id = ${accountId} and id > ${after} order by id desc limit 1`;
    return row && Number(row.id);
  });
}

/** Asks again and again until there is an answer. */
export async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let tries = 0; tries < 1_500; tries++) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}

type Row = { number?: string; given?: string; result?: string; detail?: string };

/** What reading the list leaves behind: rows, counts, status. */
export async function ingested(db: Database, accountId: number, id: number, rows: Row[]): Promise<void> {
  const results = new Map<string, number>();
  for (const [at, row] of rows.entries()) {
    const result = row.result ?? 'ACCEPTED';
    results.set(result, (results.get(result) ?? 0) + 1);
    await db.sql`insert into records (request_id, row, account_id, result, given, number, detail)
      values (${id}, ${at + 1}, ${accountId}, ${result}, ${row.given ?? row.number ?? ''}, ${row.number ?? null},
              ${row.detail ?? null})`;
  }
  for (const [result, count] of results) await tally(db, accountId, id, 'result', result, count);
  await db.sql`update requests set status = 'IN_PROCESS', ingested_at = now(), started_at = now(),
      loaded = ${rows.length}, added = ${results.get('ACCEPTED') ?? 0} where id = ${id}`;
}

/** Ends all accepted records with one outcome, and the request with a status. */
export async function ended(
  db: Database,
  accountId: number,
  id: number,
  over: { status?: string; outcome?: string } = {},
): Promise<void> {
  const outcome = over.outcome ?? 'ANSWERED';
  const done = await db.sql`update records set outcome = ${outcome}, attempts = 1, ended_at = now()
    where request_id = ${id} and result = 'ACCEPTED' and ended_at is null returning row`;
  await tally(db, accountId, id, 'outcome', outcome, done.length);
  await tally(db, accountId, id, 'attempt', outcome, done.length);
  await db.sql`update requests set status = ${over.status ?? 'COMPLETED'}, ended_at = now() where id = ${id}`;
}

async function tally(
  db: Database,
  accountId: number,
  id: number,
  kind: string,
  value: string,
  count: number,
) {
  await db.sql`insert into request_tallies (request_id, kind, value, shard, account_id, count)
    values (${id}, ${kind}, ${value}, 0, ${accountId}, ${count})`;
}
