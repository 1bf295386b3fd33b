/** One csv, from bytes to rows, in one pass and flat memory. */
import {
  type ListShape,
  namedSeparator,
  type Reading,
  readShape,
  sniffSeparator,
} from '../../domain/list/header.ts';
import { LIST_LIMITS } from '../../domain/list/limits.ts';
import { type BrokenRecord, type Portion, RecordSplitter } from '../../domain/list/records.ts';
import { ListRejected } from '../../domain/list/rejection.ts';
import { CsvCells } from './csv-cells.ts';
import { readText } from './text.ts';

/** A row is its cells, or what was wrong with its record. */
export type ListRow = string[] | BrokenRecord;

/** Rows of one file in their order, without its header. */
export interface ListBatch {
  shape: ListShape;
  rows: ListRow[];
}

/**
 * @returns batches as they come; none when the file has no record at all
 * @throws ListRejected when the file can not be read as a list
 */
export async function* readCsv(
  source: AsyncIterable<Buffer>,
  reading: Reading,
  limits: { bytes: number; tooLarge: () => ListRejected },
): AsyncGenerator<ListBatch> {
  const csv = new OpenCsv(reading);
  try {
    for await (const text of readText(source, limits.bytes, limits.tooLarge)) {
      const batch = await csv.push(text);
      if (batch) yield batch;
    }
    const rest = await csv.finish();
    if (rest) yield rest;
  } finally {
    csv.close();
  }
}

class OpenCsv {
  readonly #reading: Reading;
  /** Text that came before the first record was complete. */
  #head = '';
  #splitter: RecordSplitter | undefined;
  #cells: CsvCells | undefined;
  #shape: ListShape | undefined;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  async push(text: string): Promise<ListBatch | undefined> {
    if (this.#splitter) return this.#batch(this.#splitter.push(text));
    this.#head += text;
    const first = firstRecord(this.#head);
    if (first === undefined && this.#head.length <= LIST_LIMITS.recordLength) return undefined;
    return this.#begin(first ?? this.#head);
  }

  async finish(): Promise<ListBatch | undefined> {
    if (this.#splitter) return this.#batch(this.#splitter.finish());
    if (this.#head.trim() === '') return undefined;
    const before = await this.#begin(firstRecord(`${this.#head}\n`) ?? this.#head);
    const splitter: RecordSplitter | undefined = this.#splitter;
    const after =
      splitter === undefined ? undefined : await this.#batch((splitter as RecordSplitter).finish());
    if (!before || !after) return before ?? after;
    return { shape: before.shape, rows: [...before.rows, ...after.rows] };
  }

  async #begin(first: string): Promise<ListBatch | undefined> {
    let text = this.#head;
    let separator = namedSeparator(first.trim());
    if (separator) text = text.slice(text.indexOf(first) + first.length);
    else separator = sniffSeparator(first, this.#reading.phoneColumn);
    this.#head = '';
    this.#splitter = new RecordSplitter(separator);
    this.#cells = new CsvCells(separator);
    return this.#batch(this.#splitter.push(text));
  }

  async #batch(portion: Portion): Promise<ListBatch | undefined> {
    const cells = (await this.#cells?.read(portion.text, portion.records)) ?? [];
    const rows: ListRow[] = portion.broken.length === 0 ? cells : interleave(cells, portion.broken);
    const first = rows[0];
    if (first === undefined) return undefined;
    if (this.#shape) return { shape: this.#shape, rows };
    if (!Array.isArray(first))
      throw new ListRejected('NOT_CSV', `the header cannot be read: ${first.problem}`);
    this.#shape = readShape(first, this.#reading);
    return { shape: this.#shape, rows: this.#shape.headless ? rows : rows.slice(1) };
  }

  close(): void {
    this.#cells?.close();
  }
}

function interleave(cells: string[][], broken: BrokenRecord[]): ListRow[] {
  const rows: ListRow[] = [];
  let taken = 0;
  for (const record of broken) {
    rows.push(...cells.slice(taken, record.after), record);
    taken = record.after;
  }
  return [...rows, ...cells.slice(taken)];
}

/** The first record that is not blank, with its line end; undefined when it is not complete yet. */
function firstRecord(text: string): string | undefined {
  const start = text.search(/\S/);
  if (start === -1) return undefined;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (!quoted && (text[at] === '\n' || text[at] === '\r')) return text.slice(start, at + 1);
  }
  return undefined;
}
