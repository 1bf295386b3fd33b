/**
 * The one interpreter of flows. Pure: given the same definition, state, event and values it gives the same
 * result, and the definition and state it was given are left as they were. One effect goes out for every
 * event that comes in, until `END`.
 *
 * Three rules hold for every definition that fits the schema, sensible or not, and for any events:
 * - HUNG_UP always leads to END.
 * - An event that is not awaited changes nothing: what is awaited is asked for again, under the same
 *   message number. A runner that lost its place may therefore send START again.
 * - Entering a widget and asking again count alike, and at `MAX_ENTERED` the call ends.
 */
import { cleanValue } from '../template.ts';
import type { FlowEffect, FlowEvent, FlowState, JourneyNote, StepResult } from './machine.ts';
import { kindOf, type Widget } from './registry.ts';
import type { FlowDefinition } from './schema.ts';
import type { Move, Note, WidgetContext } from './widget.ts';

/** Widgets a call may enter, and times it may ask again, in all. A call of ten minutes enters about a hundred. */
export const MAX_ENTERED = 500;
/** Events awaited after HANG_UP was asked for, before the flow ends without having heard HUNG_UP. */
const MAX_HANG_UPS = 3;

/** What a call knows besides its flow. */
export interface StepContext {
  /** `$user.key.*`. */
  userValues: Record<string, string>;
  /** The person's number, E.164; `$flow.key.number`. */
  number: string;
}

/**
 * The state before START. Variables the list brought win over the definition's defaults, unless empty.
 * @param given values by name; names that are not declared are kept as well
 */
export function startState(
  definition: FlowDefinition,
  given: { variables: Record<string, string> },
): FlowState {
  const defaults = definition.variables.map((one): [string, string] => [one.name, one.default ?? '']);
  const brought = Object.entries(given.variables).filter(([, value]) => value !== '');
  const entries = [...defaults, ...brought].map(([name, value]) => [name, cleanValue(value)]);
  return {
    widget: definition.start,
    variables: Object.fromEntries(entries),
    memory: {},
    entered: 0,
    messages: 0,
    keys: '',
    ended: false,
  };
}

/** One turn: what happened in, what is to be done out. See the rules above. */
export function step(
  definition: FlowDefinition,
  state: FlowState,
  event: FlowEvent,
  context: StepContext,
): StepResult {
  return new Turn(definition, state, context).run(event);
}

/** The work of one step, on a copy of the state. */
class Turn {
  readonly #definition: FlowDefinition;
  readonly #context: StepContext;
  readonly #state: FlowState;
  readonly #notes: JourneyNote[] = [];
  /** A widget was entered in this turn. */
  #arrived = false;

  constructor(definition: FlowDefinition, state: FlowState, context: StepContext) {
    this.#definition = definition;
    this.#context = context;
    this.#state = { ...state, variables: { ...state.variables }, memory: { ...state.memory } };
  }

  run(event: FlowEvent): StepResult {
    const state = this.#state;
    if (state.ended) return this.#result({ type: 'END' });
    if (event.type === 'HUNG_UP') {
      if (event.with !== undefined) this.#endWith(event.with);
      return this.#end('HUNG_UP');
    }
    if (state.memory.hangUps !== undefined) return this.#hangUp();
    if (state.entered === 0) return this.#begin(event);
    const heard = event.type === 'GATHERED' ? { ...event, digits: keysOf(event.digits) } : event;
    const widget = this.#widget(state.widget);
    if (widget === undefined) return this.#hangUp();
    const move = kindOf(widget).take(widget, this.#reading(state.messages + 1), heard);
    if (move === undefined) return this.#askAgain(widget);
    if (heard.type === 'GATHERED') state.keys += heard.digits;
    return this.#follow(move);
  }

  /** The first event. Any but START means its sender lost it; then a person is taken to have answered. */
  #begin(event: FlowEvent): StepResult {
    const widget = this.#widget(this.#definition.start);
    const byMachine = event.type === 'START' && event.answeredBy === 'MACHINE';
    if (!byMachine || widget?.type !== 'start') return this.#enter(this.#definition.start);
    this.#note({ event: 'ENTERED', data: { answeredBy: 'MACHINE' } });
    this.#count();
    return this.#follow({ kind: 'GO', branch: 'onMachine', to: widget.onMachine });
  }

