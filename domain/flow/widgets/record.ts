/** Records what the person says. */
import { z } from 'zod';
import { recordEffect, recorded, recordingEdges, recordingFields, recordingSets } from '../recording.ts';
import { PLAIN, type WidgetKind } from '../widget.ts';

const schema = z.strictObject({ type: z.literal('record'), ...recordingFields });
export type RecordWidget = z.output<typeof schema>;

export const record = {
  ...PLAIN,
  type: 'record',
  schema,
  waitsForPerson: true,
  edges: (widget: RecordWidget) => recordingEdges(widget),
  sets: (widget: RecordWidget) => recordingSets(widget),
  enter: (widget, context) => ({
    kind: 'ASK',
    effect: recordEffect(widget, { kind: 'RECORD', widget: context.widget, speech: [] }),
  }),
  take: (widget, _context, event) => (event.type === 'RECORDED' ? recorded(widget, event) : undefined),
} satisfies WidgetKind<RecordWidget>;
