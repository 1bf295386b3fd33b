/**
 * The passing of time in one simulated call. With a speed, simulated time runs that many times as fast as
 * the wall clock. At speed 0 nothing ever waits: time stands still until somebody waits for the call, and
 * then jumps to the next thing that happens. That needs no timers at all, so a call costs microseconds.
 */

/** Node fires a longer timer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Something that will happen at a moment of the call, in simulated ms since it was placed. */
export interface Happening {
  at: number;
  happen: () => void;
  /** Time may jump here while nobody waits for the call's answer, speech or keys, only for its end. */
  unattended: boolean;
}

/** What the timeline must know of its call at speed 0. */
export interface Audience {
  /** Somebody waits for the answer, for speech to end or for keys. */
  attended(): boolean;
  /** Somebody waits for the end of the call. */
  endAwaited(): boolean;
}

export class Timeline {
  #speed: number;
  #audience: Audience;
  #startedAt = performance.now();
  #agenda: Happening[] = [];
  /** The moment being played, or the last one played. */
  #playhead = 0;
  #playing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #jump: ReturnType<typeof setImmediate> | undefined;
  #stopped = false;

  /** @param speed simulated ms per real ms; 0 for no waiting */
  constructor(speed: number, audience: Audience) {
    this.#speed = speed;
    this.#audience = audience;
  }

  /** Simulated ms since the call was placed. */
  now(): number {
    if (this.#speed === 0 || this.#playing) return this.#playhead;
    return Math.max(this.#playhead, (performance.now() - this.#startedAt) * this.#speed);
  }

  at(at: number, happen: () => void, unattended = false): Happening {
    const happening: Happening = { at, happen, unattended };
    this.#agenda.push(happening);
    this.wake();
    return happening;
  }

  cancel(happening: Happening | undefined): void {
    if (happening === undefined) return;
    const index = this.#agenda.indexOf(happening);
    if (index >= 0) this.#agenda.splice(index, 1);
  }

  /** Nothing happens any more. */
  stop(): void {
    this.#stopped = true;
    this.#agenda = [];
    clearTimeout(this.#timer);
    clearImmediate(this.#jump);
  }

  /** To be called when something was added, or when somebody has begun to wait. */
  wake(): void {
    if (this.#stopped || this.#playing) return;
    if (this.#speed === 0) {
      this.#jump ??= setImmediate(this.#playNext);
      return;
    }
    const next = this.#next();
    clearTimeout(this.#timer);
    if (next === undefined) return;
    const waitMs = next.at / this.#speed - (performance.now() - this.#startedAt);
    this.#timer = setTimeout(this.#playDue, Math.min(Math.max(0, Math.ceil(waitMs)), LONGEST_TIMER_MS));
  }

  /** The earliest; of two at one moment, the one that was planned first. */
  #next(): Happening | undefined {
    let next: Happening | undefined;
    for (const happening of this.#agenda) if (next === undefined || happening.at < next.at) next = happening;
    return next;
  }

  #play(happening: Happening): void {
    this.cancel(happening);
    this.#playhead = Math.max(this.#playhead, happening.at);
    this.#playing = true;
    try {
      happening.happen();
    } finally {
      this.#playing = false;
    }
  }

  /** Plays all that is due, in order, each at its own moment however late the timer fired. */
  #playDue = (): void => {
    const nowMs = (performance.now() - this.#startedAt) * this.#speed;
    for (let next = this.#next(); next !== undefined && next.at <= nowMs; next = this.#next()) {
      this.#play(next);
      if (this.#stopped) return;
    }
    this.wake();
  };

  /** Speed 0: one happening a turn of the event loop, so that whoever waited can react before the next. */
  #playNext = (): void => {
    this.#jump = undefined;
    const next = this.#next();
    if (this.#stopped || next === undefined) return;
    const attended = this.#audience.attended();
    if (!attended && !(next.unattended && this.#audience.endAwaited())) return;
    this.#play(next);
    if (!this.#stopped) this.wake();
  };
}
