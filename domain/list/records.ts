/**
 * Finds where the records of a csv begin and end, before a parser sees them: so the memory a record may take
 * is bounded, blank lines go away, and one record with broken quotes costs that record and not the file.
 * Quotes are read as fast-csv reads them (RFC 4180, and spaces allowed around a quoted cell).
 */
import { LIST_LIMITS } from './limits.ts';
import { ListRejected } from './rejection.ts';

export interface BrokenRecord {
  /** How many good records of the same portion stand before it. */
  after: number;
  /** Its cells as far as they can be told apart; those with loose quotes as they stand. */
  cells: string[];
  problem: string;
}

export interface Portion {
  /** Whole good records, each with its line end. */
  text: string;
  records: number;
  broken: BrokenRecord[];
}

/** A record's end: `next` is where the following one begins. Undefined: it goes on after the text at hand. */
interface End {
  next: number;
  problem?: string;
}

const TAB = 9;
const LF = 10;
const CR = 13;
const QUOTE = 34;

export class RecordSplitter {
  /** Lines ended so far; the file's line numbers in messages come from it. */
  #lines = 0;
  #pending = '';
  readonly #separator: number;

  constructor(separator: string) {
    this.#separator = separator.charCodeAt(0);
  }

  /** The line the next record begins on, from 1. */
  get line(): number {
    return this.#lines + 1;
  }

  /** @throws ListRejected NOT_CSV when a record is longer than the limit */
  push(text: string): Portion {
    return this.#split(this.#pending === '' ? text : this.#pending + text, false);
  }

  /** The last record, which may lack its line end. @throws ListRejected NOT_CSV when a quote was never closed */
  finish(): Portion {
    return this.#split(this.#pending, true);
  }

  #split(text: string, last: boolean): Portion {
    const portion: Portion = { text: '', records: 0, broken: [] };
    let good = 0;
    let at = 0;
    let quoteAt = text.indexOf('"');
    let crAt = text.indexOf('\r');
    while (at < text.length) {
      if (quoteAt !== -1 && quoteAt < at) quoteAt = text.indexOf('"', at);
      if (crAt !== -1 && crAt < at) crAt = text.indexOf('\r', at);
      const lf = text.indexOf('\n', at);
      const stop = firstOf(firstOf(lf, crAt), text.length);
      // A record without quotes, as most are, ends with its line.
      const plain = quoteAt === -1 || quoteAt > stop;
      const end = plain ? this.#afterLineEnd(text, stop, last) : this.#end(text, at, last);
      if (end === undefined) break;
      if (end.next - at > LIST_LIMITS.recordLength) throw this.#tooLong(text, at);
      const blank = end.problem === undefined && this.#isBlank(text, at, end.next);
      if (end.problem !== undefined) {
        const cells = this.#looseCells(text.slice(at, end.next).trimEnd());
        portion.broken.push({ after: portion.records, cells, problem: `${end.problem} (line ${this.line})` });
      } else if (!blank) portion.records += 1;
      if (blank || end.problem !== undefined) {
        portion.text += text.slice(good, at);
        good = end.next;
      }
      if (plain) this.#lines += 1;
      else this.#countLines(text, at, end.next);
      at = end.next;
    }
    portion.text += text.slice(good, at);
    this.#pending = text.slice(at);
    if (this.#pending.length > LIST_LIMITS.recordLength) throw this.#tooLong(text, at);
    // A lone CR at the end would leave the parser waiting for its LF.
    if (portion.text !== '' && !portion.text.endsWith('\n')) portion.text += '\n';
    return portion;
  }

