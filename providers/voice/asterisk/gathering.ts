/** One question: keys come in, and the answer is full, ended by a key, or over when no further key comes. */

import { latch } from '../latch.ts';
import type { GatherOrder, GatherResult } from '../trunk.ts';
import type { Playback } from './playbacks.ts';

export class Gathering {
  readonly #order: GatherOrder;
  readonly #result = latch<GatherResult>();
  #digits = '';
  #playback: Playback | undefined;
  /** The question has been asked, or cut short. */
  #asked = false;
  /** Keys pressed while the question must be heard to its end. */
  #early: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(order: GatherOrder) {
    this.#order = order;
  }

  get result(): Promise<GatherResult> {
    return this.#result.promise;
  }

  get digits(): string {
    return this.#digits;
  }

  /** The question is being asked; the time for the first key begins when it has been. */
  asked(playback: Playback): void {
    this.#playback = playback;
    // A key came while the question was being prepared.
    if (this.#digits !== '' || this.#closed) void playback.stop();
    void playback.finished.then(() => this.#listen());
  }

  hear(key: string): void {
    if (this.#closed) return;
    if (!this.#asked && !this.#order.bargeIn) {
      this.#early.push(key);
      return;
    }
    if (!this.#asked) void this.#playback?.stop();
    this.#asked = true;
    this.#take(key);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    void this.#playback?.stop();
  }

  #listen(): void {
    if (this.#closed || this.#asked) return;
    this.#asked = true;
    this.#wait(this.#order.timeoutMs);
    for (const key of this.#early.splice(0)) this.#take(key);
  }

  #take(key: string): void {
    if (this.#closed) return;
    if (this.#order.terminators.includes(key)) {
      this.#settle('TERMINATOR');
      return;
    }
    this.#digits += key;
    if (this.#digits.length >= this.#order.maxDigits) this.#settle('FULL');
    else this.#wait(this.#order.interDigitTimeoutMs);
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle('TIMEOUT'), ms);
  }

  #settle(endedBy: 'FULL' | 'TERMINATOR' | 'TIMEOUT'): void {
    this.#result.settle({ digits: this.#digits, endedBy });
    this.close();
  }
}
