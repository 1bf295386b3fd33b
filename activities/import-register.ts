/** Loads a do-not-call register from its file: read like a list, kept as a new version, whole or not at all. */
import type { Readable } from 'node:stream';
import type { Database } from '../db/client.ts';
import { loadRegisterVersion, type RegisterImport } from '../db/queries/register.ts';
import { shownCell } from '../domain/list/header.ts';
import { ListRejected } from '../domain/list/rejection.ts';
import { parsePhone } from '../domain/phone.ts';
import { readCsv } from './ingest/read-csv.ts';

/** A national register of a hundred million numbers has 1.1 GB. */
const REGISTER_BYTES = 2 * 1024 * 1024 * 1024;

export interface RegisterFile {
  /** 0: the platform's register, which applies to every account. */
  accountId: number;
  fileName: string;
  /** Region whose numbers stand in the file without a country code. */
  country: string;
  /** csv with a `number` column, or of numbers alone. */
  content: Readable;
}

/** Bad rows that a refusal names: enough to see what is wrong with all of them. */
const ROWS_NAMED = 3;

/** @throws ListRejected when the file cannot be read or has no valid number; nothing is changed then */
export async function importRegister(db: Database, file: RegisterFile): Promise<RegisterImport> {
  let rejected = 0;
  let rows = 0;
  const firstBad: string[] = [];
  async function* lines(): AsyncGenerator<string> {
    const reading = { phoneColumn: null, country: file.country, declared: [] };
    const tooLarge = () => new ListRejected('FILE_TOO_LARGE', 'a register may have at most 2 GB');
    for await (const { shape, rows: found } of readCsv(file.content, reading, {
      bytes: REGISTER_BYTES,
      tooLarge,
    })) {
      let text = '';
      for (const cells of found) {
        rows += 1;
        const cell = (Array.isArray(cells) ? cells : cells.cells)[shape.phoneIndex] ?? '';
        const number = Array.isArray(cells) ? parsePhone(cell, file.country) : undefined;
        // Sixteen characters: a plus sign and E.164's fifteen digits.
        if (number && number.e164.length <= 16) text += `${number.e164.slice(1)}\n`;
        else {
          rejected += 1;
          if (firstBad.length < ROWS_NAMED) firstBad.push(`row ${rows} has ${shownCell(cell)}`);
        }
      }
      if (text !== '') yield text;
    }
    if (rows === 0) throw new ListRejected('EMPTY_FILE', 'the register has no rows');
    if (rejected === rows) throw noValidNumber(file.country, firstBad, rows);
  }
  const { accountId, fileName } = file;
  return loadRegisterVersion(db, { accountId, fileName, lines: lines(), rejected: () => rejected });
}

/** A version of no numbers would look like a register that was loaded. */
function noValidNumber(country: string, firstBad: readonly string[], rows: number): ListRejected {
  const named = `${firstBad.join(', ')}${rows > firstBad.length ? ', ...' : ''}`;
  const sentence = `none of its ${rows} rows has a valid number, read as one of ${country}: ${named}`;
  return new ListRejected('EMPTY_FILE', sentence);
}
