/** What `record` and `play-and-record` share: when a recording ends, and where it leads. */
import { z } from 'zod';
import { cleanValue, variableName } from '../template.ts';
import type { FlowEffect, FlowEvent } from './machine.ts';
import { type Edge, type Move, widgetId } from './widget.ts';

/** The fields of a widget that records. */
export const recordingFields = {
  /** Longest recording. */
  maxMs: z.int().min(1_000).max(3_600_000).default(60_000),
  /** Ends it after this long without a voice. 0: never. */
  silenceMs: z
    .int()
    .max(60_000)
    .refine((ms) => ms === 0 || ms >= 1_000, 'must be 0, or at least 1000')
    .default(5_000),
  /** Keys that end it; `any` is every key, an empty text none. */
  terminators: z
    .string()
    .regex(/^(any|[0-9*#]{0,12})$/, 'must be keys of a telephone (0 to 9, * and #), or any')
    .default('#'),
  /** A tone says that it begins. */
  beep: z.boolean().default(true),
  /** A flow variable that takes the recording's name, if wanted; empty when nothing was heard. */
  variable: variableName.optional(),
  next: widgetId.optional(),
  /** Where a recording without a sound leads. Without it, as `next`. */
  noRecording: widgetId.optional(),
};

/** What the functions here need of a widget. */
export interface RecordingWidget {
  maxMs: number;
  silenceMs: number;
  terminators: string;
  beep: boolean;
  variable?: string | undefined;
  next?: string | undefined;
  noRecording?: string | undefined;
}

export const recordingEdges = (widget: RecordingWidget): Edge[] => [
  { field: 'next', to: widget.next },
  ...(widget.noRecording === undefined ? [] : [{ field: 'noRecording', to: widget.noRecording }]),
];

export const recordingSets = (widget: RecordingWidget): string[] =>
  widget.variable === undefined ? [] : [widget.variable];

type RecordEffect = Extract<FlowEffect, { type: 'RECORD' }>;

/** What the widget asks for. */
export const recordEffect = (
  widget: RecordingWidget,
  rest: Pick<RecordEffect, 'kind' | 'widget' | 'speech'>,
): RecordEffect => {
  const { maxMs, silenceMs, terminators, beep } = widget;
  return { type: 'RECORD', ...rest, maxMs, silenceMs, terminators, beep };
};

/** Goes on after a recording. */
export function recorded(widget: RecordingWidget, event: Extract<FlowEvent, { type: 'RECORDED' }>): Move {
  const { durationMs, endedBy } = event;
  const name = durationMs > 0 ? cleanValue(event.name) : '';
  const empty = name === '' && widget.noRecording !== undefined;
  return {
    kind: 'GO',
    branch: empty ? 'noRecording' : 'next',
    to: empty ? widget.noRecording : widget.next,
    variables: widget.variable === undefined ? {} : { [widget.variable]: name },
    // Named also when nothing was heard: there is an entry of that name among the recordings.
    notes: [{ event: 'RECORDED', data: { name: cleanValue(event.name), durationMs, endedBy } }],
  };
}
