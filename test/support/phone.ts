/**
 * A readable grammar for calls: whom we ring, and what must come about, in order.
 *
 *     await phone('...1015').answers().hears('your amount').presses('1').hears('thanks').through(flow);
 *
 * The number decides what the person does (the simulated people); the words state what we expect of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type CarryOut, type RunFlowInput, type RunFlowResult, runFlow } from '../../activities/run-flow.ts';
import { type FlowDefinitionInput, flowDefinition } from '../../domain/flow/schema.ts';
import { startState } from '../../domain/flow/step.ts';
import type { VoiceOutcome } from '../../domain/outcome.ts';
import { createSimulatedTrunk } from '../../providers/voice/simulated/index.ts';
import type { CallEnding, Utterance, VoiceCall } from '../../providers/voice/trunk.ts';

/** `...1015` is short for an Indian mobile number that ends so. */
export const fullNumber = (number: string): string => number.replace(/^\.\.\./, '+91980000');

/** What a person at the phone would tell of the call. */
export type Moment =
  | { kind: 'answers' }
  | { kind: 'hears'; words: string }
  | { kind: 'presses'; keys: string }
  | { kind: 'ends'; outcome: VoiceOutcome };

const spoken = (utterances: Utterance[]): string =>
  utterances.map((one) => (one.kind === 'TEXT' ? one.text : `[${one.prompt}]`)).join(' ');

/** The same call, with what happens in it written down. */
export function listenIn(call: VoiceCall, moments: Moment[]): VoiceCall {
  return {
    attemptId: call.attemptId,
    answered: () => call.answered(),
    ended: () => call.ended(),
    hangUp: () => call.hangUp(),
    say: (utterances) => {
      moments.push({ kind: 'hears', words: spoken(utterances) });
      return call.say(utterances);
    },
    gather: async (order) => {
      moments.push({ kind: 'hears', words: spoken(order.prompts) });
      const result = await call.gather(order);
      if (result.digits !== '') moments.push({ kind: 'presses', keys: result.digits });
      return result;
    },
    record: (order) => call.record(order),
    recordAll: (name) => call.recordAll(name),
    transfer: (order) => call.transfer(order),
  };
}

export type PhoneOptions = Partial<Omit<RunFlowInput, 'call' | 'answeredBy' | 'definition' | 'carryOut'>> & {
  carryOut?: Partial<CarryOut>;
  variables?: Record<string, string>;
  detectMachine?: boolean;
  priorAttempts?: number;
};

export interface PhoneResult {
  ending: CallEnding;
  moments: Moment[];
  /** Absent when nobody answered. */
  run: RunFlowResult | undefined;
}

const unexpected = async (): Promise<never> => {
  throw new Error('this flow was not expected to reach outside the call');
};

const NOTHING_EXPECTED: CarryOut = {
  webhook: unexpected,
  sms: unexpected,
  email: unexpected,
  record: unexpected,
  transfer: unexpected,
};

class Phone {
  #number: string;
  #expected: Moment[] = [];

  constructor(number: string) {
    this.#number = fullNumber(number);
  }

  answers(): this {
    return this.#expect({ kind: 'answers' });
  }

  /** Something said holds these words; it need not be heard to its end. */
  hears(words: string): this {
    return this.#expect({ kind: 'hears', words });
  }

  presses(keys: string): this {
    return this.#expect({ kind: 'presses', keys });
  }

  ends(outcome: VoiceOutcome): this {
    return this.#expect({ kind: 'ends', outcome });
  }

  #expect(moment: Moment): this {
    this.#expected.push(moment);
    return this;
  }

  /** Rings the number, runs the flow if it is answered, and checks that all came about, in this order. */
  async through(flow: FlowDefinitionInput, options: PhoneOptions = {}): Promise<PhoneResult> {
    const witnessDir = mkdtempSync(join(tmpdir(), 'clarion-phone-'));
    const trunk = createSimulatedTrunk({ speed: 0, witnessDir });
    try {
      const result = await this.#call(trunk, flow, options);
      this.#check(result.moments);
      return result;
    } finally {
      await trunk.close();
      rmSync(witnessDir, { recursive: true });
    }
  }

  async #call(
    trunk: ReturnType<typeof createSimulatedTrunk>,
    flow: FlowDefinitionInput,
    { variables = {}, detectMachine = true, priorAttempts = 0, carryOut, ...options }: PhoneOptions,
  ): Promise<PhoneResult> {
    const call = await trunk.place({
      attemptId: 'phone',
      to: this.#number,
      callerId: undefined,
      ringTimeoutMs: 30_000,
      maxCallMs: 600_000,
      detectMachine,
      awaitGreetingEnd: false,
      priorAttempts,
    });
    const moments: Moment[] = [];
    const progress = await call.answered();
    let run: RunFlowResult | undefined;
    if (progress.kind === 'ANSWERED') {
      moments.push({ kind: 'answers' });
      const definition = flowDefinition.parse(flow);
      run = await runFlow({
        call: listenIn(call, moments),
        answeredBy: progress.by,
        definition,
        context: { userValues: {}, number: this.#number },
        state: startState(definition, { variables }),
        carryOut: { ...NOTHING_EXPECTED, ...carryOut },
        checkpoint: async () => {},
        now: () => new Date(0),
        ...options,
      });
    }
    const ending = await call.ended();
    moments.push({ kind: 'ends', outcome: ending.outcome });
    return { ending, moments, run };
  }

  #check(moments: Moment[]): void {
    let from = 0;
    for (const expected of this.#expected) {
      const found = moments.findIndex((moment, index) => index >= from && fits(moment, expected));
      expect(found, `${JSON.stringify(expected)} in ${JSON.stringify(moments.slice(from))}`).not.toBe(-1);
      from = found + 1;
    }
  }
}

function fits(moment: Moment, expected: Moment): boolean {
  if (moment.kind === 'hears' && expected.kind === 'hears') return moment.words.includes(expected.words);
  return JSON.stringify(moment) === JSON.stringify(expected);
}

export const phone = (number: string): Phone => new Phone(number);
