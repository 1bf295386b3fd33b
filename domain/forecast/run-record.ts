/** What is written down of one simulated run: counts of simulated people, by outcome and by minute. */
import type { Outcome } from '../outcome.ts';

export interface RunResult {
  /** Unix ms; when the last record ended and the books were closed. */
  finishedAt: number;
  attempts: number;
  /** Attempts whose outcome was drawn, where what people did is otherwise known. */
  drawn: number;
  /** Calls at once, at most. */
  peak: number;
  /** Ended records by outcome. */
  outcomes: Partial<Record<Outcome, number>>;
  costMicros: number;
  /** Calls that somebody or something picked up. */
  answered: number;
  /** By minute since the epoch: attempts begun and records ended. */
  minutes: Map<number, { attempts: number; completed: number }>;
}

export const MINUTE_MS = 60_000;

export class RunRecord implements RunResult {
  finishedAt: number;
  attempts = 0;
  drawn = 0;
  peak = 0;
  readonly outcomes: Partial<Record<Outcome, number>> = {};
  costMicros = 0;
  answered = 0;
  readonly minutes: RunResult['minutes'] = new Map();

  /** @param from Unix ms */
  constructor(from: number) {
    this.finishedAt = from;
  }

  /** @param at Unix ms */
  begun(at: number): void {
    this.attempts += 1;
    this.#minute(at).attempts += 1;
  }

  ended(outcome: Outcome, people: number, at: number): void {
    this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + people;
    this.#minute(at).completed += people;
  }

  #minute(at: number): { attempts: number; completed: number } {
    const minute = Math.floor(at / MINUTE_MS);
    let noted = this.minutes.get(minute);
    if (!noted) {
      noted = { attempts: 0, completed: 0 };
      this.minutes.set(minute, noted);
    }
    return noted;
  }
}
