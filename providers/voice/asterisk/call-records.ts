/**
 * A server's own record of calls: Asterisk's channel event log (CEL), one line when a call is set up, answered
 * and ended, written as it happens and outliving a crash of either side. (Asterisk's CDR has no line for calls
 * that were set up and dialled in two commands, as ours are.)
 *
 * It is read from its end backwards, through the file Asterisk writes and those rotated away beside it, no further
 * than needed. What it does not prove it does not say: that nobody answered, or that there was no such call, would
 * have a person called again.
 */
import { Moved, type RecordFile, RecordFiles } from './record-files.ts';
import { hashOfId, linesOf, type RecordLine } from './record-lines.ts';

/** What the record tells of one call. No `endedAt`: it is in progress, or the server stopped in the middle of it. */
export interface CallRecord {
  /** Unknown of a call that was answered and whose beginning is in a file that cannot be read any more. */
  setUpAt: Date | undefined;
  answeredAt: Date | undefined;
  endedAt: Date | undefined;
  /** Q.850. */
  cause: number | undefined;
}

/** The files that are left do not prove what became of a call. */
export class CannotTell extends Error {
  override name = 'CannotTell';
}

const HOUR_MS = 3_600_000;
/** A call of an age that is not told is taken to be younger. */
const REACH_MS = 7 * 24 * HOUR_MS;
/** From the first line of a call to its last at the most; a call is bounded at four hours. */
const LONGEST_CALL_MS = 24 * HOUR_MS;
/** Our clock and the server's may be apart. */
const CLOCKS_APART_MS = 600_000;
/** Names may change while we read. */
const TRIES = 5;
const STRETCH_BYTES = 256 * 1024;

/** Asterisk counts its SIP channels from its start. The first of all begins the first record. */
const FIRST_EVER = /^PJSIP\/.*-0{8}$/;

export class CallRecords {
  readonly #path: string;
  readonly #files: RecordFiles;

  /**
   * @param path of the server's `cel-custom/clarion.csv`, as this process sees it; it may not exist yet
   * @param stretchBytes read at once, and read again where something is found
   */
  constructor(path: string, stretchBytes = STRETCH_BYTES) {
    this.#path = path;
    this.#files = new RecordFiles(path, stretchBytes);
  }

  /** How much was read up to now: what looking costs. */
  get bytesRead(): number {
    return this.#files.bytesRead;
  }

  /**
   * What the record says of a call, as of now; undefined when there certainly was none, or only one that was made
   * and never dialled: Asterisk itself ends one whose process dies before it is in that process's application.
   * @param since the call was not set up before. Without it all that can be read is searched for it, and that there
   * was none counts if that reaches back a week
   * @throws CannotTell where the files do not prove it
   * @throws what the file system throws
   */
  async look(id: string, since?: Date): Promise<CallRecord | undefined> {
    for (let tries = 1; tries <= TRIES; tries++) {
      try {
        return await this.#look(id, since && since.getTime() - CLOCKS_APART_MS);
      } catch (error) {
        if (!(error instanceof Moved)) throw error;
      }
    }
    throw new CannotTell(`${this.#path} was moved about while it was read`);
  }

  async #look(id: string, sinceMs: number | undefined): Promise<CallRecord | undefined> {
    const { files, hiddenUntilMs } = await this.#list();
    const lines = await this.#search(id, files, sinceMs);
    const last = lines.at(-1);
    if (last?.event === 'HANGUP' && last.undialled) return undefined;

    const record = lines.reduce(added, NOTHING);
    if (record.answeredAt !== undefined) return record;
    if (record.setUpAt !== undefined) {
      if (hiddenUntilMs < record.setUpAt.getTime()) return record;
      throw new CannotTell(`an answer may be in a packed or missing file beside ${this.#path}`);
    }
    if (lines.length > 0) throw new CannotTell(`the beginning of the call is not in ${this.#path}`);
    const enoughMs = sinceMs ?? Date.now() - REACH_MS;
    if (hiddenUntilMs >= enoughMs) throw new CannotTell(`a file beside ${this.#path} is packed or missing`);
    if (!reachesBack(files, enoughMs)) throw new CannotTell(`${this.#path} does not reach back far enough`);
    return undefined;
  }

  async #list(): ReturnType<RecordFiles['list']> {
    return this.#files.list().catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new CannotTell(`there is no folder for ${this.#path}`);
      throw error;
    });
  }

  /**
   * The lines of a call, from the last CHAN_START on if there is one. Read from the newest backwards, no further than
   * to the beginning of the call or to before it could have begun.
   */
  async #search(id: string, files: RecordFile[], sinceMs = Number.NEGATIVE_INFINITY): Promise<RecordLine[]> {
    const lines: RecordLine[] = [];
    const hash = hashOfId(id);
    let untilMs = sinceMs;
    for (const file of files) {
      for (let no = this.#files.stretchesIn(file) - 1; no >= 0; no--) {
        const found = this.#files.stretch(file, no, hash);
        // No promise for what is known: of a long record that is nearly all of it.
        const stretch = found instanceof Promise ? await found : found;
        if (stretch.lines !== undefined) lines.unshift(...linesOf(id, stretch.lines));
        const start = lines.findLastIndex(({ event }) => event === 'CHAN_START');
        if (start >= 0) return lines.slice(start);
        const [earliest] = lines;
        if (earliest !== undefined) untilMs = earliest.at.getTime() - LONGEST_CALL_MS;
        if (stretch.first !== undefined && stretch.first.at.getTime() < untilMs) return lines;
      }
    }
    return lines;
  }
}

/** Nothing that was written from this moment on is missing at the old end: what is there begins before, or is all there ever was. */
function reachesBack(files: RecordFile[], ms: number): boolean {
  const oldest = files.at(-1);
  if (oldest === undefined) return true;
  const { first, firstIsAtStart } = oldest;
  if (first === undefined) return false;
  if (first.at.getTime() < ms) return true;
  return firstIsAtStart && first.event === 'CHAN_START' && FIRST_EVER.test(first.name);
}

const NOTHING: CallRecord = {
  setUpAt: undefined,
  answeredAt: undefined,
  endedAt: undefined,
  cause: undefined,
};

/** A call that is set up under an id that was used before is another one: nobody was rung by the first. */
function added(record: CallRecord, { event, at, cause }: RecordLine): CallRecord {
  if (event === 'CHAN_START') return { ...NOTHING, setUpAt: at };
  if (event === 'ANSWER') return { ...record, answeredAt: at };
  if (event === 'HANGUP') return { ...record, endedAt: at, cause };
  return record;
}
