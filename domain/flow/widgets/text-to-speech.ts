/** Says a sentence. One that comes out as nothing is passed over in silence. */
import { z } from 'zod';
import { languageTag, renderSpeech, speechLine, spokenText } from '../speech.ts';
import { noted, PLAIN, type WidgetKind, widgetId } from '../widget.ts';

const schema = z.strictObject({
  type: z.literal('text-to-speech'),
  text: spokenText,
  /** The flow's language unless given. */
  language: languageTag.optional(),
  next: widgetId.optional(),
});
export type TextToSpeechWidget = z.output<typeof schema>;

export const textToSpeech = {
  ...PLAIN,
  type: 'text-to-speech',
  schema,
  edges: (widget: TextToSpeechWidget) => [{ field: 'next', to: widget.next }],
  texts: (widget: TextToSpeechWidget) => [{ field: 'text', text: widget.text }],
  enter: (widget, context) => {
    const speech = renderSpeech([widget], context);
    if (speech.length === 0) return { kind: 'GO', branch: 'next', to: widget.next };
    return { kind: 'ASK', effect: { type: 'SAY', speech } };
  },
  take: (widget, context, event) => {
    if (event.type !== 'SAID') return undefined;
    const text = noted(speechLine(renderSpeech([widget], context)));
    return { kind: 'GO', branch: 'next', to: widget.next, notes: [{ event: 'SAID', data: { text } }] };
  },
} satisfies WidgetKind<TextToSpeechWidget>;
