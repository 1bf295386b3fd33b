/**
 * Reading a list end to end (storage to `records`, with blacklist and register in place) against COPY of the
 * very rows that came out of it into a table of the same shape. Both on one durable PostgreSQL, in turns. Then what
 * a do-not-call register of forty numbers a row adds to it.
 */
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Database, openDatabase } from '../db/client.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { requestPolicy } from '../domain/policy.ts';
import { startPostgres } from '../local/postgres.ts';
import type { IngestReport } from './ingest-process.ts';
import type { Measurement } from './main.ts';
import { loadRegister, writeRegister } from './register.ts';

const run = promisify(execFile);

/** 250,000 rows of 41 bytes are the 10 MB a file may have. */
const ROWS = 250_000;
const ROUNDS = 3;
const REGISTERED = 100_000;
const BLACKLISTED = 2000;

/** Numbers as they go up and down the Indian mobile range; the same each time. */
function numbers(count: number): number[] {
  let state = 20_260_101;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, () => 6_000_000_000 + next(2_000_000) * 2000 - next(1000) + 4000);
}

/** One row in 50 repeats an earlier number and one in 100 has none that is valid. */
function listOf(count: number): string {
  const given = numbers(count);
  const rows = given.map((number, index) => {
    let cell = String(number);
    if (index % 50 === 49) cell = String(given[index - 7]);
    if (index % 100 === 98) cell = '12345';
    return `${cell},Person n. ${String(index).padStart(6, '0')},${String((index * 7919) % 90_000).padStart(5, '0')} rupees`;
  });
  return `mobile,name,amount\n${rows.join('\n')}\n`;
}

async function prepare(db: Database, count: number): Promise<number> {
  const { sql } = db;
  const policy = requestPolicy.parse({ timeZone: 'Asia/Kolkata', homeRegion: 'IN', promotional: true });
  const definition = JSON.stringify({
    variables: ['name', 'amount'].map((name) => ({ name, required: true })),
  });
  const [account] = await sql<{ id: number }[]>`
    insert into accounts (name, time_zone, default_country, holder_email)
    values ('Bench', 'Asia/Kolkata', 'IN', 'holder@example.com') returning id`;
  const accountId = account?.id ?? 0;
  await sql`insert into flows (account_id, name, type, draft) values (${accountId}, 'bench', 'outbound', '{}')`;
  await sql`insert into flow_versions (flow_id, version, account_id, definition, published_by)
            select id, 1, account_id, ${definition}::text::jsonb, 'bench' from flows`;
  await sql`insert into requests (account_id, flow_id, flow_version, flow_type, source, upload_format, created_by)
            select account_id, id, 1, 'outbound', 'upload', 'csv', 'bench'
            from flows, generate_series(1, ${3 * ROUNDS + 1}::int)`;
  await sql`update requests set upload_key = 'list/' || id`;
  await sql`insert into request_policies (request_id, version, account_id, policy, created_by)
            select id, 1, account_id, ${JSON.stringify(policy)}::text::jsonb, 'bench' from requests`;
  const listed = numbers(count).map((number) => `91${number}`);
  // Some of the list are on each, and many more numbers besides.
  const registered = [...listed.filter((_, i) => i % 40 === 0), ...listed.map((n) => `92${n.slice(2)}`)];
  await sql`insert into register_versions (account_id, file_name, numbers, rejected) values (0, 'bench', 0, 0)`;
  await sql`insert into register_numbers (account_id, number, version_id)
            select distinct 0, unnest(${registered.slice(0, REGISTERED)}::text[])::bigint, 1`;
  const black = listed.filter((_, i) => i % 90 === 1).slice(0, BLACKLISTED);
  await sql`insert into blacklist_phones (account_id, number)
            select distinct ${accountId}::int, '+' || unnest(${black}::text[])`;
  await sql`analyze`;
  return accountId;
}

/** A process of its own, as the ingest worker is, so that its memory is its own too. */
async function ingest(url: string, directory: string, accountId: number, requestId: number) {
  const script = fileURLToPath(new URL('./ingest-process.ts', import.meta.url));
  const args = ['--import', 'tsx', script, url, directory, String(accountId), String(requestId)];
  const { stdout } = await run(process.execPath, args);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as IngestReport;
}

/** On a connection of its own: the driver may leave one paused after a COPY to it, and nothing more comes through. */
async function dumpRows(url: string, file: string): Promise<void> {
  const own = openDatabase(url, 1);
  await pipeline(await own.sql`copy records to stdout`.readable(), createWriteStream(file));
  await own.close();
}

