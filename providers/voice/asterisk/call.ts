/**
 * One call on an Asterisk server, from its first ring to its last event. What happens comes as events; what
 * is asked of it goes out as commands; every wait ends at hang-up, at a deadline, or when another process
 * has taken the call over.
 *
 * A connection that breaks does not end the call: commands wait for the next connection, and `resume` asks
 * what was missed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../../log.ts';
import type { Sound } from '../../speech/sounds.ts';
import { latch } from '../latch.ts';
import type {
  CallEnding,
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
import { AriAway, type AriLink, AriMissing, AriRefused, AriSilent } from './ari.ts';
import type { AriChannel, AriClient, AriEvent } from './ari-types.ts';
import type { CallDeps, CallFacts } from './call-facts.ts';
import { causeText, unansweredOutcome } from './causes.ts';
import { DETECTED } from './detection.ts';
import { Gathering } from './gathering.ts';
import { Listening } from './listening.ts';
import { Playbacks } from './playbacks.ts';
import { recordCall, recordPerson } from './recording.ts';
import { CallTakenOver, takeOver } from './taking-over.ts';
import { joinCalls, transferCall } from './transferring.ts';

/** Beyond the ringing time, which Asterisk keeps by itself. */
const RING_GRACE_MS = 5_000;
/** Asterisk ends a call at its limit by itself; if we have not heard of it this much later, we look. */
const LIMIT_GRACE_MS = 15_000;
/** After leaving our application a call that has ended says so at once; one that has not was taken over. */
const LEAVING_MS = 1_500;

/** The end of a call that breaks a sentence off follows within milliseconds. */
const END_FOLLOWS_MS = 500;
/** A call that was set up enters our application within milliseconds. */
const ENTERING_MS = 2_000;

export class AsteriskCall implements VoiceCall {
  readonly attemptId: string;
  readonly playbacks: Playbacks;
  readonly #deps: CallDeps;
  readonly #facts: CallFacts;
  readonly #answer = latch<CallProgress>();
  readonly #end = latch<CallEnding>();
  readonly #entered = latch<void>();
  /** Recordings under way, by name, and who wants to hear of their events. */
  readonly #recordings = new Map<string, (event: AriEvent) => void>();
  #answeredAt: Date | undefined;
  #by: 'PERSON' | 'MACHINE' | undefined;
  #ending: CallEnding | undefined;
  #hungUpByUs = false;
  /** Another process has it: nothing that happens to it is ours to tell. */
  #gone = false;
  readonly #listening: Listening;
  #key: ((key: string) => void) | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  readonly #limit: ReturnType<typeof setTimeout>;
  #ringing: ReturnType<typeof setTimeout> | undefined;
  /** The far end was heard of: it rings, or has answered. */
  #rang = false;
  /** Ended by us at the end of its ringing time; without a sign from the far end nobody knows whether it rang. */
  #rungOutAs: 'NO_ANSWER' | 'UNKNOWN' | undefined;

  constructor(attemptId: string, facts: CallFacts, deps: CallDeps) {
    this.attemptId = attemptId;
    this.#facts = facts;
    this.#deps = deps;
    this.playbacks = new Playbacks(this);
    this.#listening = new Listening(this, (by) => this.#report(by));
    this.#limit = setTimeout(() => void this.lookAgain(), facts.maxCallMs + LIMIT_GRACE_MS);
    if (facts.ringsUntil !== undefined) {
      const ringsForMs = Math.max(0, facts.ringsUntil - Date.now()) + RING_GRACE_MS;
      this.#ringing = setTimeout(() => void this.#rungOut(), ringsForMs);
    }
  }

  get link(): AriLink {
    return this.#deps.link;
  }

  get log(): Logger {
    return this.#deps.log;
  }

  get facts(): CallFacts {
    return this.#facts;
  }

  get answeredAt(): Date | undefined {
    return this.#answeredAt;
  }

