/** One simulated call: the person's script, our speech, questions and recordings, and the limits, on one timeline. */
import { latch } from '../latch.ts';
import type {
  CallEnding,
  CallOrder,
  CallProgress,
  GatherOrder,
  GatherResult,
  RecordOrder,
  RecordResult,
  TransferOrder,
  TransferResult,
  Utterance,
  VoiceCall,
} from '../trunk.ts';
import {
  BEEP_MS,
  CAUSES,
  KEY_AFTER_MS,
  NETWORK_RING_LIMIT_MS,
  type Script,
  speechMs,
  TALK_MS,
} from './people.ts';
import { voiceFor } from './sound.ts';
import { type Happening, Timeline } from './timeline.ts';
import { startTransfer, type Transfer } from './transfer.ts';

/** What a call needs of the network it is in. */
export interface Network {
  /** Told once; whoever awaits the end is told when it has resolved. It never rejects. */
  ended(ending: CallEnding): Promise<void>;
  /** Keeps a recording. */
  save(name: string, data: Buffer): Promise<void>;
  /** The second call of a transfer is written down before its phone rings. @throws as `VoiceTrunk.place` does */
  placeLeg(order: TransferOrder): Promise<void>;
  /** It never rejects. */
  legEnded(legId: string, ending: CallEnding): Promise<void>;
}

export class SimulatedCall implements VoiceCall {
  readonly attemptId: string;
  /** By the wall clock, in ms: at speed 0 the limit of a call nobody attends to is kept in real time. */
  deadlineMs: number;
  #timeline: Timeline;
  #script: Script;
  #network: Network;
  #answer = latch<CallProgress>();
  #end = latch<CallEnding>();
  #answeredAt: Date | undefined;
  /** Whoever waits for the answer has been told of it. */
  #announced = false;
  #ending: CallEnding | undefined;
  #endAwaited = false;
  /** Speech, questions, recordings and a transfer under way. */
  #inProgress = new Set<() => void>();
  /** Connected with the person of another call. */
  #talks = false;
  /** When what is being said will have been said: the next waits its turn. */
  #audioFreeAt = 0;
  /** The recording of the whole call. */
  #whole: { name: string; startsAt: number } | undefined;
  #transfer: Transfer | undefined;
  /** What must be written before the call counts as ended: its recordings, and how its transfers ended. */
  #writing: Promise<unknown>[] = [];

  constructor(order: CallOrder, script: Script, speed: number, network: Network) {
    this.attemptId = order.attemptId;
    this.deadlineMs = Date.now() + order.maxCallMs;
    this.#script = script;
    this.#network = network;
    this.#timeline = new Timeline(speed, {
      // A call to us rings on until somebody does something about it: no time passes by itself.
      attended: () => this.#script.kind !== 'CALLS_US' && (!this.#announced || this.#inProgress.size > 0),
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
    if (script.kind !== 'CALLS_US') this.#timeline.at(order.maxCallMs, () => this.reachLimit());
  }