/** @returns seconds */
async function copyReference(db: Database, file: string): Promise<number> {
  await db.sql`drop table if exists records_reference`;
  await db.sql`create table records_reference (like records including all)`;
  await db.sql`checkpoint`;
  const start = performance.now();
  await pipeline(
    createReadStream(file, { highWaterMark: 256 * 1024 }),
    await db.sql`copy records_reference from stdin`.writable(),
  );
  return (performance.now() - start) / 1000;
}

const best = (values: number[]): number => Number(Math.min(...values).toFixed(3));

/** @param size rows of the list */
export async function benchIngest(size = ROWS): Promise<Measurement> {
  const directory = await mkdtemp(join(tmpdir(), 'clarion-bench-'));
  await chmod(directory, 0o711);
  const server = await startPostgres({ dataDir: join(directory, 'postgres'), durable: true, log: () => {} });
  try {
    await server.createDatabase('bench');
    const url = server.url('bench');
    await migrateDatabase(url);
    const db = openDatabase(url);
    try {
      return await measure(db, url, directory, size);
    } finally {
      await db.close();
    }
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function measure(db: Database, url: string, directory: string, size: number): Promise<Measurement> {
  const accountId = await prepare(db, size);
  const list = join(directory, 'list.csv');
  await writeFile(list, listOf(size));
  const uploads = join(directory, 'files');
  const rowsFile = join(directory, 'rows.copy');
  const clarion: number[] = [];
  const reference: number[] = [];
  let report: IngestReport | undefined;
  // The first round warms caches on both sides and makes the reference's file; it is not counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    await db.sql`checkpoint`;
    const { sql } = db;
    await sql`truncate records`;
    await storeUpload(uploads, `list/${round + 1}`, list);
    report = await ingest(url, uploads, accountId, round + 1);
    if (round === 0) {
      await dumpRows(url, rowsFile);
    }
    const seconds = await copyReference(db, rowsFile);
    if (round > 0) clarion.push(report.seconds);
    if (round > 0) reference.push(seconds);
  }
  const counted = await countResults(db);
  const register = await measureRegister(db, url, directory, { accountId, list, size });
  return {
    clarion: best(clarion),
    reference: best(reference),
    unit: 's',
    notes: {
      'file, bytes': (await stat(list)).size,
      rows: counted,
      'peak resident memory of the reading process, MB': Math.round((report?.peakBytes ?? 0) / 1e6),
      'every round, s': `${clarion.map((s) => s.toFixed(2)).join(' ')} against ${reference.map((s) => s.toFixed(2)).join(' ')}`,
      ...register,
    },
  };
}

async function countResults(db: Database): Promise<string> {
  const found = await db.sql<{ result: string; count: number }[]>`
    select result, count(*)::int as count from records group by result order by count desc`;
  return found.map(({ result, count }) => `${count} ${result}`).join(', ');
}

/** Reads the same list unscrubbed and scrubbed, in turns, against a register many times its size. */
async function measureRegister(
  db: Database,
  url: string,
  directory: string,
  given: { accountId: number; list: string; size: number },
): Promise<Measurement['notes']> {
  const { accountId, list, size } = given;
  const file = join(directory, 'register.csv');
  await writeRegister(file, numbers(size));
  const load = await loadRegister(url, file);
  await db.sql`analyze register_numbers`;
  const seconds: Record<'scrubbed' | 'unscrubbed', number[]> = { scrubbed: [], unscrubbed: [] };
  let requestId = ROUNDS + 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of ['unscrubbed', 'scrubbed'] as const) {
      requestId += 1;
      await db.sql`
        update request_policies set policy = jsonb_set(policy, '{promotional}', ${way === 'scrubbed'}::text::jsonb)
        where request_id = ${requestId}`;
      await db.sql`checkpoint`;
      await db.sql`truncate records`;
      await storeUpload(join(directory, 'files'), `list/${requestId}`, list);
      seconds[way].push((await ingest(url, join(directory, 'files'), accountId, requestId)).seconds);
    }
  }
  const added = best(seconds.scrubbed) - best(seconds.unscrubbed);
  const shown = (values: number[]): string => values.map((s) => s.toFixed(2)).join(' ');
  return {
    'numbers on the register': load.numbers,
    'loading it, s': load.seconds.toFixed(1),
    'its file, bytes': load.bytes,
    'peak resident memory of the loading process, MB': Math.round(load.peakBytes / 1e6),
    'the same after 16 MB of the file, MB': Math.round(load.earlyBytes / 1e6),
    'register look-up adds, s': `${added.toFixed(2)} (${shown(seconds.scrubbed)} against ${shown(seconds.unscrubbed)})`,
    'rows scrubbed against it': await countResults(db),
  };
}

async function storeUpload(uploads: string, key: string, list: string): Promise<void> {
  const { localFiles } = await import('../providers/storage/local-files.ts');
  await localFiles(uploads).write(key, createReadStream(list), Number.MAX_SAFE_INTEGER);
}
