/** Loads a file of numbers or mail addresses into the blacklist, batch by batch in flat memory, in one transaction. */
import type { Readable } from 'node:stream';
import type { Database } from '../db/client.ts';
import { addToBlacklist, lockBlacklist, type NewBlacklistEntry } from '../db/queries/blacklist.ts';
import { BLACKLIST_COLUMNS, type BlacklistRules, readBlacklistRow } from '../domain/blacklist-file.ts';
import type { ListShape } from '../domain/list/header.ts';
import { ListRejected } from '../domain/list/rejection.ts';
import { type ListRow, readCsv } from './ingest/read-csv.ts';

/** Rows of one file. */
export const MAX_BLACKLIST_ROWS = 1_000_000;
const MAX_BYTES = 128 * 1024 * 1024;
const BATCH_ROWS = 5_000;
/** Bad rows that are named. */
const ROWS_NAMED = 20;

export interface BlacklistFile extends BlacklistRules {
  accountId: number;
  /** csv with a `number` or an `email` column; numbers may also stand alone. */
  content: Readable;
}

export interface BlacklistImport {
  added: number;
  /** Were there already, from before or from an earlier row: they have the reason and expiry of the last. */
  updated: number;
  /** Rows that said nothing usable. */
  rejected: number;
  /** The first of them, by their number in the file without its header. */
  firstRejected: { row: number; message: string }[];
}

/** @param tx a transaction: a file that turns out to be unusable leaves nothing. @throws ListRejected for such a file */
export async function importBlacklist(tx: Database, file: BlacklistFile): Promise<BlacklistImport> {
  const { accountId, kind } = file;
  await lockBlacklist(tx, { accountId, kind });
  const done: BlacklistImport = { added: 0, updated: 0, rejected: 0, firstRejected: [] };
  let rows = 0;
  let batch: NewBlacklistEntry[] = [];
  const flush = async (): Promise<void> => {
    const { added, updated } = await addToBlacklist(tx, { accountId, kind, entries: batch });
    done.added += added;
    done.updated += updated;
    batch = [];
  };
  const reading = {
    phoneColumn: kind === 'phones' ? null : 'email',
    country: file.country,
    declared: BLACKLIST_COLUMNS,
  };
  const tooLarge = () => new ListRejected('FILE_TOO_LARGE', 'the file may have at most 128 MB');
  for await (const { shape, rows: found } of readCsv(file.content, reading, { bytes: MAX_BYTES, tooLarge })) {
    for (const row of found) {
      rows += 1;
      if (rows > MAX_BLACKLIST_ROWS) {
        const most = MAX_BLACKLIST_ROWS.toLocaleString('en');
        throw new ListRejected('FILE_TOO_LARGE', `the file may have at most ${most} rows; send it in parts`);
      }
      const read = readRow(row, shape, file);
      if (read.ok) batch.push(read.entry);
      else {
        done.rejected += 1;
        if (done.firstRejected.length < ROWS_NAMED)
          done.firstRejected.push({ row: rows, message: read.problem });
      }
      if (batch.length >= BATCH_ROWS) await flush();
    }
  }
  if (rows === 0) throw new ListRejected('EMPTY_FILE', 'the file has no rows');
  if (done.rejected === rows) {
    const [first] = done.firstRejected;
    throw new ListRejected('EMPTY_FILE', `none of its ${rows} rows is usable; row 1: ${first?.message}`);
  }
  await flush();
  return done;
}

function readRow(row: ListRow, shape: ListShape, rules: BlacklistRules) {
  if (!Array.isArray(row)) return { ok: false as const, problem: row.problem };
  if (row.slice(shape.columns).some((cell) => cell.trim() !== '')) {
    return { ok: false as const, problem: `has more cells than the header, which has ${shape.columns}` };
  }
  const cellOf = (column: (typeof BLACKLIST_COLUMNS)[number]): string => {
    const index = shape.variables.indexOf(column);
    return index === -1 ? '' : (row[index] ?? '');
  };
  const value = row[shape.phoneIndex] ?? '';
  return readBlacklistRow({ value, reason: cellOf('reason'), expiresAt: cellOf('expiresAt') }, rules);
}
