/**
 * Trials: a transactional flow that operations have not approved, or whose account has no contract for it, may call
 * whitelisted numbers alone. A list with anybody else who would be called is turned away whole: half a list called by a
 * flow that nobody has approved is no trial, and its author meant to launch it.
 */
import type { RowResult } from './outcome.ts';

/** Rows that are named. */
const ROWS_NAMED = 10;

/** Watches the rows of a list that is a trial. */
export class TrialRows {
  readonly #outsiders: number[] = [];
  #count = 0;

  /** @param row as people count it, or its place in what was sent */
  meet(row: number, result: RowResult, whitelisted: boolean): void {
    if (result !== 'ACCEPTED' || whitelisted) return;
    this.#count += 1;
    if (this.#outsiders.length < ROWS_NAMED) this.#outsiders.push(row);
  }

  /** @throws TrialRefused unless everybody who would be called is whitelisted */
  check(): void {
    if (this.#count === 0) return;
    const more = this.#count > ROWS_NAMED ? ` and ${this.#count - ROWS_NAMED} more` : '';
    const rows = `${this.#count === 1 ? 'row' : 'rows'} ${this.#outsiders.join(', ')}${more}`;
    throw new TrialRefused(
      `the flow is transactional and may not run yet; until then it calls whitelisted numbers alone, and ${rows} would call others`,
      this.#outsiders,
    );
  }
}

/** Rows that would have a trial call somebody who is not whitelisted. The message is a sentence for their owner. */
export class TrialRefused extends Error {
  override name = 'TrialRefused';
  /** The first of them. */
  readonly rows: readonly number[];

  constructor(sentence: string, rows: readonly number[]) {
    super(sentence);
    this.rows = rows;
  }
}
