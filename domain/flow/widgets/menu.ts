/** Asks for one key and goes where that key leads. */
import { z } from 'zod';
import { variableName } from '../../template.ts';
import {
  ask,
  askAgain,
  askingEdges,
  askingFields,
  askingPrompts,
  askingTexts,
  gatheredNote,
  isKey,
} from '../asking.ts';
import { PLAIN, type WidgetKind, widgetId } from '../widget.ts';

const branches = z.record(z.string().max(64), widgetId).superRefine((branches, context) => {
  const keys = Object.keys(branches);
  if (keys.length === 0) context.addIssue({ code: 'custom', message: 'needs at least one key' });
  for (const key of keys.filter((key) => !isKey(key))) {
    context.addIssue({
      code: 'custom',
      message: `"${key}" is not a key of a telephone: 0 to 9, * or #`,
      path: [key],
      params: { problem: 'NOT_A_KEY' },
    });
  }
});

const schema = z.strictObject({
  type: z.literal('menu'),
  ...askingFields,
  /** Widget by key. */
  branches,
  /** A flow variable that takes the key, if wanted. */
  variable: variableName.optional(),
});
export type MenuWidget = z.output<typeof schema>;

// One key is the whole answer, so nothing ends it early and nothing is waited for after it.
const ONE_KEY = { minDigits: 1, maxDigits: 1, interDigitTimeoutMs: 3_000, terminators: '' };

export const menu = {
  ...PLAIN,
  type: 'menu',
  schema,
  waitsForPerson: true,
  edges: (widget: MenuWidget) => [
    ...Object.entries(widget.branches).map(([key, to]) => ({ field: `branches.${key}`, to })),
    ...askingEdges(widget),
  ],
  texts: (widget: MenuWidget) => askingTexts(widget),
  sets: (widget: MenuWidget) => (widget.variable === undefined ? [] : [widget.variable]),
  prompts: (widget: MenuWidget) => askingPrompts(widget),
  enter: (widget, context) => ask(widget, ONE_KEY, context),
  take: (widget, context, event) => {
    if (event.type !== 'GATHERED') return undefined;
    const notes = [gatheredNote(event, context)];
    const key = event.digits;
    if (key === '') return { ...askAgain(widget, ONE_KEY, context, 'noInput'), notes };
    if (!Object.hasOwn(widget.branches, key)) {
      return { ...askAgain(widget, ONE_KEY, context, 'invalid'), notes };
    }
    const variables = widget.variable === undefined ? {} : { [widget.variable]: key };
    return { kind: 'GO', branch: `branches.${key}`, to: widget.branches[key], variables, notes };
  },
} satisfies WidgetKind<MenuWidget>;
