/** One load of a register in a process of its own, so that its memory is its own; prints what it took as JSON. */
import { createReadStream } from 'node:fs';
import { importRegister } from '../activities/import-register.ts';
import { openDatabase } from '../db/client.ts';

export interface RegisterReport {
  seconds: number;
  numbers: number;
  /** Resident memory after a tenth of the time, and at its highest: flat when they are about the same. */
  earlyBytes: number;
  peakBytes: number;
}

const [url, file] = process.argv.slice(2);
if (!url || !file) throw new Error('register-process: url and file are needed');
const db = openDatabase(url);
const content = createReadStream(file, { highWaterMark: 256 * 1024 });
let earlyBytes = 0;
content.on('data', () => {
  // A tenth of the largest file the bench writes.
  if (earlyBytes === 0 && content.bytesRead > 16_000_000) earlyBytes = process.resourceUsage().maxRSS * 1024;
});
content.pause();
const start = performance.now();
const done = await importRegister(db, { accountId: 0, fileName: 'bench.csv', country: 'IN', content });
const report: RegisterReport = {
  seconds: (performance.now() - start) / 1000,
  numbers: done.numbers,
  earlyBytes,
  peakBytes: process.resourceUsage().maxRSS * 1024,
};
await db.close();
console.log(JSON.stringify(report));
