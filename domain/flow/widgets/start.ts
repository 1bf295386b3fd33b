/** Where every call begins, once a person or a machine has answered. */
import { z } from 'zod';
import { PLAIN, type WidgetKind, widgetId } from '../widget.ts';

const schema = z.strictObject({
  type: z.literal('start'),
  next: widgetId.optional(),
  /** Where an answering machine is taken. Without it the call to a machine ends at once. */
  onMachine: widgetId.optional(),
});
export type StartWidget = z.output<typeof schema>;

// Which of the two ways is taken is the interpreter's decision: it alone knows who answered.
export const start = {
  ...PLAIN,
  type: 'start',
  schema,
  edges: (widget: StartWidget) => [
    { field: 'next', to: widget.next },
    ...(widget.onMachine === undefined ? [] : [{ field: 'onMachine', to: widget.onMachine }]),
  ],
  enter: (widget: StartWidget) => ({ kind: 'GO' as const, branch: 'next', to: widget.next }),
} satisfies WidgetKind<StartWidget>;
