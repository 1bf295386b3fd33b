/** Says something, then records what the person answers. The recording's name tells the widget. */
import { z } from 'zod';
import { recordEffect, recorded, recordingEdges, recordingFields, recordingSets } from '../recording.ts';
import { renderSpeech, speechParts, speechPrompts, speechTexts } from '../speech.ts';
import { PLAIN, type WidgetKind } from '../widget.ts';

const schema = z.strictObject({
  type: z.literal('play-and-record'),
  /** Said first, to its end. */
  speech: speechParts.min(1),
  ...recordingFields,
});
export type PlayAndRecordWidget = z.output<typeof schema>;

export const playAndRecord = {
  ...PLAIN,
  type: 'play-and-record',
  schema,
  waitsForPerson: true,
  edges: (widget: PlayAndRecordWidget) => recordingEdges(widget),
  texts: (widget: PlayAndRecordWidget) => speechTexts('speech', widget.speech),
  sets: (widget: PlayAndRecordWidget) => recordingSets(widget),
  prompts: (widget: PlayAndRecordWidget) => speechPrompts('speech', widget.speech),
  enter: (widget, context) => ({
    kind: 'ASK',
    effect: recordEffect(widget, {
      kind: 'PLAY_AND_RECORD',
      widget: context.widget,
      speech: renderSpeech(widget.speech, context),
    }),
  }),
  take: (widget, _context, event) => (event.type === 'RECORDED' ? recorded(widget, event) : undefined),
} satisfies WidgetKind<PlayAndRecordWidget>;
