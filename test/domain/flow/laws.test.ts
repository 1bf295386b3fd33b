/** What holds for every flow and every sequence of events, sensible or not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFlow } from '../../../domain/flow/check.ts';
import type { FlowEvent } from '../../../domain/flow/machine.ts';
import {
  type FlowDefinition,
  type FlowDefinitionInput,
  flowDefinition,
} from '../../../domain/flow/schema.ts';
import { MAX_ENTERED, startState, step } from '../../../domain/flow/step.ts';

type WidgetInput = FlowDefinitionInput['widgets'][string];

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const target = fc.option(fc.constantFrom(...IDS, 'start'), { nil: undefined });
const name = fc.constantFrom('x', 'y', 'z');
const text = fc.constantFrom(
  'Hi',
  '$flow.key.x',
  '{$flow.key.y|there} $flow.key.z.',
  '$user.key.k',
  '$flow.key.number',
  '$flow.key.x$flow.key.x',
);
const speech = fc.array(fc.oneof(fc.record({ text }), fc.constant({ prompt: 'p' })), { maxLength: 2 });
const asking = { speech, attempts: fc.integer({ min: 1, max: 4 }), noInput: target, invalid: target };
const type = <T extends string>(value: T) => fc.constant(value);
const key = fc.constantFrom('1', '2', '*');

const widget: fc.Arbitrary<WidgetInput> = fc.oneof(
  fc.record({ type: type('prompt'), prompt: fc.constant('p'), next: target }),
  fc.record({ type: type('text-to-speech'), text, next: target }),
  fc.record({
    type: type('gather'),
    ...asking,
    variable: name,
    next: target,
    minDigits: fc.constantFrom(0, 1),
  }),
  fc.record({
    type: type('menu'),
    ...asking,
    branches: fc.dictionary(key, fc.constantFrom(...IDS), { minKeys: 1 }),
  }),
  fc.record({
    type: type('condition'),
    cases: fc.array(
      fc.record({
        value: text,
        operator: fc.constantFrom('eq', 'lt', 'contains'),
        operand: text,
        next: target,
      }),
      { minLength: 1, maxLength: 2 },
    ),
    else: target,
  }),
  fc.record({ type: type('set-variable'), variable: name, value: text, next: target }),
  fc.record({
    type: type('webhook'),
    url: fc.constantFrom('https://a.example/$flow.key.x', '$user.key.k'),
    body: fc.option(text, { nil: undefined }),
    response: fc.dictionary(name, fc.constantFrom('a', 'a.0')),
    next: target,
    failed: target,
  }),
  fc.record({
    type: type('sms'),
    text,
    to: fc.option(text, { nil: undefined }),
    next: target,
    failed: target,
  }),
  fc.record({ type: type('email'), to: fc.constant('a@b.example'), subject: text, text, next: target }),
  fc.record({
    type: type('record'),
    maxMs: fc.constantFrom(1000, 60_000),
    terminators: fc.constantFrom('', '#', 'any'),
    variable: fc.option(name, { nil: undefined }),
    next: target,
    noRecording: target,
  }),
  fc.record({
    type: type('play-and-record'),
    speech: fc.constant<{ text: string }[]>([{ text: 'Say $flow.key.x' }]),
    silenceMs: fc.constantFrom(0, 1000),
    variable: name,
    next: target,
  }),
  fc.record({
    type: type('transfer'),
    to: fc.oneof(text, fc.constant('+911140001000')),
    callerId: fc.option(text, { nil: undefined }),
    next: target,
    busy: target,
    noAnswer: target,
    failed: target,
  }),
  fc.record({ type: type('hang-up') }),
);

const flow: fc.Arbitrary<FlowDefinition> = fc
  .record({
    next: target,
    onMachine: target,
    widgets: fc.tuple(...IDS.map(() => widget)),
  })
  .map(({ next, onMachine, widgets }) =>
    flowDefinition.parse({
      schemaVersion: 1,
      start: 'start',
      widgets: {
        start: { type: 'start', next, onMachine },
        ...Object.fromEntries(IDS.map((id, index) => [id, widgets[index]])),
      },
      variables: [{ name: 'x', default: '1' }, { name: 'y' }, { name: 'z' }],
    } as FlowDefinitionInput),
  );

const recordedEvent = fc.record({
  type: type('RECORDED'),
  name: fc.oneof(fc.constantFrom('', 'record_1.gsm'), fc.string({ unit: 'binary' })),
  durationMs: fc.constantFrom(0, 1, 60_000),
  endedBy: fc.constantFrom('TERMINATOR' as const, 'HUNG_UP' as const, 'FAILED' as const),
});
const transferredEvent = fc.record({
  type: type('TRANSFERRED'),
  outcome: fc.constantFrom('ANSWERED', 'BUSY', 'NO_ANSWER', 'constructor', 'anything'),
});

const event: fc.Arbitrary<FlowEvent> = fc.oneof(
  fc.record({ type: type('START'), answeredBy: fc.constantFrom('PERSON' as const, 'MACHINE' as const) }),
  fc.record({ type: type('SAID') }),
  fc.record({
    type: type('GATHERED'),
    digits: fc.oneof(fc.constantFrom('', '1', '2', '12', '*'), fc.string()),
    endedBy: fc.constantFrom('FULL' as const, 'TERMINATOR' as const, 'TIMEOUT' as const),
  }),
  fc.record({
    type: type('WEBHOOK_REPLIED'),
    status: fc.constantFrom(0, 200, 404),
    body: fc.oneof(fc.json(), fc.string({ unit: 'binary' })),
    error: fc.option(fc.string(), { nil: undefined }),
  }),
  fc.record({ type: type('MESSAGE_SETTLED'), outcome: fc.constantFrom('SENT', 'REJECTED', 'anything') }),
  recordedEvent,
  transferredEvent,
);

/** What may have been under way when the person hung up. */
const ending = fc.option(fc.oneof(recordedEvent, transferredEvent), { nil: undefined });