  /** When the call is in our application; at its limit, whatever happens. */
  get entered(): Promise<void> {
    const late = setTimeout(() => this.#entered.settle(), ENTERING_MS);
    return this.#entered.promise.finally(() => clearTimeout(late));
  }

  get hasEnded(): boolean {
    return this.#ending !== undefined;
  }

  answered(): Promise<CallProgress> {
    return this.#answer.promise;
  }

  ended(): Promise<CallEnding> {
    return this.#end.promise;
  }

  async say(utterances: Utterance[]): Promise<'DONE' | 'HUNG_UP'> {
    if (!(await this.#isUp())) return 'HUNG_UP';
    const playback = this.playbacks.play(await this.#prepare(utterances));
    // Asterisk tells of the sounds' end a moment before the call's.
    if ((await playback.finished) === 'BROKEN_OFF') await Promise.race([this.ended(), sleep(END_FOLLOWS_MS)]);
    return this.hasEnded ? 'HUNG_UP' : 'DONE';
  }

  async gather(order: GatherOrder): Promise<GatherResult> {
    if (!(await this.#isUp())) return { digits: '', endedBy: 'HUNG_UP' };
    const gathering = new Gathering(order);
    this.#key = (key) => gathering.hear(key);
    try {
      const playback = this.playbacks.play(await this.#prepare(order.prompts));
      gathering.asked(playback);
      return await Promise.race([
        gathering.result,
        this.ended().then((): GatherResult => ({ digits: gathering.digits, endedBy: 'HUNG_UP' })),
      ]);
    } finally {
      this.#key = undefined;
      gathering.close();
    }
  }

  async record(order: RecordOrder): Promise<RecordResult> {
    if (!(await this.#isUp())) return { endedBy: 'HUNG_UP', durationMs: 0 };
    return recordPerson(this, order);
  }

  async recordAll(name: string): Promise<void> {
    if (await this.#isUp()) await recordCall(this, name);
  }

  async transfer(order: TransferOrder): Promise<TransferResult> {
    return transferCall(this, order, this.#deps.placeLeg);
  }

  async join(leg: VoiceCall): Promise<TransferResult['endedBy']> {
    if (!(leg instanceof AsteriskCall)) throw new TypeError('only calls of one trunk can be connected');
    return joinCalls(this, leg);
  }

  async hangUp(): Promise<void> {
    if (this.hasEnded) return;
    this.#hungUpByUs = true;
    try {
      await this.insist('hang up', (client) => client.channels.hangup({ channelId: this.attemptId }));
    } catch (error) {
      if (!(error instanceof AriRefused)) throw error;
      // It has ended just now; if its last event was missed, this finds out.
      setTimeout(() => void this.lookAgain(), LEAVING_MS);
    }
  }

  /** Must come before a recording of the person: see `Listening.turnRound`. */
  leaveDialBridge(): Promise<void> {
    return this.#listening.turnRound();
  }

  /** Keys go to `listener` until it is taken away with undefined. */
  onKey(listener: ((key: string) => void) | undefined): void {
    this.#key = listener;
  }

  /** Events of a recording go to `listener` until it is taken away with undefined. */
  onRecording(name: string, listener: ((event: AriEvent) => void) | undefined): void {
    if (listener === undefined) this.#recordings.delete(name);
    else this.#recordings.set(name, listener);
  }

  /**
   * Carries a command out, over lost connections until the call has ended. One that got no answer is sent
   * again: only for commands that may be repeated.
   * @throws AriRefused
   */
  async insist<T>(what: string, send: (client: AriClient) => Promise<T>): Promise<T | undefined> {
    while (!this.hasEnded) {
      try {
        return await this.link.command(what, send);
      } catch (error) {
        if (!(error instanceof AriAway || error instanceof AriSilent)) throw error;
        await Promise.race([this.link.connected, this.ended()]);
      }
    }
    return undefined;
  }

  /** What happened to it, from the server's event stream. */
  handle(event: AriEvent): void {
    const at = new Date(event.timestamp);
    switch (event.type) {
      case 'ChannelStateChange':
        this.noteState(event.channel?.state ?? '');
        if (event.channel?.state === 'Up') this.pickedUp(at);
        return;
      case 'StasisStart':
        clearTimeout(this.#leaving);
        this.#entered.settle();
        if (event.args?.[0] === DETECTED) this.#listening.done(event.args[1] ?? '', event.args[2] ?? '');
        return;
      case 'StasisEnd':
        if (!this.#listening.active && !this.hasEnded) this.#left();
        return;
      case 'ChannelDtmfReceived':
        this.#key?.(event.digit ?? '');
        return;
      case 'PlaybackFinished':
        this.playbacks.finished(event.playback?.id ?? '', event.playback?.state);
        return;
      case 'RecordingFinished':
      case 'RecordingFailed':
        this.#recordings.get(event.recording?.name ?? '')?.(event);
        return;
      case 'ChannelDestroyed':
        this.#destroyed(event.cause ?? 0, event.tech_cause, at);
    }
  }

  /** Asterisk's word for how far the call has come. */
  noteState(state: string): void {
    if (state === 'Ringing' || state === 'Up') this.#rang = true;
  }

  /** Somebody answered. Also for calls that were answered before we came to carry them. */
  pickedUp(at: Date): void {
    if (this.#answeredAt !== undefined || this.hasEnded) return;
    this.#answeredAt = at;
    clearTimeout(this.#ringing);
    if (this.#facts.detectMachine) void this.#listening.begin();
    else this.#report('PERSON');
  }

  /** For a call taken over: it was answered, and who answered is known. */
  adoptAnswered(at: Date, by: 'PERSON' | 'MACHINE'): void {
    this.#answeredAt = at;
    clearTimeout(this.#ringing);
    this.#report(by);
  }

  /** The connection is back: asks what was missed. @param isOf whether a call is this trunk's still */
  async resume(isOf: (channel: AriChannel) => boolean): Promise<void> {
    const { attemptId: channelId } = this;
    const found = await this.link
      .command('look at a call', (client) => client.channels.get({ channelId }))
      .catch((error) => error as Error);
    if (this.hasEnded) return;
    if (found instanceof AriMissing) return this.finish(await this.#deps.lookBack(this));
    // Away again: the next connection comes here again.
    if (found instanceof Error) return;
    // We were silent for so long that another has taken it.
    if (!isOf(found)) return this.letGo();
    await takeOver(this.link, found);
    if (found.state === 'Up') this.pickedUp(new Date());
    await this.playbacks.resume();
  }

  /** Asks Asterisk whether the call still exists, and ends it for us if not. */
  async lookAgain(): Promise<void> {
    if (this.hasEnded) return;
    const { attemptId: channelId } = this;
    try {
      await this.link.command('look at a call', (client) => client.channels.get({ channelId }));
      if (this.#isOverdue()) await this.hangUp();
    } catch (error) {
      if (error instanceof AriMissing) this.finish(await this.#deps.lookBack(this));
      else this.finish(this.unknownEnding((error as Error).message));
    }
  }

  unknownEnding(cause: string): CallEnding {
    return { outcome: 'UNKNOWN', cause, answeredAt: this.#answeredAt, endedAt: new Date() };
  }

  /** The outcome of a call that ended for this reason, as far as the call itself knows. */
  endingOf(cause: number, sipResponse: number | undefined, at: Date): CallEnding {
    const outcome = this.#outcomeOf(cause, sipResponse);
    return { outcome, cause: causeText(cause, sipResponse), answeredAt: this.#answeredAt, endedAt: at };
  }

  finish(ending: CallEnding): void {
    if (this.#ending !== undefined || this.#gone) return;
    this.#ending = ending;
    this.#stopWatching();
    this.#deps.ended(this, ending);
    this.#answer.settle({ kind: 'ENDED', ending });
    this.#end.settle(ending);
    this.playbacks.finishAll();
  }

  /** Lets go of the call without an end: another process carries it. */
  letGo(): void {
    if (this.#ending !== undefined || this.#gone) return;
    this.#gone = true;
    this.#stopWatching();
    this.#deps.letGo(this);
    const error = new CallTakenOver(
      `the call of attempt ${this.attemptId} is carried by another process now`,
    );
    this.#answer.fail(error);
    this.#end.fail(error);
    this.playbacks.finishAll();
  }

  #stopWatching(): void {
    clearTimeout(this.#limit);
    clearTimeout(this.#ringing);
    this.#listening.stop();
    clearTimeout(this.#leaving);
  }

  #outcomeOf(cause: number, sipResponse: number | undefined): CallEnding['outcome'] {
    if (this.#answeredAt !== undefined) return this.#by === 'MACHINE' ? 'MACHINE' : 'ANSWERED';
    if (this.#facts.inbound) return 'ABANDONED';
    if (this.#rungOutAs !== undefined) return this.#rungOutAs;
    return this.#hungUpByUs ? 'CANCELLED' : unansweredOutcome(cause, sipResponse);
  }

  /**
   * Asterisk ends the ringing of a call it was told to dial. One that is there after that was never dialled by
   * whoever died before us, or nobody knows.
   */
  async #rungOut(): Promise<void> {
    if (this.#answeredAt !== undefined || this.hasEnded) return;
    this.#rungOutAs = this.#rang ? 'NO_ANSWER' : 'UNKNOWN';
    await this.hangUp().catch((error) => this.log.warn({ err: error }, 'a call could not be hung up'));
  }

  #isOverdue(): boolean {
    return this.#answeredAt !== undefined && Date.now() - this.#answeredAt.getTime() > this.#facts.maxCallMs;
  }

  async #isUp(): Promise<boolean> {
    await this.answered();
    return !this.hasEnded;
  }

  /** Sounds for as much as can be spoken: a sentence that cannot must not keep the rest from the person. */
  async #prepare(utterances: Utterance[]): Promise<Sound[]> {
    const sounds = utterances.map(async (utterance) => {
      try {
        return await this.#deps.sounds.prepare([utterance]);
      } catch (error) {
        this.log.error({ attemptId: this.attemptId, err: error }, 'a sentence could not be spoken');
        return [];
      }
    });
    return Promise.race([Promise.all(sounds).then((each) => each.flat()), this.ended().then(() => [])]);
  }

  #destroyed(cause: number, sipResponse: number | undefined, at: Date): void {
    this.finish(this.endingOf(cause, sipResponse, at));
  }

  #report(by: 'PERSON' | 'MACHINE'): void {
    if (this.#by !== undefined || this.#answeredAt === undefined || this.hasEnded) return;
    this.#by = by;
    this.#answer.settle({ kind: 'ANSWERED', by, at: this.#answeredAt });
  }

  #left(): void {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => void this.#whereTo(), LEAVING_MS);
  }

  async #whereTo(): Promise<void> {
    const { attemptId: channelId } = this;
    try {
      await this.link.command('look at a call', (client) => client.channels.get({ channelId }));
      if (!this.hasEnded) this.letGo();
    } catch (error) {
      if (error instanceof AriMissing) this.finish(await this.#deps.lookBack(this));
    }
  }
}
