/** One simulated call: the person's script, our speech and questions, and the limits, on one timeline. */
import type {
  CallEnding,
  CallOrder,
  CallProgress,
  GatherOrder,
  GatherResult,
  Utterance,
  VoiceCall,
} from '../trunk.ts';
import { CAUSES, KEY_AFTER_MS, NETWORK_RING_LIMIT_MS, type Script, speechMs } from './people.ts';
import { type Happening, Timeline } from './timeline.ts';

/** Something once, awaited by any number. */
function latch<T>(): { promise: Promise<T>; settle: (value: T) => void } {
  let settle: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

export class SimulatedCall implements VoiceCall {
  readonly attemptId: string;
  /** By the wall clock, in ms: at speed 0 the limit of a call nobody attends to is kept in real time. */
  readonly deadlineMs: number;
  #timeline: Timeline;
  #script: Script;
  #onEnd: (ending: CallEnding) => Promise<void>;
  #answer = latch<CallProgress>();
  #end = latch<CallEnding>();
  #answeredAt: Date | undefined;
  #ending: CallEnding | undefined;
  #endAwaited = false;
  /** Speech and questions under way. */
  #inProgress = new Set<() => void>();
  /** When what is being said will have been said: the next waits its turn. */
  #audioFreeAt = 0;

  /** @param onEnd told once; whoever awaits the end is told when it has resolved. It never rejects. */
  constructor(order: CallOrder, script: Script, speed: number, onEnd: (ending: CallEnding) => Promise<void>) {
    this.attemptId = order.attemptId;
    this.deadlineMs = Date.now() + order.maxCallMs;
    this.#script = script;
    this.#onEnd = onEnd;
    this.#timeline = new Timeline(speed, {
      attended: () => this.#answeredAt === undefined || this.#inProgress.size > 0,
      endAwaited: () => this.#endAwaited,
    });
    const ringLimitMs = Math.min(order.ringTimeoutMs, NETWORK_RING_LIMIT_MS);
    if (script.kind === 'ENDS') {
      this.#timeline.at(script.afterMs, () => this.#finish(script.outcome, script.cause));
    } else if (script.kind === 'ANSWERS') {
      this.#timeline.at(script.afterMs, () => this.#pickUp(script));
    }
    this.#timeline.at(ringLimitMs, () => {
      if (this.#answeredAt === undefined) this.#finish('NO_ANSWER', CAUSES.noAnswer);
    });
    this.#timeline.at(order.maxCallMs, () => this.reachLimit());
  }

  answered(): Promise<CallProgress> {
    return this.#answer.promise;
  }

  ended(): Promise<CallEnding> {
    this.#endAwaited = true;
    this.#timeline.wake();
    return this.#end.promise;
  }

  async say(utterances: Utterance[]): Promise<'DONE' | 'HUNG_UP'> {
    if (this.#answeredAt === undefined) await this.#answer.promise;
    // No await between this look and the registration below: a hang-up would be missed in it.
    if (this.#ending !== undefined) return 'HUNG_UP';
    return new Promise((resolve) => {
      const hungUp = (): void => resolve('HUNG_UP');
      this.#begin(hungUp);
      const startsAt = Math.max(this.#timeline.now(), this.#audioFreeAt);
      this.#audioFreeAt = startsAt + speechMs(utterances);
      this.#timeline.at(this.#audioFreeAt, () => {
        this.#inProgress.delete(hungUp);
        resolve('DONE');
      });
    });
  }

  async gather(order: GatherOrder): Promise<GatherResult> {
    if (this.#answeredAt === undefined) await this.#answer.promise;
    if (this.#ending !== undefined) return { digits: '', endedBy: 'HUNG_UP' };
    return new Promise((resolve) => this.#ask(order, resolve));
  }

  async hangUp(): Promise<void> {
    this.#finish(this.#answeredAt === undefined ? 'CANCELLED' : this.#answeredOutcome(), CAUSES.clearing);
  }

  /** The trunk ends the call: it has lasted as long as a call may. */
  reachLimit(): void {
    this.#finish(this.#answeredAt === undefined ? 'NO_ANSWER' : this.#answeredOutcome(), CAUSES.limit);
  }

  /** The trunk is closing. */
  drop(): void {
    this.#finish(this.#answeredAt === undefined ? 'FAILED' : this.#answeredOutcome(), CAUSES.trunkClosed);
  }

  #begin(hungUp: () => void): void {
    this.#inProgress.add(hungUp);
  }

  #pickUp(script: Extract<Script, { kind: 'ANSWERS' }>): void {
    const at = new Date();
    this.#answeredAt = at;
    if (script.hangsUpAfterMs !== undefined) {
      const hangsUpAt = this.#timeline.now() + script.hangsUpAfterMs;
      this.#timeline.at(hangsUpAt, () => this.#finish(this.#answeredOutcome(), CAUSES.clearing), true);
    }
    this.#answer.settle({ kind: 'ANSWERED', by: script.by, at });
  }

  /**
   * One question. Without barge-in a key pressed during the prompts is kept and counts once they have
   * ended, as in a telephone's type-ahead.
   */
  #ask(order: GatherOrder, resolve: (result: GatherResult) => void): void {
    const timeline = this.#timeline;
    const startsAt = Math.max(timeline.now(), this.#audioFreeAt);
    const promptsEndAt = startsAt + speechMs(order.prompts);
    this.#audioFreeAt = promptsEndAt;
    let digits = '';
    let timeout: Happening;
    const plans: Happening[] = [];
    const settle = (endedBy: GatherResult['endedBy']): void => {
      for (const plan of [...plans, timeout]) timeline.cancel(plan);
      this.#inProgress.delete(hungUp);
      if (endedBy !== 'HUNG_UP') this.#audioFreeAt = timeline.now();
      resolve({ digits, endedBy });
    };
    const hungUp = (): void => settle('HUNG_UP');
    const hear = (key: string): void => {
      if (order.terminators.includes(key)) {
        settle('TERMINATOR');
        return;
      }
      digits += key;
      timeline.cancel(timeout);
      if (digits.length >= order.maxDigits) settle('FULL');
      else timeout = timeline.at(timeline.now() + order.interDigitTimeoutMs, () => settle('TIMEOUT'));
    };
    this.#begin(hungUp);
    timeout = timeline.at(promptsEndAt + order.timeoutMs, () => settle('TIMEOUT'));
    if (this.#script.kind !== 'ANSWERS' || this.#script.key === undefined) return;
    const { key } = this.#script;
    const pressedAt = startsAt + KEY_AFTER_MS;
    plans.push(timeline.at(order.bargeIn ? pressedAt : Math.max(pressedAt, promptsEndAt), () => hear(key)));
  }

  #answeredOutcome(): 'ANSWERED' | 'MACHINE' {
    return this.#script.kind === 'ANSWERS' && this.#script.by === 'MACHINE' ? 'MACHINE' : 'ANSWERED';
  }

  #finish(outcome: CallEnding['outcome'], cause: string): void {
    if (this.#ending !== undefined) return;
    const ending: CallEnding = { outcome, cause, answeredAt: this.#answeredAt, endedAt: new Date() };
    this.#ending = ending;
    this.#timeline.stop();
    void this.#onEnd(ending).then(() => {
      this.#answer.settle({ kind: 'ENDED', ending });
      this.#end.settle(ending);
    });
    for (const hungUp of [...this.#inProgress]) hungUp();
    this.#inProgress.clear();
  }
}
