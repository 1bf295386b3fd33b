/** Reads the complete lines of a file that others are still appending to, in flat memory. */
import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 256 * 1024;
/** A longer line is not one of ours; it is dropped, so a damaged file cannot fill the memory. */
const LINE_LIMIT_BYTES = 64 * 1024;

export class LineReader {
  #fd: number | undefined;
  #path: string;
  #position = 0;
  #rest: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.#path = path;
  }

  /** The lines completed since the last time; a line without its end yet is kept for the next. */
  *lines(): Generator<string> {
    this.#fd ??= openSync(this.#path, 'r');
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const read = readSync(this.#fd, chunk, 0, CHUNK_BYTES, this.#position);
      if (read === 0) return;
      this.#position += read;
      let text = Buffer.concat([this.#rest, chunk.subarray(0, read)]);
      for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10)) {
        if (end > 0) yield text.toString('utf8', 0, end);
        text = text.subarray(end + 1);
      }
      this.#rest = text.length > LINE_LIMIT_BYTES ? Buffer.alloc(0) : Buffer.from(text);
    }
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
