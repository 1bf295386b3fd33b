/** Feeding PostgreSQL's COPY, and writing values in its text format. */
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PendingQuery, Row } from 'postgres';
import type { Sql } from './client.ts';

const SPECIAL = /[\\\t\n\r]/;
const SPECIALS = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value as COPY's text format wants it. PostgreSQL takes no U+0000 in any text: the caller sees to that. */
export function copyText(value: string): string {
  return SPECIAL.test(value) ? value.replace(SPECIALS, (found) => ESCAPES[found] ?? found) : value;
}

/** A COPY in progress: whole lines are written, then it is ended or abandoned. */
export class CopyInto {
  readonly #stream: Writable;
  readonly #sql: Sql;
  readonly #done: Promise<void>;
  #failed: Error | undefined;

  private constructor(sql: Sql, stream: Writable) {
    this.#sql = sql;
    this.#stream = stream;
    this.#done = finished(stream, { readable: false });
    // A failure between two writes must reach the next write instead of ending the process.
    this.#done.catch((error: Error) => {
      this.#failed = error;
    });
  }

  /**
   * Runs a COPY and what feeds it. Nothing else may run on the same connection meanwhile.
   * @param sql of a transaction, which a failure leaves to be rolled back
   * @param statement `copy ... from stdin`
   */
  static async run(
    sql: Sql,
    statement: PendingQuery<Row[]>,
    feed: (copy: CopyInto) => Promise<void>,
  ): Promise<void> {
    const copy = new CopyInto(sql, await statement.writable());
    try {
      await feed(copy);
    } catch (error) {
      await copy.#abandon();
      throw error;
    }
    await copy.#end();
  }

  /** @param lines whole lines of COPY text */
  async write(lines: string): Promise<void> {
    if (this.#failed) throw this.#failed;
    const written = new Promise<void>((resolve, reject) => {
      this.#stream.write(lines, (error) => (error ? reject(error) : resolve()));
    });
    await Promise.race([written, this.#done]);
  }

  /** The driver lets nothing else through, not even a rollback, until the COPY is told that it failed. */
  async #abandon(): Promise<void> {
    this.#stream.destroy(new Error('abandoned'));
    await this.#done.catch(() => {});
  }

  /**
   * Resolves once the server has taken everything. The driver says nothing when the server refuses the last
   * rows after it was told that they are the last; the transaction's next statement fails then.
   */
  async #end(): Promise<void> {
    this.#stream.end();
    await nextTurn();
    const next = this.#sql`select 1`.then(() => this.#done);
    await Promise.race([this.#done, next]);
    await next;
  }
}
