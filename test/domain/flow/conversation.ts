/**
 * A telephone conversation as a test writes it down: `conversation(flow).answers().hears('Hello.').presses('1')`.
 * Each word checks what the interpreter asks for and tells it what happened.
 */
import { expect } from 'vitest';
import type { FlowEffect, FlowEvent, FlowState, JourneyNote, Speech } from '../../../domain/flow/machine.ts';
import { type FlowDefinitionInput, flowDefinition } from '../../../domain/flow/schema.ts';
import { startState, step } from '../../../domain/flow/step.ts';

export interface Circumstances {
  variables?: Record<string, string>;
  userValues?: Record<string, string>;
  number?: string;
}

const line = (speech: Speech[]): string =>
  speech.map((part) => (part.kind === 'TEXT' ? part.text : `[${part.prompt}]`)).join(' ');

export class Conversation {
  readonly #step: (state: FlowState, event: FlowEvent) => ReturnType<typeof step>;
  state: FlowState;
  effect: FlowEffect | undefined;
  readonly notes: JourneyNote[] = [];

  constructor(definition: FlowDefinitionInput, circumstances: Circumstances) {
    const flow = flowDefinition.parse(definition);
    const { variables = {}, userValues = {}, number = '+919810000001' } = circumstances;
    this.#step = (state, event) => step(flow, state, event, { userValues, number });
    this.state = startState(flow, { variables });
  }

  happens(event: FlowEvent): this {
    // Through JSON, as a state that was stored.
    const result = this.#step(JSON.parse(JSON.stringify(this.state)) as FlowState, event);
    this.state = result.state;
    this.effect = result.effect;
    this.notes.push(...result.notes);
    return this;
  }

  answers = (): this => this.happens({ type: 'START', answeredBy: 'PERSON' });
  machineAnswers = (): this => this.happens({ type: 'START', answeredBy: 'MACHINE' });

  /** Hears a sentence to its end. */
  hears(text: string): this {
    expect(this.effect?.type).toBe('SAY');
    if (this.effect?.type === 'SAY') expect(line(this.effect.speech)).toBe(text);
    return this.happens({ type: 'SAID' });
  }

  /** Is asked for keys with these words, and has not pressed any yet. */
  isAsked(text: string): this {
    expect(this.effect?.type).toBe('GATHER');
    if (this.effect?.type === 'GATHER') expect(line(this.effect.speech)).toBe(text);
    return this;
  }

  presses = (digits: string): this => this.happens({ type: 'GATHERED', digits, endedBy: 'FULL' });
  isSilent = (): this => this.happens({ type: 'GATHERED', digits: '', endedBy: 'TIMEOUT' });

  /** The server or the message provider is asked for this. */
  wants(effect: Partial<FlowEffect>): this {
    expect(this.effect).toMatchObject(effect);
    return this;
  }

  serverReplies(status: number, body: unknown, error?: string): this {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.happens({ type: 'WEBHOOK_REPLIED', status, body: text, error });
  }

  /** Is being recorded after these words, or none. */
  isRecorded(text = ''): this {
    expect(this.effect?.type).toBe('RECORD');
    if (this.effect?.type === 'RECORD') expect(line(this.effect.speech)).toBe(text);
    return this;
  }

  recordingEnds = (name: string, durationMs: number): this =>
    this.happens({ type: 'RECORDED', name, durationMs, endedBy: 'SILENCE' });
  transferEnds = (outcome: string): this => this.happens({ type: 'TRANSFERRED', outcome });

  messageSettles = (outcome: string): this => this.happens({ type: 'MESSAGE_SETTLED', outcome });

  /** The person hangs up, whatever is going on. */
  hangsUp(): this {
    this.happens({ type: 'HUNG_UP' });
    expect(this.effect).toEqual({ type: 'END' });
    return this;
  }

  /** The flow ends the call, and then is over. */
  ends(): this {
    expect(this.effect).toEqual({ type: 'HANG_UP' });
    return this.hangsUp();
  }

  /** Flow variables now have these values. */
  knows(variables: Record<string, string>): this {
    expect(this.state.variables).toMatchObject(variables);
    return this;
  }
}

export const conversation = (
  definition: FlowDefinitionInput,
  circumstances: Circumstances = {},
): Conversation => new Conversation(definition, circumstances);

/** A flow that begins with the widget `first`. */
export const flowOf = (
  widgets: FlowDefinitionInput['widgets'],
  rest: Partial<FlowDefinitionInput> = {},
): FlowDefinitionInput => ({
  schemaVersion: 1,
  start: 'start',
  widgets: { start: { type: 'start', next: 'first' }, ...widgets },
  ...rest,
});
