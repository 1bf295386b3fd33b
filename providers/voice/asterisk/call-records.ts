/**
 * A server's own record of calls: Asterisk's channel event log (CEL), one line when a call is set up, answered
 * and ended, written as it happens and outliving a crash of either side. (Asterisk's CDR has no line for calls
 * that were set up and dialled in two commands, as ours are.) `telephony/asterisk/cel_custom.conf` says what a
 * line holds. It is read as it grows; what has left the memory is looked for in the whole file.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** What the record tells of one call. No `endedAt`: it is in progress, or the server stopped in the middle of it. */
export interface CallRecord {
  setUpAt: Date;
  answeredAt: Date | undefined;
  endedAt: Date | undefined;
  /** Q.850. */
  cause: number | undefined;
}

/** Calls kept in memory: an hour of a server that is busy all the time. */
const KEPT = 200_000;
const CHUNK_BYTES = 1 << 20;

/** event, moment in seconds, id, name, and for the end JSON with the cause; quoted as in CSV. */
const LINE = /^"([A-Z_]+)","([\d.]+)","([^"]*)","[^"]*","(.*)"$/;

export class CallRecords {
  readonly #path: string;
  readonly #kept = new Map<string, CallRecord>();
  #inode = 0;
  #offset = 0;
  #rest = '';
  #reading: Promise<void> | undefined;
  /** Something has left the memory, so that what is not there may still be in the file. */
  #forgetful = false;

  /** @param path of the server's `cel-custom/clarion.csv`, as this process sees it; it may not exist yet */
  constructor(path: string) {
    this.#path = path;
  }

  /**
   * What the record says of a call, as of now.
   * @throws what the file system throws, except that a file that does not exist yet holds no calls
   */
  async look(id: string): Promise<CallRecord | undefined> {
    await this.#refresh();
    const kept = this.#kept.get(id);
    if (kept !== undefined || !this.#forgetful) return kept;
    return this.#search(id);
  }

  /** Reads what was added since the last time; demands that come meanwhile share one reading. */
  #refresh(): Promise<void> {
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    const file = await open(this.#path).catch(absent);
    if (file === undefined) return;
    try {
      const { ino, size } = await file.stat();
      if (ino !== this.#inode || size < this.#offset) {
        // Rotated: a new file under the same name. What was in the old one stays in memory.
        if (this.#inode !== 0) this.#forgetful = true;
        this.#inode = ino;
        this.#offset = 0;
        this.#rest = '';
      }
      await this.#readFrom(file);
    } finally {
      await file.close();
    }
  }

  async #readFrom(file: FileHandle): Promise<void> {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, this.#offset);
      if (bytesRead === 0) return;
      this.#offset += bytesRead;
      const lines = (this.#rest + buffer.toString('latin1', 0, bytesRead)).split('\n');
      // The last one may be half written.
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.#take(line);
    }
  }

  #take(line: string): void {
    const parsed = parseLine(line);
    if (parsed === undefined) return;
    const { id } = parsed;
    this.#kept.set(id, added(this.#kept.get(id), parsed));
    if (this.#kept.size <= KEPT) return;
    const oldest = this.#kept.keys().next().value;
    if (oldest !== undefined) this.#kept.delete(oldest);
    this.#forgetful = true;
  }

  /** Through this file and the one before it (`.1`, as log rotation names it), from the beginning. */
  async #search(id: string): Promise<CallRecord | undefined> {
    let found: CallRecord | undefined;
    for (const path of [`${this.#path}.1`, this.#path]) {
      if ((await stat(path).catch(absent)) === undefined) continue;
      for await (const line of createInterface({ input: createReadStream(path, 'latin1') })) {
        if (!line.includes(id)) continue;
        const parsed = parseLine(line);
        if (parsed?.id === id) found = added(found, parsed);
      }
    }
    return found;
  }
}

interface Line {
  event: string;
  at: Date;
  id: string;
  cause: number | undefined;
}

function parseLine(line: string): Line | undefined {
  const found = LINE.exec(line);
  if (!found) return undefined;
  const [, event = '', seconds, id = '', extra = ''] = found;
  const cause = /""hangupcause"":(\d+)/.exec(extra)?.[1];
  return {
    event,
    at: new Date(Math.round(Number(seconds) * 1000)),
    id,
    cause: cause === undefined ? undefined : Number(cause),
  };
}

function added(before: CallRecord | undefined, { event, at, cause }: Line): CallRecord {
  const record = before ?? { setUpAt: at, answeredAt: undefined, endedAt: undefined, cause: undefined };
  if (event === 'ANSWER') return { ...record, answeredAt: at };
  if (event === 'HANGUP') return { ...record, endedAt: at, cause };
  return record;
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
