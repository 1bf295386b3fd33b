/** Cells of whole records, by fast-csv. The splitter has made sure that each record is well formed and not too long. */
import { type CsvParserStream, parse } from 'fast-csv';

export class CsvCells {
  readonly #parser: CsvParserStream<string[], string[]>;
  #rows: string[][] = [];
  #wanted = 0;
  #settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #failed: Error | undefined;

  constructor(separator: string) {
    this.#parser = parse<string[], string[]>({ headers: false, delimiter: separator, ignoreEmpty: false });
    this.#parser.on('data', (row: string[]) => {
      this.#rows.push(row);
      if (this.#rows.length === this.#wanted) this.#settle?.resolve();
    });
    this.#parser.on('error', (error: Error) => {
      this.#failed = error;
      this.#settle?.reject(error);
    });
  }

  /**
   * @param text whole records, each with its line end
   * @param records how many they are; fast-csv finding another number is a fault of ours, and is thrown
   */
  async read(text: string, records: number): Promise<string[][]> {
    if (records === 0) return [];
    if (this.#failed) throw this.#failed;
    this.#rows = [];
    this.#wanted = records;
    await new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject };
      // Rows may come after the write is done, but never after a turn of the event loop.
      this.#parser.write(text, () => setImmediate(() => this.#check(reject)));
    });
    return this.#rows;
  }

  #check(reject: (error: Error) => void): void {
    if (this.#rows.length !== this.#wanted) {
      reject(new Error(`the csv parser found ${this.#rows.length} records where there are ${this.#wanted}`));
    }
  }

  close(): void {
    this.#parser.destroy();
  }
}
