/**
 * Runs a flow on a call that was answered: asks the interpreter what comes next, has it done, and tells the
 * interpreter what happened, until the flow or the call ends. It decides nothing itself.
 *
 * After a crash: the state of the last checkpoint is where `resume` goes on. The widget the person was at is
 * asked for again, so a sentence or a question may be heard twice and a webhook may be called twice; a
 * message is not sent twice and nobody is rung twice by a transfer, as its number in the attempt, and so its
 * id in the ledger, is the same. A recording that was broken off is kept as far as it came, and made again.
 */
import { type JourneyEntry, journeyEntries } from '../domain/flow/journey.ts';
import type {
  FlowEffect,
  FlowEvent,
  FlowState,
  RecordedEvent,
  Speech,
  StepResult,
  TransferredEvent,
} from '../domain/flow/machine.ts';
import type { FlowDefinition } from '../domain/flow/schema.ts';
import { type StepContext, step } from '../domain/flow/step.ts';
import type { Utterance, VoiceCall } from '../providers/voice/trunk.ts';
import type { Uttered } from './utter.ts';

type Effect<T extends FlowEffect['type']> = Extract<FlowEffect, { type: T }>;

/** What a webhook answered. `status` 0: nothing; `error` then says why in one word. */
export interface WebhookReply {
  status: number;
  body: string;
  error: string | undefined;
}

/**
 * Whoever acts on the world besides the call, or keeps books of what is done in it. None should throw: an
 * error ends as "unknown" in the flow.
 */
export interface CarryOut {
  webhook(effect: Effect<'WEBHOOK'>): Promise<WebhookReply>;
  /** Reserve, send, settle. Returns the message's outcome. */
  sms(effect: Effect<'SEND_SMS'>): Promise<string>;
  email(effect: Effect<'SEND_EMAIL'>): Promise<string>;
  /** Records the person and keeps the recording; the speech has been said already. */
  record(effect: Effect<'RECORD'>, call: VoiceCall): Promise<RecordedEvent>;
  /** Reserve, connect, settle. Returns the second call's outcome, and whether the person has gone. */
  transfer(effect: Effect<'TRANSFER'>, call: VoiceCall): Promise<{ outcome: string; hungUp: boolean }>;
}

export interface RunFlowInput {
  call: VoiceCall;
  answeredBy: 'PERSON' | 'MACHINE';
  definition: FlowDefinition;
  /** What the flow may read besides its own variables. */
  context: StepContext;
  /** `startState` of the interpreter, or that of the last checkpoint together with `resume`. */
  state: FlowState;
  resume?: boolean;
  carryOut: CarryOut;
  /**
   * Keeps the state and the entries added since the last checkpoint. `END` is the last one of a run; it
   * comes also when the run is broken off by `signal`.
   */
  checkpoint(state: FlowState, entries: JourneyEntry[], when: 'MIDWAY' | 'END'): Promise<void>;
  /**
   * `each`: after every step. `end`: only before and after what reaches the outside world, and at the end,
   * so a call that only speaks and asks costs one write. Default `each`.
   */
  checkpoints?: 'each' | 'end';
  /** Looks up what is said. Absent: the trunk gets it as the flow has it, prompts without a sound. */
  utter?: (speech: readonly Speech[]) => Promise<Uttered>;
  now(): Date;
  /** Breaks the run off, leaving the call up for another to adopt: `runFlow` rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Told of errors that the flow goes on after. */
  onError?: (error: unknown, effect: FlowEffect['type']) => void;
}

export interface RunFlowResult {
  state: FlowState;
  /** Every key pressed, in order, over all runs of this attempt. */
  keys: string;
  /** All entries of this run, those given to `checkpoint` included. */
  entries: JourneyEntry[];
}

/** @throws the signal's reason; what `checkpoint` and the call itself throw */
export async function runFlow(input: RunFlowInput): Promise<RunFlowResult> {
  return new FlowRun(input).run();
}