  /** Carries out moves until one asks for something; the limit keeps a ring of silent widgets from going on. */
  #follow(first: Move): StepResult {
    let move = first;
    for (;;) {
      for (const note of move.notes ?? []) this.#note(note);
      if (move.kind === 'HANG_UP') return this.#hangUp();
      if (move.kind === 'ASK') return this.#ask(move);
      this.#state.variables = { ...this.#state.variables, ...move.variables };
      if (move.branch !== 'next') this.#noteBranch(move.branch, move.to);
      const next = move.to === undefined ? undefined : this.#arrive(move.to);
      if (next === undefined) return this.#hangUp();
      move = next;
    }
  }

  #enter(id: string): StepResult {
    const move = this.#arrive(id);
    return move === undefined ? this.#hangUp() : this.#follow(move);
  }

  /** What the widget wants on arrival; `undefined` at the limit, or where there is no such widget. */
  #arrive(id: string): Move | undefined {
    const widget = this.#widget(id);
    if (widget === undefined || !this.#count()) return undefined;
    this.#state.widget = id;
    this.#state.memory = {};
    this.#arrived = true;
    this.#note({ event: 'ENTERED' });
    return kindOf(widget).enter(widget, this.#reading(this.#state.messages + 1));
  }

  /** The same as before: with the widget's memory as it was, and the number of the message it is sending. */
  #askAgain(widget: Widget): StepResult {
    const move = kindOf(widget).enter(widget, this.#reading(this.#state.messages));
    return this.#follow(move.kind === 'ASK' ? { ...move, notes: [] } : move);
  }

  #ask(move: Extract<Move, { kind: 'ASK' }>): StepResult {
    // Arriving was counted; asking again, whether the person or the runner needs it, counts as well.
    if (!this.#arrived && !this.#count()) return this.#hangUp();
    this.#state.memory = move.memory ?? {};
    if ('step' in move.effect) this.#state.messages = move.effect.step;
    return this.#result(move.effect);
  }

  /** Counts one more turn of the flow; false at the limit. */
  #count(): boolean {
    if (this.#state.entered >= MAX_ENTERED) {
      this.#note({ event: 'LIMIT', data: { entered: MAX_ENTERED } });
      return false;
    }
    this.#state.entered += 1;
    return true;
  }

  #hangUp(): StepResult {
    const hangUps = (this.#state.memory.hangUps ?? 0) + 1;
    if (hangUps > MAX_HANG_UPS) return this.#end('ENDED');
    this.#state.memory = { hangUps };
    return this.#result({ type: 'HANG_UP' });
  }

  /** What was under way when the call ended is noted by its widget, and its values kept: nowhere to go from there. */
  #endWith(event: FlowEvent): void {
    const widget = this.#widget(this.#state.widget);
    if (widget === undefined || this.#state.entered === 0 || this.#state.memory.hangUps !== undefined) return;
    const move = kindOf(widget).take(widget, this.#reading(this.#state.messages + 1), event);
    for (const note of move?.notes ?? []) this.#note(note);
    if (move?.kind === 'GO') this.#state.variables = { ...this.#state.variables, ...move.variables };
  }

  #end(event: 'HUNG_UP' | 'ENDED'): StepResult {
    this.#note({ event });
    this.#state.ended = true;
    this.#state.memory = {};
    return this.#result({ type: 'END' });
  }

  #reading(messageStep: number): WidgetContext {
    const { variables, memory } = this.#state;
    const values = { flow: variables, user: this.#context.userValues, number: this.#context.number };
    return {
      widget: this.#state.widget,
      values,
      language: this.#definition.language,
      memory,
      messageStep,
    };
  }

  #widget(id: string): Widget | undefined {
    return Object.hasOwn(this.#definition.widgets, id) ? this.#definition.widgets[id] : undefined;
  }

  #noteBranch(branch: string, to: string | undefined): void {
    this.#note({ event: 'BRANCHED', data: to === undefined ? { branch } : { branch, to } });
  }

  #note(note: Note): void {
    const widget = this.#state.widget;
    this.#notes.push({ widget, widgetType: this.#widget(widget)?.type ?? 'unknown', ...note });
  }

  #result(effect: FlowEffect): StepResult {
    return { state: this.#state, effect, notes: this.#notes };
  }
}

/** The keys of what was gathered: a person cannot press anything else. */
const keysOf = (digits: string): string => digits.replace(/[^0-9*#]/g, '').slice(0, 64);
