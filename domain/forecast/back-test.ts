/**
 * A finished request under another policy: which of its attempts that policy would not have made then. Pure. What
 * would have happened instead is a forecast in which people do again what they did.
 */
import { nextStep } from '../retry.ts';
import type { Person } from '../window.ts';
import { CALL_OUTCOMES, type CallOutcome } from './behaviour.ts';
import { HoursBook } from './crowd.ts';
import type { ForecastPolicy } from './open-hours.ts';

/** An attempt that was. */
export interface PastAttempt {
  row: number;
  attemptNo: number;
  person: Person;
  /** Unix ms. */
  reservedAt: number;
  settledAt: number;
  outcome: CallOutcome;
}

export type Objection =
  /** Its moment was outside the person's hours. */
  | 'OUTSIDE_HOURS'
  /** The attempt before would have been the last. */
  | 'OVER_RETRIES'
  /** It came sooner after the attempt before than the policy's interval. */
  | 'TOO_SOON';

export interface Objected {
  rule: Objection;
  count: number;
  /** The first hundred. */
  attempts: { row: number; attemptNo: number }[];
}

const ATTEMPTS_NAMED = 100;

/** Meets a request's attempts, in the order of rows and of attempts within a row. An attempt counts under the first rule that objects. */
export class PastJudge {
  readonly #policy: ForecastPolicy;
  readonly #book: HoursBook;
  readonly #from: number;
  readonly #objected = new Map<Objection, Objected>();
  #before: PastAttempt | undefined;
  #count = 0;

  /** @param from Unix ms, before every attempt that will be met */
  constructor(policy: ForecastPolicy, from: number) {
    this.#policy = policy;
    this.#book = new HoursBook(policy);
    this.#from = from;
  }

  meet(attempt: PastAttempt): void {
    this.#count += 1;
    const rule = this.#objection(attempt);
    this.#before = attempt;
    if (rule === undefined) return;
    const found = this.#objected.get(rule) ?? { rule, count: 0, attempts: [] };
    found.count += 1;
    const { row, attemptNo } = attempt;
    if (found.attempts.length < ATTEMPTS_NAMED) found.attempts.push({ row, attemptNo });
    this.#objected.set(rule, found);
  }

  get count(): number {
    return this.#count;
  }

  get objections(): Objected[] {
    return [...this.#objected.values()].sort((a, b) => b.count - a.count);
  }

  #objection(attempt: PastAttempt): Objection | undefined {
    const hours = this.#book.of({ person: attempt.person, preferences: [] });
    hours.from(this.#from);
    if (!hours.isOpen(attempt.reservedAt)) return 'OUTSIDE_HOURS';
    const before = this.#before?.row === attempt.row ? this.#before : undefined;
    if (!before) return undefined;
    const next = nextStep(this.#policy, before.outcome, before.attemptNo, new Date(before.settledAt));
    if (next.kind === 'ENDED') return 'OVER_RETRIES';
    return attempt.reservedAt < next.dueAt.getTime() ? 'TOO_SOON' : undefined;
  }
}

export const isCallOutcome = (outcome: string | null): outcome is CallOutcome =>
  (CALL_OUTCOMES as readonly (string | null)[]).includes(outcome);
