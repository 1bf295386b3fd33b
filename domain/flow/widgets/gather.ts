/** Asks for digits and stores them in a variable. */
import { z } from 'zod';
import { variableName } from '../../template.ts';
import {
  ask,
  askAgain,
  askingEdges,
  askingFields,
  askingPrompts,
  askingTexts,
  type GatherOptions,
  gatheredNote,
} from '../asking.ts';
import { PLAIN, type WidgetKind, widgetId } from '../widget.ts';

const schema = z
  .strictObject({
    type: z.literal('gather'),
    ...askingFields,
    /** The flow variable that takes the digits. */
    variable: variableName,
    /** Fewer are invalid. 0: the terminator alone is an answer, and leaves the variable empty. */
    minDigits: z.int().min(0).max(64).default(1),
    maxDigits: z.int().min(1).max(64).default(1),
    /** How long to wait for each further key. */
    interDigitTimeoutMs: z.int().min(500).max(60_000).default(3_000),
    /** Keys that end the input and are not part of it. */
    terminators: z
      .string()
      .max(12)
      .regex(/^[0-9*#]*$/, 'must be keys of a telephone: 0 to 9, * and #')
      .default('#'),
    next: widgetId.optional(),
  })
  .refine((widget) => widget.minDigits <= widget.maxDigits, {
    message: 'must not be more than maxDigits',
    path: ['minDigits'],
  });
export type GatherWidget = z.output<typeof schema>;

const options = (widget: GatherWidget): GatherOptions => ({
  minDigits: widget.minDigits,
  maxDigits: widget.maxDigits,
  interDigitTimeoutMs: widget.interDigitTimeoutMs,
  terminators: widget.terminators,
});

export const gather = {
  ...PLAIN,
  type: 'gather',
  schema,
  waitsForPerson: true,
  edges: (widget: GatherWidget) => [{ field: 'next', to: widget.next }, ...askingEdges(widget)],
  texts: (widget: GatherWidget) => askingTexts(widget),
  sets: (widget: GatherWidget) => [widget.variable],
  prompts: (widget: GatherWidget) => askingPrompts(widget),
  enter: (widget, context) => ask(widget, options(widget), context),
  take: (widget, context, event) => {
    if (event.type !== 'GATHERED') return undefined;
    const notes = [gatheredNote(event, context)];
    const { digits, endedBy } = event;
    const silent = digits === '' && (widget.minDigits > 0 || endedBy === 'TIMEOUT');
    if (silent || digits.length < widget.minDigits || digits.length > widget.maxDigits) {
      return { ...askAgain(widget, options(widget), context, silent ? 'noInput' : 'invalid'), notes };
    }
    return { kind: 'GO', branch: 'next', to: widget.next, variables: { [widget.variable]: digits }, notes };
  },
} satisfies WidgetKind<GatherWidget>;