/** One run: the conversation between interpreter and call. */
class FlowRun {
  #input: RunFlowInput;
  #state: FlowState;
  #entries: JourneyEntry[] = [];
  /** How many entries have been given to `checkpoint`. */
  #kept = 0;
  #keptState: FlowState | undefined;
  /** The end of the call, once it is watched besides speech and questions, which notice it by themselves. */
  #end: Promise<FlowEvent> | undefined;
  #hungUp = false;
  /** Something besides the call was acted on since the last checkpoint. */
  #reachedOut = false;
  /** Acts on the world that nobody waits for any more, as the call or the run has ended: finished before it returns. */
  #leftBehind: Promise<unknown>[] = [];

  constructor(input: RunFlowInput) {
    this.#input = input;
    this.#state = input.state;
  }

  async run(): Promise<RunFlowResult> {
    const { answeredBy, resume } = this.#input;
    try {
      // A resumed flow gets START again: an event it does not await makes it ask again for what it wants.
      if (!(resume === true && this.#state.ended)) await this.#converse({ type: 'START', answeredBy });
      await this.#input.call.hangUp();
    } finally {
      await Promise.allSettled(this.#leftBehind);
      await this.#checkpoint('END');
    }
    return { state: this.#state, keys: this.#state.keys, entries: this.#entries };
  }

  async #converse(first: FlowEvent): Promise<void> {
    let event = first;
    for (;;) {
      const { effect } = this.#step(event);
      if (effect.type === 'END') return;
      if (this.#reachedOut || this.#input.checkpoints !== 'end') await this.#checkpoint('MIDWAY');
      event = await this.#untilBrokenOff(() => this.#act(effect));
    }
  }

  #step(event: FlowEvent): StepResult {
    const { definition, context } = this.#input;
    const result = step(definition, this.#state, event, context);
    this.#state = result.state;
    this.#entries.push(...journeyEntries(result.notes, this.#input.now()));
    return result;
  }

  async #checkpoint(when: 'MIDWAY' | 'END'): Promise<void> {
    const fresh = this.#entries.slice(this.#kept);
    if (when === 'MIDWAY' && this.#state === this.#keptState) return;
    await this.#input.checkpoint(this.#state, fresh, when);
    this.#kept += fresh.length;
    this.#keptState = this.#state;
    this.#reachedOut = false;
  }

  /** Has one effect done and says what happened. */
  async #act(effect: Exclude<FlowEffect, { type: 'END' }>): Promise<FlowEvent> {
    const { call } = this.#input;
    switch (effect.type) {
      case 'SAY':
        return { type: (await this.#say(effect.speech)) === 'DONE' ? 'SAID' : 'HUNG_UP' };
      case 'GATHER': {
        const { type: _, speech, ...order } = effect;
        const prompts = await this.#utter(speech);
        const { digits, endedBy } = await call.gather({ ...order, prompts });
        return endedBy === 'HUNG_UP' ? { type: 'HUNG_UP' } : { type: 'GATHERED', digits, endedBy };
      }
      case 'RECORD':
        return this.#record(effect);
      case 'HANG_UP':
        await call.hangUp();
        return { type: 'HUNG_UP' };
      default:
        return this.#reachOut(effect);
    }
  }

  async #say(speech: Speech[]): Promise<'DONE' | 'HUNG_UP'> {
    return this.#input.call.say(await this.#utter(speech));
  }

  /** What can be played of it; what cannot is left out and written into the journey, and the call goes on. */
  async #utter(speech: Speech[]): Promise<Utterance[]> {
    const { utter, onError, now, definition } = this.#input;
    try {
      const { utterances, missing } = (await utter?.(speech)) ?? { utterances: speech, missing: [] };
      const { widget } = this.#state;
      const widgetType = definition.widgets[widget]?.type ?? '';
      const notes = missing.map((prompt) => ({
        widget,
        widgetType,
        event: 'PROMPT_MISSING',
        data: { prompt },
      }));
      this.#entries.push(...journeyEntries(notes, now()));
      return utterances;
    } catch (error) {
      onError?.(error, 'SAY');
      // Texts are heard at least.
      return speech.filter((part) => part.kind === 'TEXT');
    }
  }

  async #record(effect: Effect<'RECORD'>): Promise<FlowEvent> {
    const { call, carryOut, onError } = this.#input;
    if (effect.speech.length > 0 && (await this.#say(effect.speech)) === 'HUNG_UP')
      return { type: 'HUNG_UP' };
    // What the person has said once is not asked for again: there is a checkpoint after it.
    this.#reachedOut = true;
    try {
      const recorded = await carryOut.record(effect, call);
      return recorded.endedBy === 'HUNG_UP' ? { type: 'HUNG_UP', with: recorded } : recorded;
    } catch (error) {
      onError?.(error, effect.type);
      return { type: 'RECORDED', name: '', durationMs: 0, endedBy: 'FAILED' };
    }
  }

  /** What acts on the world besides the call: kept safe by a checkpoint before it, and one after it. */
  async #reachOut(effect: Effect<'WEBHOOK' | 'SEND_SMS' | 'SEND_EMAIL' | 'TRANSFER'>): Promise<FlowEvent> {
    const end = this.#watchEnd();
    // Nothing new is begun for somebody who has gone. (The end of the call is only seen a turn later.)
    await Promise.race([end, Promise.resolve()]);
    if (this.#hungUp) return { type: 'HUNG_UP' };
    await this.#checkpoint('MIDWAY');
    this.#reachedOut = true;
    const done = this.#begin(effect);
    this.#leftBehind.push(done);
    // The others are waited for even when the person hangs up: their outcome belongs in the journey.
    return effect.type === 'WEBHOOK' ? Promise.race([done, end]) : done;
  }

  #begin(effect: Effect<'WEBHOOK' | 'SEND_SMS' | 'SEND_EMAIL' | 'TRANSFER'>): Promise<FlowEvent> {
    if (effect.type === 'WEBHOOK') return this.#webhook(effect);
    return effect.type === 'TRANSFER' ? this.#transfer(effect) : this.#message(effect);
  }

  async #transfer(effect: Effect<'TRANSFER'>): Promise<FlowEvent> {
    const { call, carryOut, onError } = this.#input;
    try {
      const { outcome, hungUp } = await carryOut.transfer(effect, call);
      const transferred: TransferredEvent = { type: 'TRANSFERRED', outcome };
      return hungUp ? { type: 'HUNG_UP', with: transferred } : transferred;
    } catch (error) {
      onError?.(error, effect.type);
      return { type: 'TRANSFERRED', outcome: 'UNKNOWN' };
    }
  }

  async #webhook(effect: Effect<'WEBHOOK'>): Promise<FlowEvent> {
    try {
      return { type: 'WEBHOOK_REPLIED', ...(await this.#input.carryOut.webhook(effect)) };
    } catch (error) {
      this.#input.onError?.(error, effect.type);
      return { type: 'WEBHOOK_REPLIED', status: 0, body: '', error: 'FAILED' };
    }
  }

  async #message(effect: Effect<'SEND_SMS' | 'SEND_EMAIL'>): Promise<FlowEvent> {
    const { carryOut, onError } = this.#input;
    try {
      const outcome = effect.type === 'SEND_SMS' ? await carryOut.sms(effect) : await carryOut.email(effect);
      return { type: 'MESSAGE_SETTLED', outcome };
    } catch (error) {
      onError?.(error, effect.type);
      return { type: 'MESSAGE_SETTLED', outcome: 'UNKNOWN' };
    }
  }

  #watchEnd(): Promise<FlowEvent> {
    this.#end ??= this.#input.call.ended().then(() => {
      this.#hungUp = true;
      return { type: 'HUNG_UP' };
    });
    return this.#end;
  }

  async #untilBrokenOff(act: () => Promise<FlowEvent>): Promise<FlowEvent> {
    const { signal } = this.#input;
    if (signal === undefined) return act();
    signal.throwIfAborted();
    let stop: () => void = () => {};
    const brokenOff = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([act(), brokenOff]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}
