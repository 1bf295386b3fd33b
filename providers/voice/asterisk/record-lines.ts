/**
 * The lines of Asterisk's channel event log (CEL) as `telephony/asterisk/cel_custom.conf` has them written, and a
 * small memory of which calls a stretch of the log is about, so that a stretch need not be read twice for nothing.
 */

/** One event of one call. */
export interface RecordLine {
  event: string;
  at: Date;
  id: string;
  /** Asterisk's name of the telephone channel: technology, endpoint, and a count since the server's start. */
  name: string;
  /** Q.850; only with HANGUP. */
  cause: number | undefined;
  /** The call was made and, up to this event, certainly not dialled: nobody was rung. */
  undialled: boolean;
}

/** The mark of a call that was made and not dialled. */
export const UNDIALLED = 'UNDIALLED';

/** event, moment in seconds, id, name, for the end JSON with the cause, and the mark; quoted as in CSV. */
const LINE = /^"([A-Z_]+)","([\d.]+)","([^"]*)","([^"]*)","(.*?)"(?:,"([A-Z]*)")?$/;

/** undefined for a line of another shape. */
export function parseLine(line: string): RecordLine | undefined {
  const found = LINE.exec(line);
  if (!found) return undefined;
  const [, event = '', seconds, id = '', name = '', extra = '', mark] = found;
  const cause = /""hangupcause"":(\d+)/.exec(extra)?.[1];
  return {
    event,
    at: new Date(Math.round(Number(seconds) * 1000)),
    id,
    name,
    cause: cause === undefined ? undefined : Number(cause),
    undialled: mark === UNDIALLED,
  };
}

/** All lines of one call in a stretch of whole lines, in their order. Searches bytes; parses only what it finds. */
export function linesOf(id: string, stretch: Buffer): RecordLine[] {
  const found: RecordLine[] = [];
  const needle = Buffer.from(`,"${id}",`, 'latin1');
  for (let at = stretch.indexOf(needle); at >= 0; at = stretch.indexOf(needle, at + 1)) {
    const start = stretch.lastIndexOf(NEWLINE, at) + 1;
    const line = parseLine(stretch.toString('latin1', start, stretch.indexOf(NEWLINE, at)));
    if (line?.id === id) found.push(line);
  }
  return found;
}

/** The first line that can be read, undefined when none can. */
export function firstLine(stretch: Buffer): RecordLine | undefined {
  let start = 0;
  for (let end = stretch.indexOf(NEWLINE); end >= 0; end = stretch.indexOf(NEWLINE, start)) {
    const line = parseLine(stretch.toString('latin1', start, end));
    if (line !== undefined) return line;
    start = end + 1;
  }
  return undefined;
}

export const NEWLINE = 10;
const QUOTE = 34;

/**
 * Which ids a stretch may be about: a Bloom filter. A stretch of 256 KB has about 1,500 lines of 700 calls, so 16
 * Kbit are some 20 for each: one stretch in a thousand is then read for nothing. 5 GB of records make 40 MB of it.
 */
const FILTER_BITS = 1 << 14;
const FILTER_HASHES = 4;

export class IdsOfStretch {
  readonly #bits = new Uint8Array(FILTER_BITS / 8);

  /** @param stretch whole lines */
  constructor(stretch: Buffer) {
    let start = 0;
    for (let end = stretch.indexOf(NEWLINE); end >= 0; end = stretch.indexOf(NEWLINE, start)) {
      const id = idIn(stretch, start, end);
      if (id !== undefined) this.#add(hashOf(stretch, id.start, id.end));
      start = end + 1;
    }
  }

  /** @param hash by `hashOfId`. @returns false when no line is about it; true may be wrong */
  mayHave(hash: number): boolean {
    for (let n = 0; n < FILTER_HASHES; n++) {
      const bit = bitOf(hash, n);
      if ((((this.#bits[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 0) return false;
    }
    return true;
  }

  #add(hash: number): void {
    for (let n = 0; n < FILTER_HASHES; n++) {
      const bit = bitOf(hash, n);
      this.#bits[bit >> 3] = (this.#bits[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
  }
}

/** What a filter knows an id by. */
export function hashOfId(id: string): number {
  const bytes = Buffer.from(id, 'latin1');
  return hashOf(bytes, 0, bytes.length);
}

/** Between the fifth quote of a line and the sixth. */
function idIn(stretch: Buffer, start: number, end: number): { start: number; end: number } | undefined {
  let quotes = 0;
  let idStart = 0;
  for (let at = start; at < end; at++) {
    if (stretch[at] !== QUOTE) continue;
    quotes += 1;
    if (quotes === 5) idStart = at + 1;
    if (quotes === 6) return { start: idStart, end: at };
  }
  return undefined;
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
}

/** The nth hash, from the two halves of one (Kirsch and Mitzenmacher). */
const bitOf = (hash: number, n: number): number =>
  ((hash & 0xffff) + n * ((hash >>> 16) | 1)) & (FILTER_BITS - 1);
