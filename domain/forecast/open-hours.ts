/**
 * When people of one kind may be called, as intervals that are worked out once and asked for often. What is
 * open is decided by the rules of the real run: `domain/window.ts` and `judgeRegister`.
 */
import type { RequestPolicy } from '../policy.ts';
import { judgeRegister, type RegisterEntry } from '../register.ts';
import { type LiveHours, nextClosing, nextOpening, type Person, zonesOf } from '../window.ts';

/** A policy with what counts at once whichever policy is in force: holidays, and promotional hours that were added. */
export type ForecastPolicy = RequestPolicy & { live?: LiveHours | undefined };

/** Unix ms: open from `from` up to, not including, `to`, which may be Infinity. */
export interface Interval {
  from: number;
  to: number;
}

/** Hours and preferences that meet so seldom are taken never to meet. */
const MOST_TRIES = 60;
/** A preference's end is looked for in steps of a quarter of an hour, and then to the minute: entries are in minutes. */
const STEP_MS = 15 * 60_000;
const MINUTE_MS = 60_000;

export class OpenHours {
  readonly #policy: ForecastPolicy;
  readonly #person: Person;
  readonly #preferences: readonly RegisterEntry[];
  readonly #zones: readonly string[];
  /** In order of time. They cover everything asked about so far. */
  readonly #known: Interval[] = [];
  #knownFrom = 0;
  /** Nothing is open after the last of them. */
  #complete = false;

  /** @param preferences what the register says of when they prefer to be called; none: any hour */
  constructor(policy: ForecastPolicy, person: Person, preferences: readonly RegisterEntry[]) {
    this.#policy = policy;
    this.#person = person;
    this.#preferences = preferences;
    this.#zones = zonesOf(policy, person);
  }

  /** IANA zones whose clocks count. */
  get zones(): readonly string[] {
    return this.#zones;
  }

  /**
   * The open interval that contains a moment, or else the first after it.
   * @param at Unix ms. Moments before the first one ever asked about are treated as that one
   * @returns undefined when it is never open again
   */
  from(at: number): Interval | undefined {
    if (this.#known.length === 0 && !this.#complete) this.#knownFrom = at;
    const moment = Math.max(at, this.#knownFrom);
    let low = 0;
    let high = this.#known.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#known[middle]?.to ?? 0) > moment) high = middle;
      else low = middle + 1;
    }
    for (;;) {
      const found = this.#known[low];
      if (found === undefined && this.#complete) return undefined;
      if (found === undefined) this.#learn();
      else if (found.to > moment) return found;
      else low += 1;
    }
  }

  isOpen(at: number): boolean {
    const interval = this.from(at);
    return interval !== undefined && interval.from <= at;
  }

  #learn(): void {
    const from = this.#opening(this.#known.at(-1)?.to ?? this.#knownFrom);
    if (from === undefined) this.#complete = true;
    else this.#known.push({ from, to: this.#closing(from) });
  }

  #ruling(at: number): 'ALLOWED' | 'BLOCKED' | number {
    if (this.#preferences.length === 0) return 'ALLOWED';
    const ruling = judgeRegister(this.#preferences, this.#policy.category, this.#zones, at);
    return ruling.kind === 'LATER' ? ruling.at : ruling.kind;
  }

  /** The first moment from `at` on at which the hours are open and the person prefers to be called. */
  #opening(at: number): number | undefined {
    let moment = at;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const opening = nextOpening(this.#policy, this.#person, moment);
      if (opening === undefined) return undefined;
      const ruling = this.#ruling(opening);
      if (ruling === 'ALLOWED') return opening;
      if (ruling === 'BLOCKED') return undefined;
      moment = ruling;
    }
    return undefined;
  }

  #closing(from: number): number {
    const hours = nextClosing(this.#policy, this.#person, from) ?? Number.POSITIVE_INFINITY;
    return this.#preferences.length === 0 ? hours : this.#preferenceEnds(from, hours);
  }

  #preferenceEnds(from: number, before: number): number {
    const preferred = (at: number): boolean => this.#ruling(at) === 'ALLOWED';
    const stepAfter = (at: number): number => Math.floor(at / STEP_MS) * STEP_MS + STEP_MS;
    // Preferences of all hours of all days have no end: a week shows it.
    const horizon = Math.min(before, from + 8 * 24 * 3_600_000);
    let open = from;
    while (stepAfter(open) < horizon && preferred(stepAfter(open))) open = stepAfter(open);
    let closed = Math.min(stepAfter(open), horizon);
    if (closed === horizon && (open >= horizon || preferred(horizon - 1))) return horizon;
    while (closed - open > MINUTE_MS) {
      const middle = Math.floor((open + closed) / 2 / MINUTE_MS) * MINUTE_MS;
      if (middle <= open) break;
      if (preferred(middle)) open = middle;
      else closed = middle;
    }
    return closed;
  }
}
