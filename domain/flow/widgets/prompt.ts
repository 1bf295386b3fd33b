/** Plays a stored prompt. */
import { z } from 'zod';
import { promptName } from '../speech.ts';
import { PLAIN, type WidgetKind, widgetId } from '../widget.ts';

const schema = z.strictObject({
  type: z.literal('prompt'),
  prompt: promptName,
  next: widgetId.optional(),
});
export type PromptWidget = z.output<typeof schema>;

export const prompt = {
  ...PLAIN,
  type: 'prompt',
  schema,
  edges: (widget: PromptWidget) => [{ field: 'next', to: widget.next }],
  prompts: (widget: PromptWidget) => [{ field: 'prompt', prompt: widget.prompt }],
  enter: (widget) => ({
    kind: 'ASK',
    effect: { type: 'SAY', speech: [{ kind: 'PROMPT', prompt: widget.prompt }] },
  }),
  take: (widget, _context, event) => {
    if (event.type !== 'SAID') return undefined;
    const notes = [{ event: 'SAID', data: { prompt: widget.prompt } }];
    return { kind: 'GO', branch: 'next', to: widget.next, notes };
  },
} satisfies WidgetKind<PromptWidget>;
