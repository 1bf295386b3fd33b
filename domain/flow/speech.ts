/** What widgets say: parts in order, each a text for the synthesiser or a stored prompt. */
import { z } from 'zod';
import { MAX_VALUE_LENGTH, renderSentence } from '../template.ts';
import type { Speech } from './machine.ts';
import type { TextField, WidgetContext } from './widget.ts';

/** A BCP 47 language tag, by its outer shape: `en`, `hi-IN`, `zh-Hant-TW`. */
export const languageTag = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en-IN');

export const promptName = z
  .string()
  .regex(/^[A-Za-z0-9_]{1,64}$/, 'must be 1 to 64 letters, digits and underscores');

/** Amazon Polly's limit for one request is 3,000 billed characters; more is no sentence anyway. */
export const spokenText = z.string().min(1).max(3000);

export const speechPart = z.union(
  [
    z.strictObject({ text: spokenText, language: languageTag.optional() }),
    z.strictObject({ prompt: promptName }),
  ],
  { error: 'must be {"text": "..."}, with "language" if it differs from the flow\'s, or {"prompt": "..."}' },
);
export type SpeechPart = z.output<typeof speechPart>;

export const speechParts = z.array(speechPart).max(20);

/** The parts as they are to be played; a text that comes out as nothing is left out. */
export function renderSpeech(parts: SpeechPart[], context: WidgetContext): Speech[] {
  const speech: Speech[] = [];
  for (const part of parts) {
    if ('prompt' in part) speech.push({ kind: 'PROMPT', prompt: part.prompt });
    else {
      const text = renderSentence(part.text, context.values).slice(0, MAX_SPOKEN_LENGTH);
      if (text.trim() !== '') {
        speech.push({ kind: 'TEXT', text, language: part.language ?? context.language });
      }
    }
  }
  return speech;
}

/** Longest text sent to a synthesiser once its variables are filled in. */
const MAX_SPOKEN_LENGTH = 2 * MAX_VALUE_LENGTH;

/** What was said, on one line, for the journey. */
export const speechLine = (speech: Speech[]): string =>
  speech.map((part) => (part.kind === 'TEXT' ? part.text : `[${part.prompt}]`)).join(' ');

/** The text fields of speech that stands in `field` of a widget. */
export function speechTexts(field: string, parts: SpeechPart[]): TextField[] {
  return parts.flatMap((part, index) =>
    'text' in part ? [{ field: `${field}.${index}.text`, text: part.text }] : [],
  );
}

/** The stored prompts of speech that stands in `field` of a widget. */
export function speechPrompts(field: string, parts: SpeechPart[]): { field: string; prompt: string }[] {
  return parts.flatMap((part, index) =>
    'prompt' in part ? [{ field: `${field}.${index}.prompt`, prompt: part.prompt }] : [],
  );
}
