/**
 * The files that hold a server's record of calls: the one Asterisk writes, and those beside it that were rotated
 * away. Says which there are, in the order of what they hold, and reads them in stretches of whole lines.
 */
import type { Stats } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { firstLine, IdsOfStretch, NEWLINE, type RecordLine } from './record-lines.ts';

/** The folder changed while it was read: look again. */
export class Moved extends Error {
  override name = 'Moved';
}

/** The longest line there may be; one that is longer is passed over. */
const LINE_BYTES = 4096;
/** What is kept of stretches, over all files: 2 KB each. Beyond it the ones known longest are read again. */
const STRETCHES_KEPT = 40_000;
/** Packed files are not read; what they may hold is unknown. */
const PACKED = /\.(gz|bz2|xz|zst|lz4|zip)$/;

/** One file that can be read. */
export interface RecordFile {
  path: string;
  /** Of the disk: which file it is, whatever its name. */
  inode: number;
  size: number;
  changedMs: number;
  /** The first line, undefined in a file that has none yet. */
  first: RecordLine | undefined;
  /** That is how the file begins, with no other line before it. */
  firstIsAtStart: boolean;
  /** Begins the file; another file on the same place of the disk begins otherwise. */
  head: Buffer;
}

export interface Listing {
  /** The newest first. */
  files: RecordFile[];
  /** Up to this moment there may be lines that cannot be read: in packed files, or in files that have vanished. */
  hiddenUntilMs: number;
}

/** What is known of a closed stretch: it never changes. */
interface Known {
  ids: IdsOfStretch;
  first: RecordLine | undefined;
}

/** Whole lines, absent where none of them is about the call that is looked for; and the first of them either way. */
export interface Stretch {
  lines: Buffer | undefined;
  first: RecordLine | undefined;
}

export class RecordFiles {
  readonly #path: string;
  readonly #stretchBytes: number;
  #known = new Map<number, RecordFile>();
  #vanishedUntilMs = Number.NEGATIVE_INFINITY;
  readonly #stretches = new Map<string, Known>();
  readonly #learning = new Map<string, Promise<Known>>();
  #listing: Promise<unknown> = Promise.resolve();
  #nextListing: Promise<Listing> | undefined;
  #reading: Promise<unknown> = Promise.resolve();
  #bytesRead = 0;

  constructor(path: string, stretchBytes: number) {
    this.#path = path;
    this.#stretchBytes = stretchBytes;
  }

