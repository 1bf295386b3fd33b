/**
 * Loads a do-not-call register from its file: read like a list, in flat memory, and kept as a new version, whole
 * or not at all. Small files are loaded while their sender waits, large ones by the ingest worker.
 */
import { type Readable, Transform } from 'node:stream';
import { type Database, inTransaction } from '../db/client.ts';
import {
  createRegisterVersion,
  loadRegisterVersion,
  type NewRegisterVersion,
  type RegisterImport,
  type RegisterReading,
  RegisterRefused,
  registerLine,
} from '../db/queries/register-load.ts';
import {
  beatRegisterVersion,
  type ClaimedVersion,
  claimRegisterVersion,
  failRegisterVersion,
  MOST_TRIES,
} from '../db/queries/register-queue.ts';
import type { ListShape } from '../domain/list/header.ts';
import { shownCell } from '../domain/list/header.ts';
import { ListRejected } from '../domain/list/rejection.ts';
import { parsePhone } from '../domain/phone.ts';
import { BLOCKS_ALL, type RegisterEntry } from '../domain/register.ts';
import {
  REGISTER_COLUMNS,
  type RegisterColumn,
  type RegisterOperation,
  readEntry,
  readOperation,
  UnclearCell,
} from '../domain/register-file.ts';
import type { Logger } from '../log.ts';
import type { Storage } from '../providers/storage/storage.ts';
import { type ListRow, readCsv } from './ingest/read-csv.ts';

/** A national register of a hundred million numbers has 1.1 GB. */
const REGISTER_BYTES = 2 * 1024 * 1024 * 1024;
/** Bad rows that a refusal names: enough to see what is wrong with all of them. */
const ROWS_NAMED = 3;
/** Bad rows that are kept with the version. */
const FAULTS_KEPT = 100;
/** A load that is alive says so this often. */
const BEAT_MS = 2_000;
/** E.164's fifteen digits and a plus sign. */
const LONGEST = 16;

export interface RegisterFile extends Pick<NewRegisterVersion, 'accountId' | 'fileName' | 'country'> {
  /** csv with a `number` column, or of numbers alone. */
  content: Readable;
  mode?: NewRegisterVersion['mode'];
  operation?: RegisterOperation;
  allowShrink?: boolean;
}

/**
 * Loads a file at once.
 * @throws ListRejected when the file cannot be read or has no valid number, RegisterRefused when it would leave
 *   what nobody can have meant; nothing is changed then
 */
export async function importRegister(db: Database, file: RegisterFile): Promise<RegisterImport> {
  const { accountId, content } = file;
  const operation = file.operation ?? 'ADD';
  const reading = new RegisterReader(file.country, operation);
  const { mode = 'FULL', allowShrink = false } = file;
  return inTransaction(db, async (tx) => {
    const version = await createRegisterVersion(tx, { ...file, mode, operation, allowShrink }, 'claimed');
    return loadRegisterVersion(tx, {
      accountId,
      ...version,
      lines: reading.lines(content),
      reading: () => reading.found,
    });
  });
}

interface QueueDeps {
  db: Database;
  storage: Storage;
  log: Logger;
  now: () => Date;
}

/**
 * Loads the next register that waits.
 *
 * `kill -9` anywhere: the version before stays in force, nothing of this one is kept, and once the claim has had
 * no sign of life for half a minute another process reads the file again from its first row. After the load's
 * commit only the file in storage may be left behind.
 * @returns false when none waits
 */
export async function runQueuedImport(deps: QueueDeps): Promise<boolean> {
  const { db, storage, log } = deps;
  const claimed = await claimRegisterVersion(db, deps.now());
  if (!claimed) return false;
  const { accountId, versionId, tries, uploadKey } = claimed;
  const reading = new RegisterReader(claimed.country, claimed.operation);
  try {
    if (tries > MOST_TRIES)
      throw new RegisterRefused(`given up after ${MOST_TRIES} tries that came to no end`);
    const done = await whileBeating(deps, claimed, reading, async () =>
      loadRegisterVersion(db, {
        accountId,
        versionId,
        tries,
        lines: reading.lines(reading.count(await storage.read(uploadKey))),
        reading: () => reading.found,
      }),
    );
    log.info({ ...done, accountId }, 'a do-not-call register was loaded');
  } catch (error) {
    // Anything else is the machine's fault: the claim runs out, and the file is read again.
    if (!(error instanceof ListRejected || error instanceof RegisterRefused)) throw error;
    const { rows, rejected, faults } = reading.found;
    await failRegisterVersion(db, {
      accountId,
      versionId,
      tries,
      error: error.message,
      rows,
      rejected,
      faults,
    });
    log.warn({ accountId, versionId }, 'a do-not-call register could not be loaded');
  }
  await storage.remove(uploadKey);
  return true;
}

