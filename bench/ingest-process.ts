/** One ingest in a process of its own, timed from the call to the reply; prints what it took as JSON. */
import { pino } from 'pino';
import { createIngestList } from '../activities/ingest-list.ts';
import { openDatabase } from '../db/client.ts';
import { findRegistered } from '../db/queries/register.ts';
import { localRegister } from '../providers/register/local-table.ts';
import { localFiles } from '../providers/storage/local-files.ts';

export interface IngestReport {
  seconds: number;
  peakBytes: number;
  loaded: number;
  added: number;
}

const [url, directory, accountId, requestId] = process.argv.slice(2);
if (!url || !directory) throw new Error('ingest-process: url, directory, account and request are needed');
const db = openDatabase(url);
// A worker's connections are open before work comes; opening them is not part of reading a list.
await Promise.all([1, 2, 3].map(() => db.sql`select pg_sleep(0.05)`));
const ingestList = createIngestList({
  db,
  storage: localFiles(directory),
  register: localRegister((input) => findRegistered(db, input)),
  log: pino({ level: 'silent' }),
});
const start = performance.now();
const result = await ingestList({ accountId: Number(accountId), requestId: Number(requestId) });
const seconds = (performance.now() - start) / 1000;
if (result.rejected) throw new Error(`the list was rejected: ${result.rejected}`);
const report: IngestReport = {
  seconds,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  loaded: result.loaded,
  added: result.added,
};
await db.close();
console.log(JSON.stringify(report));
