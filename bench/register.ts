/**
 * What a do-not-call register of ten million numbers costs: loading it from its file, in a process of its own
 * whose memory is looked at, and scrubbing a list against it, as the difference to reading the same list unscrubbed.
 */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RegisterReport } from './register-process.ts';

const run = promisify(execFile);

/** Numbers of the register for each row of the list: ten million for the largest list. */
const REGISTERED_PER_ROW = 40;
/** Numbers written to the file at a time. */
const CHUNK = 20_000;

/**
 * Writes a register's file as it may come: every 40th number of the list, and others up to the full count, in no
 * order, some with a category and hours.
 * @param listed numbers of the list, without a country code
 * @returns how many rows it has
 */
export async function writeRegister(file: string, listed: readonly number[]): Promise<number> {
  const rows = listed.length * REGISTERED_PER_ROW;
  async function* text(): AsyncGenerator<string> {
    yield 'number,category,preferredFrom,preferredTo\n';
    for (let from = 0; from < rows; from += CHUNK) {
      let chunk = '';
      for (let at = from; at < Math.min(rows, from + CHUNK); at += 1) chunk += line(at, listed);
      yield chunk;
    }
  }
  await pipeline(Readable.from(text()), createWriteStream(file));
  return rows;
}

function line(at: number, listed: readonly number[]): string {
  const own = at % (REGISTERED_PER_ROW * REGISTERED_PER_ROW) === 0;
  // A step that has no factor in common with the range goes through all of it before it repeats a number.
  const number = own
    ? listed[at / REGISTERED_PER_ROW]
    : 6_000_000_000 + ((at * 1_000_003_777) % 4_000_000_000);
  const preference = at % 10 === 3 ? '"2,5",10:00,18:00' : '0,,';
  return `${number},${preference}\n`;
}

/** Loads a register's file as the platform's own. */
export async function loadRegister(url: string, file: string): Promise<RegisterReport & { bytes: number }> {
  const script = fileURLToPath(new URL('./register-process.ts', import.meta.url));
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script, url, file]);
  const report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as RegisterReport;
  return { ...report, bytes: (await stat(file)).size };
}
