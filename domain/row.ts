/** What becomes of one row of a list: accepted, or turned away for the first reason that applies. */
import type { RowResult } from './outcome.ts';
import { type PhoneNumber, parsePhone } from './phone.ts';
import type { PromotionCategory } from './register.ts';

/** Everything about one row that the decision depends on. */
export interface RowFacts {
  /** What is wrong with the row as a record; null when it is well formed. */
  malformed: string | null;
  /** The number's cell as it stood. */
  given: string;
  /** The number read from it; undefined when it is none. */
  number: PhoneNumber | undefined;
  /** The earlier row of the same request with the same number; 0 when there is none. */
  repeats: number;
  blacklisted: boolean;
  /** On the do-not-call register, and blocked there for what the flow promotes. */
  onRegister: boolean;
  /** A verified number of the account's whitelist. */
  whitelisted: boolean;
  /** The first required variable that the row leaves blank. */
  missingVariable: string | undefined;
  /** Why none of the person's hours opens before the request's end time; null or absent when one does. */
  late?: string | null;
}

/** What is the same for all rows of a request. */
export interface RowRules {
  /** Region whose numbers come without a country code. */
  country: string;
  /** The traffic is promotional, so the do-not-call register applies. */
  scrub: boolean;
  /** What the flow promotes, where it says so. */
  category: PromotionCategory | null;
  /** The request is a trial: `domain/trial.ts`. */
  whitelistedOnly?: boolean;
  /** The request's end time has passed. */
  tooLate: boolean;
  /** Variables the flow cannot do without. */
  required: readonly string[];
}

export interface RowDecision {
  result: RowResult;
  /** The column, variable or rule at fault; null for accepted rows. */
  detail: string | null;
}

const ACCEPTED: RowDecision = { result: 'ACCEPTED', detail: null };
const turnedAway = (result: RowResult, detail: string): RowDecision => ({ result, detail });

/**
 * The first reason that applies, in the order of the closed list (`ROW_RESULTS`). A repeat is judged on the
 * number alone: it repeats the first row with that number whatever became of that one.
 */
export function decideRow(row: RowFacts, rules: RowRules): RowDecision {
  if (row.malformed !== null) return turnedAway('MALFORMED_ROW', row.malformed);
  if (row.number === undefined) {
    return row.given.trim() === ''
      ? turnedAway('MISSING_NUMBER', 'the number is empty')
      : turnedAway('INVALID_NUMBER', `not a valid number, read as one of ${rules.country}`);
  }
  if (row.repeats > 0) return turnedAway('DUPLICATE', `the same number as row ${row.repeats}`);
  if (row.blacklisted) return turnedAway('BLACKLISTED', 'the number is on the blacklist');
  if (rules.scrub && row.onRegister && !row.whitelisted) {
    return turnedAway('DO_NOT_CALL', 'the number is on the do-not-call register');
  }
  if (row.missingVariable !== undefined) return turnedAway('MISSING_VARIABLE', row.missingVariable);
  if (rules.tooLate) return turnedAway('TOO_LATE', "the request's end time has passed");
  if (row.late) return turnedAway('TOO_LATE', row.late);
  return ACCEPTED;
}

/** The number of a cell; an empty cell is no number, and is not worth asking the library about. */
export function readNumber(given: string, rules: Pick<RowRules, 'country'>): PhoneNumber | undefined {
  return given === '' ? undefined : parsePhone(given, rules.country);
}

/** The first of the required variables that is absent or blank. */
export function findMissing(
  variables: Readonly<Record<string, string>>,
  required: readonly string[],
): string | undefined {
  return required.find(
    (name) => (Object.hasOwn(variables, name) ? (variables[name] ?? '') : '').trim() === '',
  );
}

/** U+0000 is text nowhere in PostgreSQL; a row that has one is malformed. */
export const hasZeroCharacter = (text: string): boolean => text.includes('\u0000');

/**
 * The numbers a request has met, each with the row it came first in. Ten million of them take 24 bytes each
 * at worst, a third of what a Map would.
 */
export class SeenNumbers {
  #keys = new Float64Array(1 << 12);
  #rows = new Uint32Array(1 << 12);
  #size = 0;
  /** Numbers of more digits than a double holds exactly; the longest of E.164 have 15, a few plans go beyond. */
  readonly #long = new Map<string, number>();

  /**
   * @param e164 with its plus sign
   * @param row the row it is in now, from 1
   * @returns the row it was in first, or 0 when this is the first
   */
  meet(e164: string, row: number): number {
    if (e164.length > 16) {
      const first = this.#long.get(e164) ?? 0;
      if (first === 0) this.#long.set(e164, row);
      return first;
    }
    const key = Number(e164);
    const slot = this.#slotOf(key);
    if (this.#keys[slot] === key) return this.#rows[slot] ?? 0;
    this.#keys[slot] = key;
    this.#rows[slot] = row;
    this.#size += 1;
    if (this.#size * 2 > this.#keys.length) this.#grow();
    return 0;
  }

  /** Where the key is, or the free place for it. 0 marks a free place: no number is 0. */
  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    // Fibonacci hashing of both halves: consecutive numbers spread out.
    const mixed =
      Math.imul((key % 4_294_967_296) | 0, 0x9e3779b1) ^ Math.imul(key / 4_294_967_296, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, rows] = [this.#keys, this.#rows];
    this.#keys = new Float64Array(keys.length * 2);
    this.#rows = new Uint32Array(rows.length * 2);
    keys.forEach((key, at) => {
      if (key === 0) return;
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#rows[slot] = rows[at] ?? 0;
    });
  }
}
