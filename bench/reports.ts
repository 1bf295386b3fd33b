/**
 * How long the API takes to answer lists and reports of a large account (half a million requests, five million attempts, a
 * second account beside them): every filter, every two of them together, both orders, first pages and pages far behind,
 * and filters that match little or nothing. Through the whole application, on a real PostgreSQL. The reference is a page of
 * fifty attempts by primary key, asked of the driver alone: the least that any list of them could cost here.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from '../api/app.ts';
import { makeKey } from '../api/auth.ts';
import { type Database, openDatabase } from '../db/client.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { createApiKey } from '../db/queries/api-keys.ts';
import { startPostgres } from '../local/postgres.ts';
import type { Measurement } from './main.ts';
import { makeReportsData, type ReportsData } from './reports-data.ts';
import { questionsOf } from './reports-questions.ts';

const REQUESTS = 500_000;
const CONNECTIONS = 10;
/** Each question is asked so often; the first time counts as the others. */
const ROUNDS = 3;
const DEMANDED_MS = 300;
const SLOWEST_SHOWN = 12;

const round = (ms: number): number => Math.round(ms * 100) / 100;

export async function benchReports(size = REQUESTS): Promise<Measurement> {
  const dir = await mkdtemp(join(tmpdir(), 'clarion-bench-'));
  // Nothing of it is kept, and nothing that is measured writes.
  const postgres = await startPostgres({ dataDir: join(dir, 'postgres'), durable: false, log: () => {} });
  try {
    await postgres.createDatabase('bench');
    await migrateDatabase(postgres.url('bench'));
    const db = openDatabase(postgres.url('bench'), CONNECTIONS);
    try {
      const begun = performance.now();
      const data = await makeReportsData(db, size);
      console.log(`data made in ${Math.round((performance.now() - begun) / 1000)} s`);
      return await measureReports(db, data);
    } finally {
      await db.close();
    }
  } finally {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Asks everything there is to ask of data that is there. */
export async function measureReports(db: Database, data: ReportsData): Promise<Measurement> {
  const ask = await apiOn(db, data.accountId);
  const questions = await questionsOf(db, data);
  const took: { path: string; ms: number }[] = [];
  for (let at = 0; at < ROUNDS; at += 1) {
    for (const path of questions) took.push({ path, ms: await ask(path) });
  }
  const reference = await bareReads(db, questions.length);
  const all = took.map(({ ms }) => ms).sort((a, b) => a - b);
  const slow = worstOf(took);
  for (const { path, ms } of slow.slice(0, SLOWEST_SHOWN)) console.log(`${round(ms)} ms  ${path}`);
  const over = slow.filter(({ ms }) => ms > DEMANDED_MS).length;
  return {
    clarion: round(quantile(all, 0.95)),
    reference: round(quantile(reference, 0.95)),
    unit: 'ms',
    notes: {
      questions: questions.length,
      'answers measured': all.length,
      requests: data.requests,
      attempts: data.attempts,
      'p50 ms': round(quantile(all, 0.5)),
      'p95 ms': round(quantile(all, 0.95)),
      'max ms': round(all.at(-1) ?? 0),
      [`questions that took over ${DEMANDED_MS} ms`]: over,
    },
  };
}

/** Each question once, by its slowest answer. */
function worstOf(took: readonly { path: string; ms: number }[]): { path: string; ms: number }[] {
  const worst = new Map<string, number>();
  for (const { path, ms } of took) worst.set(path, Math.max(ms, worst.get(path) ?? 0));
  return [...worst].map(([path, ms]) => ({ path, ms })).sort((a, b) => b.ms - a.ms);
}

/** @param sorted ascending */
const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** The API without a network; answers are read to their end. @returns how long one took, ms */
async function apiOn(db: Database, accountId: number): Promise<(path: string) => Promise<number>> {
  const nothing = async (): Promise<never> => {
    throw new Error('the benchmark only reads');
  };
  const app = createApp({
    db,
    storage: { put: nothing, open: nothing, remove: nothing, list: nothing } as never,
    notify: nothing,
    importRegister: nothing,
    importBlacklist: nothing,
    surveyList: nothing,
    register: { name: 'none', lookUp: nothing },
    sound: { take: nothing, asWav: () => Buffer.alloc(0) },
    temporalReady: async () => true,
    log: pino({ level: 'silent' }),
    secret: 'a secret of the benchmark, as long as one has to be',
    links: {},
  });
  const { key, prefix, hash } = makeKey();
  await createApiKey(db, { accountId, name: 'bench', prefix, hash, scopes: ['*'] });
  return async (path) => {
    const begun = performance.now();
    const response = await app.request(`/api/v1${path}`, { headers: { Authorization: `Bearer ${key}` } });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
    return performance.now() - begun;
  };
}

const PAGE = 50;

/** Pages by primary key from all over the ledger, ms each, ascending. */
async function bareReads(db: Database, count: number): Promise<number[]> {
  const starts = await db.sql<
    { id: string }[]
  >`select id from attempts tablesample system (0.1) limit ${count}`;
  const took: number[] = [];
  for (const { id } of starts) {
    const begun = performance.now();
    await db.sql`select * from attempts where id >= ${id} order by id limit ${PAGE}`;
    took.push(performance.now() - begun);
  }
  return took.sort((a, b) => a - b);
}