  /**
   * What there is now: the file itself and all beside it whose names begin with its own up to the ending, followed
   * by `.`, `-` or `_`. Who comes while the folder is looked at shares the next look with all others who do.
   * @throws Moved when files were renamed meanwhile
   * @throws what the file system throws, also when there is no such folder
   */
  list(): Promise<Listing> {
    this.#nextListing ??= this.#listing.then(() => {
      this.#nextListing = undefined;
      const listing = this.#list();
      this.#listing = listing.catch(() => {});
      return listing;
    });
    return this.#nextListing;
  }

  async #list(): Promise<Listing> {
    const paths = await this.#paths();
    const files: RecordFile[] = [];
    let packedUntilMs = Number.NEGATIVE_INFINITY;
    for (const [path, inode] of paths) {
      const file = await this.#look(path, inode);
      if (typeof file === 'number') packedUntilMs = Math.max(packedUntilMs, file);
      else if (file !== undefined) files.push(file);
    }
    // A file that was renamed from a name not yet looked at to one looked at before would be missed.
    const still = await this.#paths();
    if (still.length !== paths.length || still.some(([path, inode], n) => !isSame(paths[n], path, inode))) {
      throw new Moved(this.#path);
    }
    this.#noteVanished(files);
    const age = ({ path, first }: RecordFile): number =>
      path === this.#path ? Number.POSITIVE_INFINITY : (first?.at.getTime() ?? 0);
    files.sort((one, other) => age(other) - age(one));
    return { files, hiddenUntilMs: Math.max(packedUntilMs, this.#vanishedUntilMs) };
  }

  async #paths(): Promise<[path: string, inode: number][]> {
    const main = basename(this.#path);
    const stem = basename(main, extname(main));
    const folder = dirname(this.#path);
    const names = (await readdir(folder)).filter(
      (name) => name === main || (name.startsWith(stem) && /[._-]/.test(name.charAt(stem.length))),
    );
    return Promise.all(
      names.sort().map(async (name): Promise<[string, number]> => {
        const path = join(folder, name);
        return [path, (await presentStat(path)).ino];
      }),
    );
  }

  /** Of stretches, up to now. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** How many stretches a file has. A line belongs to the one it begins in. */
  stretchesIn(file: RecordFile): number {
    return Math.ceil(file.size / this.#stretchBytes);
  }

  /**
   * The nth stretch, at once where it is known to have nothing of the call.
   * @param hash of the call's id, by `hashOfId`
   * @throws Moved when the file has another name by now
   */
  stretch(file: RecordFile, no: number, hash: number): Stretch | Promise<Stretch> {
    const isClosed = (no + 1) * this.#stretchBytes + LINE_BYTES <= file.size;
    // The end of the file that is written to is another one soon.
    if (!isClosed && file.path === this.#path) {
      return this.#read(file, no).then((lines) => ({ lines, first: firstLine(lines) }));
    }
    const key = isClosed ? `${file.inode}:${no}` : `${file.inode}:${no}:${file.size}`;
    const known = this.#stretches.get(key);
    if (known === undefined)
      return this.#learn(key, file, no).then((learnt) => this.#ifAbout(learnt, file, no, hash));
    return this.#ifAbout(known, file, no, hash);
  }

  #ifAbout({ ids, first }: Known, file: RecordFile, no: number, hash: number): Stretch | Promise<Stretch> {
    if (!ids.mayHave(hash)) return { lines: undefined, first };
    return this.#read(file, no).then((lines) => ({ lines, first }));
  }

  /** Shared by all who come while it is read. */
  #learn(key: string, file: RecordFile, no: number): Promise<Known> {
    const under = this.#learning.get(key);
    if (under !== undefined) return under;
    const learning = this.#read(file, no)
      .then((lines) => {
        const known = { ids: new IdsOfStretch(lines), first: firstLine(lines) };
        this.#stretches.set(key, known);
        const oldest = this.#stretches.keys().next().value;
        if (this.#stretches.size > STRETCHES_KEPT && oldest !== undefined) this.#stretches.delete(oldest);
        return known;
      })
      .finally(() => this.#learning.delete(key));
    this.#learning.set(key, learning);
    return learning;
  }

  /** One at a time, in the order asked: whoever looks near the end waits for no long search, and memory stays flat. */
  #read(file: RecordFile, no: number): Promise<Buffer> {
    const read = this.#reading.then(async () => {
      const lines = await readStretch(file, no * this.#stretchBytes, this.#stretchBytes);
      this.#bytesRead += lines.length;
      return lines;
    });
    this.#reading = read.catch(() => {});
    return read;
  }

  /** undefined: nothing in it. A number: it cannot be read, and was written to until then. */
  async #look(path: string, inode: number): Promise<RecordFile | number | undefined> {
    const isMain = path === this.#path;
    const found = await presentStat(path);
    const { size, mtimeMs: changedMs } = found;
    if (!found.isFile() || (size === 0 && !isMain)) return undefined;
    if (PACKED.test(path)) return changedMs;
    const known = this.#known.get(inode);
    if (known?.size === size && known.changedMs === changedMs) return { ...known, path };
    const head = await readHead(path, inode, size).catch((error: NodeJS.ErrnoException) => {
      if (isMain || error.code !== 'EACCES') throw error;
      return undefined;
    });
    const first = head && firstLine(head);
    if (head === undefined || (first === undefined && !isMain)) return changedMs;
    const start = first && firstLine(head.subarray(0, head.indexOf(NEWLINE) + 1));
    return { path, inode, size, changedMs, head, first, firstIsAtStart: start !== undefined };
  }

  #noteVanished(files: RecordFile[]): void {
    const now = new Map(files.map((file) => [file.inode, file]));
    for (const [inode, before] of this.#known) {
      const after = now.get(inode);
      // The same place on the disk may be another file's by now.
      if (after && startsWith(after.head, before.head) && after.size >= before.size) continue;
      this.#vanishedUntilMs = Math.max(this.#vanishedUntilMs, before.changedMs);
      for (const key of this.#stretches.keys()) {
        if (key.startsWith(`${inode}:`)) this.#stretches.delete(key);
      }
    }
    this.#known = now;
  }
}

const startsWith = (whole: Buffer, beginning: Buffer): boolean =>
  whole.subarray(0, beginning.length).equals(beginning);

/** Every whole line that begins within these bytes. */
async function readStretch(file: RecordFile, from: number, length: number): Promise<Buffer> {
  // One byte before tells whether a line begins here, and the last line may reach beyond the end.
  const before = from === 0 ? 0 : 1;
  const bytes = await readFrom(file.path, file.inode, from - before, before + length + LINE_BYTES);
  const start = before === 0 ? 0 : bytes.indexOf(NEWLINE) + 1;
  if (before === 1 && (start === 0 || start > length)) return Buffer.alloc(0);
  const last = bytes.indexOf(NEWLINE, before + length - 1);
  const end = last < 0 ? bytes.lastIndexOf(NEWLINE) : last;
  return bytes.subarray(start, Math.max(start, end + 1));
}

const readHead = (path: string, inode: number, size: number): Promise<Buffer> =>
  readFrom(path, inode, 0, Math.min(size, LINE_BYTES));

/** @throws Moved when the path is another file's now */
async function readFrom(path: string, inode: number, position: number, length: number): Promise<Buffer> {
  const file = await open(path).catch(absent);
  if (file === undefined) throw new Moved(path);
  try {
    if ((await file.stat()).ino !== inode) throw new Moved(path);
    return await fill(file, Buffer.alloc(length), position);
  } finally {
    await file.close();
  }
}

async function fill(file: FileHandle, buffer: Buffer, position: number): Promise<Buffer> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

const isSame = (before: [string, number] | undefined, path: string, inode: number): boolean =>
  before !== undefined && before[0] === path && before[1] === inode;

async function presentStat(path: string): Promise<Stats> {
  const found = await stat(path).catch(absent);
  if (found === undefined) throw new Moved(path);
  return found;
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
