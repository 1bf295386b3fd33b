/**
 * What a kind of widget is: its shape in JSON, what the check must know of it, and how it behaves. One file
 * a kind under `widgets/`, listed in `registry.ts`; the interpreter and the check know no kind by name
 * except `start`.
 */
import { z } from 'zod';
import type { TemplateValues } from '../template.ts';
import type { FlowEffect, FlowEvent, JourneyNote } from './machine.ts';

/** The id of a widget: its key in the definition's `widgets`. */
export const widgetId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, underscores and hyphens');

/** A way out of a widget. `to` absent: the call ends there. */
export interface Edge {
  /** The field that names the target, e.g. `next` or `branches.1`. */
  field: string;
  to: string | undefined;
}

/** A text in which variables are filled in. */
export interface TextField {
  /** Where it stands in the widget, e.g. `speech.0.text`. */
  field: string;
  text: string;
}

/** What a widget may read when it acts. Nothing in it may be changed. */
export interface WidgetContext {
  /** The widget's own id. */
  widget: string;
  values: TemplateValues;
  /** Of the flow; a widget may name another. */
  language: string;
  /** Whatever the widget noted at its last `ASK`; empty on entry. */
  memory: Readonly<Record<string, number>>;
  /** Number of the message this widget would send, or of the second call it would begin. */
  messageStep: number;
}

/** A note without the widget's own name, which the interpreter adds. */
export type Note = Pick<JourneyNote, 'event' | 'data'>;

/** What a widget wants: something done first, to go on to another widget, or to end the call. */
export type Move =
  | { kind: 'ASK'; effect: FlowEffect; memory?: Record<string, number>; notes?: Note[] }
  | {
      kind: 'GO';
      /** The branch taken, for the journey: `next`, `noInput`, `branches.1`, ... */
      branch: string;
      /** Absent: the call ends. */
      to: string | undefined;
      /** Flow variables to set. */
      variables?: Record<string, string>;
      notes?: Note[];
    }
  | { kind: 'HANG_UP'; notes?: Note[] };

export interface WidgetKind<W> {
  /** The `type` in JSON. */
  readonly type: string;
  readonly schema: z.ZodType<W>;
  /** The person must act before the flow goes on, so a path through here is never endless. */
  readonly waitsForPerson: boolean;
  edges(widget: W): Edge[];
  /** Every text field that may hold variables. */
  texts(widget: W): TextField[];
  /** Names of the flow variables it may set. */
  sets(widget: W): string[];
  /** Stored prompts it plays. */
  prompts(widget: W): { field: string; prompt: string }[];
  /**
   * On arrival. Also called when an event came that the widget does not await, with its memory as it was:
   * then it asks for the same thing again.
   */
  enter(widget: W, context: WidgetContext): Move;
  /** On an event while it waits. `undefined`: not an event it awaits. */
  take(widget: W, context: WidgetContext, event: FlowEvent): Move | undefined;
}

/** Facts most kinds share, so that a kind's file states only what is its own. */
export const PLAIN = {
  waitsForPerson: false,
  texts: (): TextField[] => [],
  sets: (): string[] => [],
  prompts: (): { field: string; prompt: string }[] => [],
  take: (): Move | undefined => undefined,
} as const;

/** Longest text kept in a note of the journey. */
const MAX_NOTE_LENGTH = 500;

/** A text as it is kept in the journey. */
export const noted = (text: string): string =>
  text.length > MAX_NOTE_LENGTH ? `${text.slice(0, MAX_NOTE_LENGTH).replace(/\p{Surrogate}/gu, '')}…` : text;