const context = { userValues: { k: 'https://k.example' }, number: '+919810000001' };

describe('every flow, whatever happens to it', () => {
  it('ends within the limit, in a state that can be stored, having lost no key', () => {
    const endings = new Set<string>();
    fc.assert(
      fc.property(flow, fc.array(event, { minLength: 1, maxLength: 20 }), (definition, events) => {
        let state = startState(definition, { variables: {} });
        let turns = 0;
        for (; !state.ended; turns += 1) {
          expect(turns).toBeLessThanOrEqual(MAX_ENTERED + 5);
          const before = JSON.stringify(state);
          const now = events[turns % events.length] ?? ({ type: 'SAID' } as const);
          const result = step(definition, state, now, context);
          expect(JSON.stringify(state)).toBe(before);
          expect(JSON.parse(JSON.stringify(result.state))).toEqual(result.state);
          expect(result.state.keys.startsWith(state.keys)).toBe(true);
          expect(result.state.entered).toBeLessThanOrEqual(MAX_ENTERED);
          expect(result.state.messages).toBeGreaterThanOrEqual(state.messages);
          expect(result.effect.type === 'END').toBe(result.state.ended);
          state = result.state;
        }
        endings.add(state.entered === MAX_ENTERED ? 'limit' : 'end');
      }),
      { numRuns: 300 },
    );
    // The flows made here are of both sorts, or the law would say little.
    expect([...endings].sort()).toEqual(['end', 'limit']);
  });

  it('ends when the person hangs up, at whatever moment', () => {
    fc.assert(
      fc.property(flow, fc.array(event, { maxLength: 15 }), ending, (definition, events, last) => {
        let state = startState(definition, { variables: {} });
        for (const one of events) state = step(definition, state, one, context).state;
        const result = step(definition, state, { type: 'HUNG_UP', ...(last && { with: last }) }, context);
        expect(result.effect).toEqual({ type: 'END' });
        expect(JSON.parse(JSON.stringify(result.state))).toEqual(result.state);
        expect(step(definition, result.state, { type: 'SAID' }, context).effect).toEqual({ type: 'END' });
      }),
    );
  });

  it('gives the same result for the same question', () => {
    fc.assert(
      fc.property(flow, fc.array(event, { maxLength: 10 }), (definition, events) => {
        const run = () => {
          let state = startState(definition, { variables: { y: 'why' } });
          return events.map((one) => {
            const result = step(definition, state, one, context);
            state = result.state;
            return result;
          });
        };
        expect(run()).toEqual(run());
      }),
    );
  });
});

describe('the check', () => {
  it('says something of anything, and gives a definition exactly when there is no error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything(), flow), (given) => {
        const { problems, definition } = checkFlow(given, { userKeys: ['k'] });
        const errors = problems.filter((one) => one.severity === 'error');
        expect(definition === undefined).toBe(errors.length > 0);
      }),
    );
  });

  it('finds a definition it has passed without fault again', () => {
    fc.assert(
      fc.property(flow, (given) => {
        const { definition, problems } = checkFlow(given, { userKeys: ['k'] });
        fc.pre(definition !== undefined);
        expect(checkFlow(JSON.parse(JSON.stringify(definition)), { userKeys: ['k'] })).toEqual({
          definition,
          problems,
        });
      }),
    );
  });
});