/** Tells every few seconds that the load goes on, and how far it is. */
async function whileBeating<T>(
  deps: QueueDeps,
  claimed: ClaimedVersion,
  reading: RegisterReader,
  work: () => Promise<T>,
): Promise<T> {
  const beat = async (): Promise<void> => {
    const { rows } = reading.found;
    await beatRegisterVersion(deps.db, { ...claimed, rows, bytesRead: reading.bytesRead, now: deps.now() });
  };
  const timer = setInterval(() => {
    // One that is lost is followed by others.
    beat().catch((error: unknown) =>
      deps.log.warn({ err: error }, 'a load of the register could not say so'),
    );
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** One pass over a register's file. */
class RegisterReader {
  readonly found: RegisterReading = { rows: 0, rejected: 0, unclear: 0, faults: [] };
  bytesRead = 0;
  readonly #country: string;
  readonly #operation: RegisterOperation;
  readonly #firstBad: string[] = [];

  constructor(country: string, operation: RegisterOperation) {
    this.#country = country;
    this.#operation = operation;
  }

  /** The same bytes, counted. */
  count(content: Readable): Readable {
    const counting = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.bytesRead += chunk.length;
        done(null, chunk);
      },
    });
    content.once('error', (error) => counting.destroy(error));
    counting.once('close', () => content.destroy());
    return content.pipe(counting);
  }

  /** @throws ListRejected */
  async *lines(content: Readable): AsyncGenerator<string> {
    const reading = { phoneColumn: null, country: this.#country, declared: REGISTER_COLUMNS };
    const limits = {
      bytes: REGISTER_BYTES,
      tooLarge: () => new ListRejected('FILE_TOO_LARGE', 'a register may have at most 2 GB'),
    };
    let columns: Columns | undefined;
    for await (const { shape, rows } of readCsv(content, reading, limits)) {
      columns ??= columnsOf(shape);
      let text = '';
      for (const cells of rows) text += this.#line(cells, columns);
      if (text !== '') yield text;
    }
    const { rows, rejected } = this.found;
    if (rows === 0) throw new ListRejected('EMPTY_FILE', 'the register has no rows');
    if (rejected === rows) throw noValidNumber(this.#country, this.#firstBad, rows);
  }

  #line(row: ListRow, columns: Columns): string {
    this.found.rows += 1;
    const cells = Array.isArray(row) ? row : row.cells;
    const given = cells[columns.phone] ?? '';
    const number = Array.isArray(row) ? parsePhone(given, this.#country) : undefined;
    if (!number || number.e164.length > LONGEST) {
      if (this.#firstBad.length < ROWS_NAMED)
        this.#firstBad.push(`row ${this.found.rows} has ${shownCell(given)}`);
      return this.#reject(Array.isArray(row) ? 'not a valid number' : row.problem);
    }
    const cell = (column: RegisterColumn): string => cells[columns.of[column] ?? -1] ?? '';
    let operation = this.#operation;
    if (columns.of.operation !== undefined) {
      try {
        operation = readOperation(cell('operation'), this.#operation);
      } catch (error) {
        return this.#reject(messageOf(error));
      }
    }
    const preference = columns.plain ? PLAIN : this.#preference(cell);
    return registerLine(this.found.rows, number.e164.slice(1), operation, preference);
  }

  #reject(problem: string): string {
    this.found.rejected += 1;
    this.#note(problem);
    return '';
  }

  /** A preference that cannot be read must not have anybody called: the number is blocked altogether. */
  #preference(cell: (column: RegisterColumn) => string): string {
    try {
      return preferenceText(readEntry(cell));
    } catch (error) {
      this.found.unclear += 1;
      this.#note(`${messageOf(error)}; the number counts as blocked for everything`);
      return PLAIN;
    }
  }

  #note(problem: string): void {
    if (this.found.faults.length < FAULTS_KEPT) this.found.faults.push({ row: this.found.rows, problem });
  }
}

/** Where the columns are that count. */
interface Columns {
  phone: number;
  of: Partial<Record<RegisterColumn, number>>;
  /** None of them says anything of a preference. */
  plain: boolean;
}

function columnsOf(shape: ListShape): Columns {
  const of: Columns['of'] = {};
  for (const column of REGISTER_COLUMNS) {
    const index = shape.variables.indexOf(column);
    if (index >= 0) of[column] = index;
  }
  const plain = Object.keys(of).every((column) => column === 'operation');
  return { phone: shape.phoneIndex, of, plain };
}

const copied = (value: number | null): string => (value === null ? '\\N' : String(value));
const preferenceText = ({ categories, fromMinute, toMinute, days }: RegisterEntry): string =>
  `${categories}\t${copied(fromMinute)}\t${copied(toMinute)}\t${copied(days)}`;
const PLAIN = preferenceText(BLOCKS_ALL);

/** @throws what is no fault of a cell */
function messageOf(error: unknown): string {
  if (error instanceof UnclearCell) return error.message;
  throw error;
}

/** A version of no numbers would look like a register that was loaded. */
function noValidNumber(country: string, firstBad: readonly string[], rows: number): ListRejected {
  const named = `${firstBad.join(', ')}${rows > firstBad.length ? ', ...' : ''}`;
  const sentence = `none of its ${rows} rows has a valid number, read as one of ${country}: ${named}`;
  return new ListRejected('EMPTY_FILE', sentence);
}