  /** Answers a call to us. Harmless when it is answered or has ended. */
  accept(maxCallMs: number): void {
    if (this.#script.kind !== 'CALLS_US' || this.#ending !== undefined) return;
    this.#script = this.#script.answered;
    this.deadlineMs = Date.now() + maxCallMs;
    this.#timeline.at(this.#timeline.now() + maxCallMs, () => this.reachLimit());
    this.#pickUp(this.#script);
  }

  /** Ends a call to us that has not been answered. Harmless when it has. */
  endUnanswered(outcome: CallEnding['outcome'], cause: string): void {
    if (this.#answeredAt === undefined) this.#finish(outcome, cause);
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

  async record(order: RecordOrder): Promise<RecordResult> {
    if (this.#answeredAt === undefined) await this.#answer.promise;
    if (this.#ending !== undefined) return { endedBy: 'HUNG_UP', durationMs: 0 };
    return new Promise((resolve, reject) =>
      this.#listen(order, (result) => {
        const saved = this.#network.save(order.name, voiceFor(result.durationMs));
        this.#writing.push(saved);
        saved.then(() => resolve(result), reject);
      }),
    );
  }

  async recordAll(name: string): Promise<void> {
    if (this.#ending === undefined) this.#whole ??= { name, startsAt: this.#timeline.now() };
  }

  async transfer(order: TransferOrder): Promise<TransferResult> {
    if (this.#answeredAt === undefined) await this.#answer.promise;
    if (this.#ending !== undefined) {
      const { endedAt } = this.#ending;
      const leg = { outcome: 'CANCELLED', cause: CAUSES.clearing, answeredAt: undefined, endedAt } as const;
      return { endedBy: 'HUNG_UP', leg };
    }
    await this.#network.placeLeg(order);
    return new Promise((resolve) =>
      this.#connect(order, (result) => {
        const written = this.#network.legEnded(order.legId, result.leg);
        this.#writing.push(written);
        void written.then(() => resolve(result));
      }),
    );
  }

  /** Two who are connected talk until one of them hangs up. */
  async join(leg: VoiceCall): Promise<TransferResult['endedBy']> {
    if (this.#answeredAt === undefined) await this.#answer.promise;
    const left = this.ended().then(() => 'HUNG_UP' as const);
    const progress = await Promise.race([this.#ending === undefined ? leg.answered() : left, left]);
    if (progress === 'HUNG_UP') {
      await leg.hangUp();
      return progress;
    }
    if (progress.kind === 'ENDED') return 'NOT_CONNECTED';
    if (leg instanceof SimulatedCall) leg.#talk();
    const first = await Promise.race([leg.ended().then(() => 'OTHER_LEFT' as const), left]);
    if (first === 'HUNG_UP') await leg.hangUp();
    return first;
  }

  /** As somebody does whom a transfer has reached: `transfer.ts`. */
  #talk(): void {
    if (this.#ending !== undefined || this.#talks) return;
    this.#talks = true;
    this.#begin(() => {});
    this.#timeline.at(this.#timeline.now() + TALK_MS, () => void this.hangUp());
  }

  /** Ends the second call of a transfer. */
  dropLeg(): void {
    this.#transfer?.drop();
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
    const announce = (): void => {
      this.#announced = true;
      this.#answer.settle({ kind: 'ANSWERED', by: script.by, at });
    };
    if (script.greetingMs === 0) announce();
    else this.#timeline.at(this.#timeline.now() + script.greetingMs, announce);
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

  /** One recording of what the person says. Somebody who says nothing leaves it empty. */
  #listen(order: RecordOrder, done: (result: RecordResult) => void): void {
    const timeline = this.#timeline;
    const startsAt = Math.max(timeline.now(), this.#audioFreeAt) + (order.beep ? BEEP_MS : 0);
    const { speaks, key } =
      this.#script.kind === 'ANSWERS' ? this.#script : { speaks: false, key: undefined };
    const plans: Happening[] = [];
    const settle = (endedBy: RecordResult['endedBy']): void => {
      for (const plan of plans) timeline.cancel(plan);
      this.#inProgress.delete(hungUp);
      if (endedBy !== 'HUNG_UP') this.#audioFreeAt = timeline.now();
      done({ endedBy, durationMs: speaks ? Math.max(0, Math.round(timeline.now() - startsAt)) : 0 });
    };
    const hungUp = (): void => settle('HUNG_UP');
    const plan = (afterMs: number, endedBy: RecordResult['endedBy']): void => {
      plans.push(timeline.at(startsAt + afterMs, () => settle(endedBy)));
    };
    this.#begin(hungUp);
    const ends = key !== undefined && (order.terminators === 'any' || order.terminators.includes(key));
    if (ends) plan(KEY_AFTER_MS, 'TERMINATOR');
    if (!speaks && order.silenceMs > 0) plan(order.silenceMs, 'SILENCE');
    plan(order.maxMs, 'LIMIT');
  }

  #connect(order: TransferOrder, done: (result: TransferResult) => void): void {
    const transfer = startTransfer(this.#timeline, order, (result) => {
      this.#inProgress.delete(transfer.personLeft);
      this.#transfer = undefined;
      this.#audioFreeAt = this.#timeline.now();
      done(result);
    });
    if (this.#ending !== undefined) {
      transfer.personLeft();
      return;
    }
    this.#transfer = transfer;
    this.#begin(transfer.personLeft);
  }

  #answeredOutcome(): 'ANSWERED' | 'MACHINE' {
    return this.#script.kind === 'ANSWERS' && this.#script.by === 'MACHINE' ? 'MACHINE' : 'ANSWERED';
  }

  #finish(outcome: CallEnding['outcome'], cause: string): void {
    if (this.#ending !== undefined) return;
    const ending: CallEnding = { outcome, cause, answeredAt: this.#answeredAt, endedAt: new Date() };
    this.#ending = ending;
    const endsAt = this.#timeline.now();
    for (const hungUp of [...this.#inProgress]) hungUp();
    this.#inProgress.clear();
    this.#timeline.stop();
    void this.#writeDown(ending, endsAt).then(() => {
      this.#answer.settle({ kind: 'ENDED', ending });
      this.#end.settle(ending);
    });
  }

  /** Recordings first: whoever hears that the call has ended can fetch them. */
  async #writeDown(ending: CallEnding, endsAt: number): Promise<void> {
    if (this.#whole !== undefined) {
      const { name, startsAt } = this.#whole;
      this.#writing.push(this.#network.save(name, voiceFor(endsAt - startsAt)));
    }
    // A recording that cannot be written is missing when it is fetched; the call ends all the same.
    if (this.#writing.length > 0) await Promise.allSettled(this.#writing);
    await this.#network.ended(ending);
  }
}
