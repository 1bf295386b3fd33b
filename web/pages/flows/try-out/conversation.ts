/**
 * A call played in the browser by the one interpreter of flows: nobody is called and nothing is sent. What a telephone
 * would do (a key after another, silence) is decided here; what the flow does of it is the interpreter's.
 */
import '../builder/without-eval.ts';
import type {
  FlowEffect,
  FlowEvent,
  FlowState,
  JourneyNote,
  Speech,
} from '../../../../domain/flow/machine.ts';
import type { FlowDefinition } from '../../../../domain/flow/schema.ts';
import { startState, step } from '../../../../domain/flow/step.ts';

/** Something heard, done or sent, in the order it happened. */
export type Line =
  | { of: 'speech'; speech: Speech[] }
  | { of: 'person'; did: 'keys' | 'silence' | 'hang-up' | 'recording' | 'nothing-said'; keys?: string }
  | { of: 'effect'; effect: FlowEffect }
  | { of: 'answer'; text: string }
  | { of: 'end' };

export interface Person {
  answeredBy: 'PERSON' | 'MACHINE';
  number: string;
  /** Values the list brings. */
  variables: Readonly<Record<string, string>>;
  /** Of `$user.key.*`; nobody but the server knows the real ones. */
  userValues: Readonly<Record<string, string>>;
}

export interface Conversation {
  readonly definition: FlowDefinition;
  readonly person: Person;
  readonly state: FlowState;
  /** What the flow waits for: never SAY, which goes on by itself. */
  readonly waitsFor: FlowEffect;
  readonly lines: readonly Line[];
  readonly journey: readonly JourneyNote[];
  /** Keys pressed since the question. */
  readonly keys: string;
}

/** Sentences said in a row without an end: only a flow that the check refuses has as many. */
const MAX_SAID = 2000;

export function begin(definition: FlowDefinition, person: Person): Conversation {
  const state = startState(definition, { variables: { ...person.variables } });
  const empty: Conversation = {
    definition,
    person,
    state,
    waitsFor: { type: 'END' },
    lines: [],
    journey: [],
    keys: '',
  };
  return send(empty, { type: 'START', answeredBy: person.answeredBy });
}

/** What follows an event, up to where the flow waits for the next one. */
export function send(conversation: Conversation, event: FlowEvent): Conversation {
  const { definition, person } = conversation;
  const lines = [...conversation.lines];
  const journey = [...conversation.journey];
  const context = { userValues: { ...person.userValues }, number: person.number };
  let { state, effect, notes } = step(definition, conversation.state, event, context);
  journey.push(...notes);
  for (let said = 0; ; said++) {
    const speech = 'speech' in effect ? effect.speech : [];
    if (speech.length > 0) lines.push({ of: 'speech', speech });
    const next = said < MAX_SAID ? goesOnWith(effect) : undefined;
    if (!next) break;
    ({ state, effect, notes } = step(definition, state, next, context));
    journey.push(...notes);
  }
  if (effect.type === 'END') lines.push({ of: 'end' });
  else if (effect.type !== 'GATHER' && effect.type !== 'RECORD') lines.push({ of: 'effect', effect });
  return { ...conversation, state, waitsFor: effect, lines, journey, keys: '' };
}

/** What happens by itself: a sentence ends, and a line is hung up when the flow wants it. */
function goesOnWith(effect: FlowEffect): FlowEvent | undefined {
  if (effect.type === 'SAY') return { type: 'SAID' };
  if (effect.type === 'HANG_UP') return { type: 'HUNG_UP' };
  return undefined;
}

const withLine = (conversation: Conversation, line: Line): Conversation => ({
  ...conversation,
  lines: [...conversation.lines, line],
});

/** One key. While a question waits it may be its answer's last; at other times nobody listens to it. */
export function press(conversation: Conversation, key: string): Conversation {
  const { waitsFor } = conversation;
  if (waitsFor.type === 'RECORD') {
    const ends = waitsFor.terminators === 'any' || waitsFor.terminators.includes(key);
    return ends ? endRecording(conversation, 'TERMINATOR') : conversation;
  }
  if (waitsFor.type !== 'GATHER') return conversation;
  if (waitsFor.terminators.includes(key)) return answer(conversation, conversation.keys, 'TERMINATOR', key);
  const keys = conversation.keys + key;
  if (keys.length >= waitsFor.maxDigits) return answer(conversation, keys, 'FULL', '');
  return { ...conversation, keys };
}

function answer(
  conversation: Conversation,
  digits: string,
  endedBy: 'FULL' | 'TERMINATOR' | 'TIMEOUT',
  last: string,
): Conversation {
  const keys = digits + last;
  const line: Line = keys === '' ? { of: 'person', did: 'silence' } : { of: 'person', did: 'keys', keys };
  return send(withLine(conversation, line), { type: 'GATHERED', digits, endedBy });
}

/** Waits until the flow's patience is over. */
export function staySilent(conversation: Conversation): Conversation {
  const { waitsFor } = conversation;
  if (waitsFor.type === 'GATHER') return answer(conversation, conversation.keys, 'TIMEOUT', '');
  if (waitsFor.type !== 'RECORD') return conversation;
  const event = { type: 'RECORDED', name: 'try-out', durationMs: 0, endedBy: 'SILENCE' } as const;
  return send(withLine(conversation, { of: 'person', did: 'nothing-said' }), event);
}

const SPOKEN_MS = 3000;

/** Says something while the flow records. */
export function endRecording(
  conversation: Conversation,
  endedBy: 'SILENCE' | 'TERMINATOR' = 'SILENCE',
): Conversation {
  if (conversation.waitsFor.type !== 'RECORD') return conversation;
  const event = { type: 'RECORDED', name: 'try-out', durationMs: SPOKEN_MS, endedBy } as const;
  return send(withLine(conversation, { of: 'person', did: 'recording' }), event);
}

export const hangUp = (conversation: Conversation): Conversation =>
  send(withLine(conversation, { of: 'person', did: 'hang-up' }), { type: 'HUNG_UP' });

/** How what the flow asked of somebody else ended: a webhook, a message, a second call. */
export const settle = (conversation: Conversation, event: FlowEvent, text: string): Conversation =>
  send(withLine(conversation, { of: 'answer', text }), event);
