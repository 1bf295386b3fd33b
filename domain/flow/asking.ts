/**
 * Asking the person for keys, again if need be: what `gather` and `menu` share. The question is asked up to
 * `attempts` times; before a repeat the person may hear what was wrong.
 */
import { z } from 'zod';
import type { FlowEffect, FlowEvent } from './machine.ts';
import { renderSpeech, type SpeechPart, speechParts, speechPrompts, speechTexts } from './speech.ts';
import { type Edge, type Move, type TextField, type WidgetContext, widgetId } from './widget.ts';

/** The fields of a widget that asks. */
export const askingFields = {
  /** The question. Empty: only listen. */
  speech: speechParts.default([]),
  /** Said before the question is asked again, after silence or after keys that will not do. */
  noInputSpeech: speechParts.default([]),
  invalidSpeech: speechParts.default([]),
  /** How often the question is asked in all. */
  attempts: z.int().min(1).max(10).default(3),
  /** How long to wait for the first key once the question has been asked. */
  timeoutMs: z.int().min(500).max(60_000).default(5_000),
  /** A key pressed during the question cuts it short. */
  bargeIn: z.boolean().default(true),
  noInput: widgetId.optional(),
  /** Without it, as `noInput`. */
  invalid: widgetId.optional(),
};

/** What the functions here need of a widget. */
export interface AskingWidget {
  speech: SpeechPart[];
  noInputSpeech: SpeechPart[];
  invalidSpeech: SpeechPart[];
  attempts: number;
  timeoutMs: number;
  bargeIn: boolean;
  noInput?: string | undefined;
  invalid?: string | undefined;
}

const SPEECH_FIELDS = ['speech', 'noInputSpeech', 'invalidSpeech'] as const;

export const askingTexts = (widget: AskingWidget): TextField[] =>
  SPEECH_FIELDS.flatMap((field) => speechTexts(field, widget[field]));

export const askingPrompts = (widget: AskingWidget): { field: string; prompt: string }[] =>
  SPEECH_FIELDS.flatMap((field) => speechPrompts(field, widget[field]));

/** Where a failed question leads. */
export const askingEdges = (widget: AskingWidget): Edge[] => [
  { field: 'noInput', to: widget.noInput },
  ...(widget.invalid === undefined ? [] : [{ field: 'invalid', to: widget.invalid }]),
];

export type GatherOptions = Pick<
  Extract<FlowEffect, { type: 'GATHER' }>,
  'minDigits' | 'maxDigits' | 'interDigitTimeoutMs' | 'terminators'
>;

// What the memory says of the attempt before this one.
const AFTER = { NOTHING: 0, NO_INPUT: 1, INVALID: 2 } as const;

/** Asks, for the first time or again, as the memory says. */
export function ask(widget: AskingWidget, options: GatherOptions, context: WidgetContext): Move {
  const after = context.memory.after ?? AFTER.NOTHING;
  const before =
    after === AFTER.NO_INPUT ? widget.noInputSpeech : after === AFTER.INVALID ? widget.invalidSpeech : [];
  return {
    kind: 'ASK',
    effect: {
      type: 'GATHER',
      speech: renderSpeech([...before, ...widget.speech], context),
      ...options,
      timeoutMs: widget.timeoutMs,
      bargeIn: widget.bargeIn,
    },
    memory: { attempt: context.memory.attempt ?? 1, after },
  };
}

/** Asks again if an attempt is left, else goes where silence or a wrong key leads. */
export function askAgain(
  widget: AskingWidget,
  options: GatherOptions,
  context: WidgetContext,
  failure: 'noInput' | 'invalid',
): Move {
  const attempt = context.memory.attempt ?? 1;
  if (attempt >= widget.attempts) {
    const to = failure === 'invalid' ? (widget.invalid ?? widget.noInput) : widget.noInput;
    return { kind: 'GO', branch: failure, to };
  }
  const after = failure === 'noInput' ? AFTER.NO_INPUT : AFTER.INVALID;
  return ask(widget, options, { ...context, memory: { attempt: attempt + 1, after } });
}

/** The note of what was pressed. */
export const gatheredNote = (event: Extract<FlowEvent, { type: 'GATHERED' }>, context: WidgetContext) => ({
  event: 'GATHERED',
  data: { digits: event.digits, endedBy: event.endedBy, attempt: context.memory.attempt ?? 1 },
});

/** A telephone's keys. */
export const isKey = (key: string): boolean => /^[0-9*#]$/.test(key);