  /** @param end of the record's last cell: a line end, or the end of the text at hand */
  #afterLineEnd(text: string, end: number, last: boolean, problem?: string): End | undefined {
    const found = problem === undefined ? {} : { problem };
    if (end >= text.length) return last ? { next: text.length, ...found } : undefined;
    if (text.charCodeAt(end) === LF) return { next: end + 1, ...found };
    // Whether LF follows this CR may only show in the next piece.
    if (end + 1 >= text.length && !last) return undefined;
    return { next: text.charCodeAt(end + 1) === LF ? end + 2 : end + 1, ...found };
  }

  /** The end of any record, cell by cell. */
  #end(text: string, from: number, last: boolean): End | undefined {
    let at = from;
    while (true) {
      at = this.#skipSpaces(text, at);
      if (text.charCodeAt(at) === QUOTE) {
        const closed = closingQuote(text, at, last);
        if (closed === undefined) {
          if (last) throw this.#unclosed(text, from, at);
          return undefined;
        }
        at = this.#skipSpaces(text, closed + 1);
      } else at = this.#cellEnd(text, at);
      if (at >= text.length) return this.#afterLineEnd(text, at, last);
      const code = text.charCodeAt(at);
      if (code === LF || code === CR) return this.#afterLineEnd(text, at, last);
      if (code !== this.#separator) {
        return this.#afterLineEnd(text, lineEnd(text, at), last, 'text follows a closing quote');
      }
      at += 1;
    }
  }

  /** @param record without its line end; a cell counts as quoted only where nothing follows its closing quote */
  #looseCells(record: string): string[] {
    const cells: string[] = [];
    for (let from = 0; from <= record.length; ) {
      const start = this.#skipSpaces(record, from);
      const closed = record.charCodeAt(start) === QUOTE ? closingQuote(record, start, true) : undefined;
      const after = closed === undefined ? start : this.#skipSpaces(record, closed + 1);
      const separator = record.indexOf(String.fromCharCode(this.#separator), after);
      const end = separator === -1 ? record.length : separator;
      const quoted = closed !== undefined && after === end;
      const cell = quoted ? record.slice(start + 1, closed).replaceAll('""', '"') : record.slice(from, end);
      cells.push(quoted ? cell : cell.trim());
      from = end + 1;
    }
    return cells;
  }

  #skipSpaces(text: string, from: number): number {
    let at = from;
    while (at < text.length && this.#isSpace(text.charCodeAt(at))) at += 1;
    return at;
  }

  /** What the parser's `\s` takes for space, but for line ends and the separator. */
  #isSpace(code: number): boolean {
    if (code === this.#separator || code === LF || code === CR) return false;
    if (code <= 0x7f) return code === 32 || code === TAB || code === 11 || code === 12;
    return code >= 0xa0 && /\s/.test(String.fromCharCode(code));
  }

  #cellEnd(text: string, from: number): number {
    let at = from;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === this.#separator || code === LF || code === CR) break;
    }
    return at;
  }

  #isBlank(text: string, from: number, next: number): boolean {
    const at = this.#skipSpaces(text, from);
    if (at >= next) return true;
    const code = text.charCodeAt(at);
    return code === LF || code === CR;
  }

  #countLines(text: string, from: number, next: number): void {
    const last = next - 1;
    this.#lines += 1;
    for (let at = lineEnd(text, from); at < last; at = lineEnd(text, at)) {
      at += text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
      if (at <= last) this.#lines += 1;
    }
  }

  #tooLong(text: string, from: number): ListRejected {
    const limit = LIST_LIMITS.recordLength.toLocaleString('en');
    const start = this.#skipSpaces(text, from);
    const why = text.slice(start, start + LIST_LIMITS.recordLength).includes('"')
      ? '; a quote on it may lack its closing quote'
      : '';
    return new ListRejected(
      'NOT_CSV',
      `the record on line ${this.line} is longer than ${limit} characters${why}`,
    );
  }

  #unclosed(text: string, from: number, quote: number): ListRejected {
    const before = text.slice(from, quote).split('\n').length - 1;
    return new ListRejected('NOT_CSV', `the quote that opens on line ${this.line + before} is never closed`);
  }
}

/** Index of the closing quote, or undefined when it is not in the text, or only the next piece can tell. */
function closingQuote(text: string, open: number, last: boolean): number | undefined {
  let at = open + 1;
  while (true) {
    at = text.indexOf('"', at);
    if (at === -1) return undefined;
    if (at + 1 >= text.length) return last ? at : undefined;
    if (text.charCodeAt(at + 1) !== QUOTE) return at;
    at += 2;
  }
}

/** The smaller of two indices, where -1 is none. */
const firstOf = (one: number, other: number): number =>
  one === -1 || (other !== -1 && other < one) ? other : one;

function lineEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) break;
  }
  return at;
}
