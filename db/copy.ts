/** Feeding PostgreSQL's COPY, and writing values in its text format. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

const SPECIAL = /[\\\t\n\r]/;
const SPECIALS = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value as COPY's text format wants it. PostgreSQL takes no U+0000 in any text: the caller sees to that. */
export function copyText(value: string): string {
  return SPECIAL.test(value) ? value.replace(SPECIALS, (found) => ESCAPES[found] ?? found) : value;
}

/** A COPY in progress: write whole lines, then end it; both wait for the server. */
export class CopyInto {
  readonly #stream: Writable;
  readonly #done: Promise<void>;
  #failed: Error | undefined;

  /** @param stream what `sql\`copy ... from stdin\`.writable()` gives */
  constructor(stream: Writable) {
    this.#stream = stream;
    this.#done = finished(stream, { readable: false });
    // A failure between two writes must reach the next write instead of ending the process.
    this.#done.catch((error: Error) => {
      this.#failed = error;
    });
  }

  /** @param lines whole lines of COPY text */
  async write(lines: string): Promise<void> {
    if (this.#failed) throw this.#failed;
    if (this.#stream.write(lines)) return;
    await Promise.race([once(this.#stream, 'drain'), this.#done]);
  }

  /** Resolves once the server has taken everything. */
  async end(): Promise<void> {
    this.#stream.end();
    await this.#done;
  }
}
