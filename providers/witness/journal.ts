/**
 * An append-only record outside the database: what a simulated carrier was asked to do and how it ended.
 * It is evidence (did anybody get two calls for one attempt?) and it is what reconciliation reads after a
 * crash. Lines survive the death of the process, not a power cut: they are written, not fsynced.
 *
 * Every process writes a file of its own, `<kind>-<pid>-<start ms>-<random>.jsonl`, one JSON object a line
 * and whole lines in a write, and reads everybody's. So a line torn by `kill -9` spoils no other process's lines;
 * readers skip what does not parse.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { LineReader } from './line-reader.ts';
import { processLives, processStart } from './process-lives.ts';

/** One line of a record. `at` is ISO 8601. Never a number, an address or a text. */
export interface JournalLine {
  event: string;
  at: string;
  attemptId?: string;
  [field: string]: string | number | boolean | undefined;
}

/** The process a line came from. */
export interface JournalSource {
  readonly file: string;
  /** This very journal wrote it. */
  readonly own: boolean;
  /** Whether the process that writes this file still runs; false once it has closed its file. */
  alive(): boolean;
}

export interface JournalOptions {
  dir: string;
  /** First part of the file names: `voice`, `sms`, ... */
  kind: string;
  /** Told of every line in the files of others, those of dead processes first, each once and in order. */
  onLine(line: JournalLine, source: JournalSource): void;
}

export interface Journal {
  readonly source: JournalSource;
  /** Writes one line and returns when the operating system has it. Throws what the file system throws. */
  append(line: JournalLine): void;
  /**
   * Writes the line together with all others of this turn of the event loop, in one write, and resolves when
   * the operating system has them: where a disk is busy, a write of its own for each of hundreds of calls a
   * second holds the whole process up. Rejects with what the file system throws.
   */
  appendSoon(line: JournalLine): Promise<void>;
  /** Reads what other processes have written since the last time. */
  refresh(): void;
  /** Every line of every file, from the beginning: slow, for the rare question the index cannot answer. */
  scan(): Iterable<{ line: JournalLine; file: string }>;
  close(): void;
}

/** How long a verdict "that process lives" is believed before it is looked at again. */
const LIVENESS_MS = 1000;

/** The file of another process, read as it grows. */
class ForeignFile implements JournalSource {
  readonly file: string;
  readonly own = false;
  /** Read to its end, and nobody will write to it again. */
  finished = false;
  #reader: LineReader;
  #header: JournalLine | undefined;
  #closed = false;
  #judgedAt = 0;

  constructor(path: string, file: string) {
    this.file = file;
    this.#reader = new LineReader(path);
  }

  alive(): boolean {
    if (this.#closed || this.finished) return false;
    // A file whose first line has not been seen belongs to a process that is just starting, or died then.
    if (this.#header === undefined) return false;
    if (this.#header.host !== hostname()) return false;
    return processLives(Number(this.#header.pid), this.#header.processStart);
  }

  read(onLine: JournalOptions['onLine']): void {
    for (const line of this.#reader.lines()) this.#take(line, onLine);
    const now = Date.now();
    if (!this.#closed && now - this.#judgedAt < LIVENESS_MS) return;
    this.#judgedAt = now;
    if (this.#header === undefined || this.alive()) return;
    // Read once more: it may have written between our reading and its death.
    for (const line of this.#reader.lines()) this.#take(line, onLine);
    this.finished = true;
    this.#reader.close();
  }

  #take(text: string, onLine: JournalOptions['onLine']): void {
    const line = parseLine(text);
    if (line === undefined) return;
    if (line.event === 'OPENED') this.#header = line;
    else if (line.event === 'CLOSED') this.#closed = true;
    else onLine(line, this);
  }
}

/** @returns undefined for a line that was torn by a crash */
export function parseLine(text: string): JournalLine | undefined {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line !== 'object' || line === null || !('event' in line)) return undefined;
    return line as JournalLine;
  } catch {
    return undefined;
  }
}

/** Names of the record's files, oldest process first. */
function listFiles(dir: string, kind: string): string[] {
  const begun = (file: string): number => Number(file.split('-').at(-2) ?? 0);
  return readdirSync(dir)
    .filter((file) => file.startsWith(`${kind}-`) && file.endsWith('.jsonl'))
    .sort((a, b) => begun(a) - begun(b));
}

/** Every line of a record, for tests and tools. Lines torn by a crash are left out. */
export function* readJournal(dir: string, kind: string): Generator<{ line: JournalLine; file: string }> {
  for (const file of listFiles(dir, kind)) {
    const reader = new LineReader(join(dir, file));
    try {
      for (const text of reader.lines()) {
        const line = parseLine(text);
        if (line !== undefined) yield { line, file };
      }
    } finally {
      reader.close();
    }
  }
}

/** Opens a record: creates this process's file and reads those of all others. */
export function openJournal(options: JournalOptions): Journal {
  const { dir, kind, onLine } = options;
  mkdirSync(dir, { recursive: true });
  const file = `${kind}-${process.pid}-${Date.now()}-${randomBytes(3).toString('hex')}.jsonl`;
  const fd = openSync(join(dir, file), 'a', 0o600);
  let closed = false;
  let torn = false;
  const source: JournalSource = { file, own: true, alive: () => !closed };

  const write = (lines: string): void => {
    const text = Buffer.from(`${torn ? '\n' : ''}${lines}`);
    // Set until the whole line is in: after a full disk the next line must not join the torn one.
    torn = true;
    if (writeSync(fd, text) !== text.length) throw new Error(`the record ${file} took only part of a line`);
    torn = false;
  };
  const textOf = (line: JournalLine): string => `${JSON.stringify(line)}\n`;

  let gathered = '';
  let flushing: Promise<void> | undefined;
  /** Also called by `append` and `close`, so lines never overtake one another. */
  const flush = (): void => {
    const lines = gathered;
    gathered = '';
    if (lines !== '') write(lines);
  };
  const appendSoon = (line: JournalLine): Promise<void> => {
    gathered += textOf(line);
    flushing ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        flushing = undefined;
        try {
          if (!closed) flush();
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
    return flushing;
  };
  const append = (line: JournalLine): void => {
    flush();
    write(textOf(line));
  };

  const others = new Map<string, ForeignFile>();
  let listedAtMs = -1;
  const list = (): void => {
    const changedAtMs = statSync(dir).mtimeMs;
    // A directory changed a moment ago may have changed again without its time showing it.
    if (changedAtMs === listedAtMs && Date.now() - changedAtMs > 100) return;
    listedAtMs = changedAtMs;
    for (const name of listFiles(dir, kind)) {
      if (name !== file && !others.has(name)) others.set(name, new ForeignFile(join(dir, name), name));
    }
  };
  const refresh = (): void => {
    list();
    for (const other of others.values()) if (!other.finished) other.read(onLine);
  };

  append({
    event: 'OPENED',
    at: new Date().toISOString(),
    pid: process.pid,
    host: hostname(),
    processStart: processStart(process.pid),
  });
  refresh();
  return {
    source,
    append,
    appendSoon,
    refresh,
    scan: () => {
      flush();
      return readJournal(dir, kind);
    },
    close() {
      if (closed) return;
      closed = true;
      try {
        append({ event: 'CLOSED', at: new Date().toISOString() });
      } finally {
        closeSync(fd);
      }
    },
  };
}
