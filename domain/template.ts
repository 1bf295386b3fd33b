/**
 * Text with variables in it: `$flow.key.<name>` and `$user.key.<name>`, in braces where the end of a name
 * must be marked or a default given: `{$flow.key.name|there}`. Parsed and rendered here, and nowhere else,
 * so that a name means the same in a spoken sentence, a message, a condition and a webhook.
 *
 * A name is made of letters, digits, `_` and `-`, and neither begins nor ends with a hyphen; so in
 * `$flow.key.amount.` and `$flow.key.from-$flow.key.to` the full stop and the hyphen are punctuation.
 */
import { z } from 'zod';

/** Longest value a variable may hold, in UTF-16 units; longer ones are cut. Keeps stored states small. */
export const MAX_VALUE_LENGTH = 4096;

const NAME = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9_])?';

/** The name of a variable: 1 to 64 letters, digits, `_` and `-`. */
export const variableName = z
  .string()
  .regex(
    new RegExp(`^${NAME}$`),
    'must be 1 to 64 letters, digits, underscores and hyphens, with no hyphen first or last',
  )
  .refine((name) => name !== '__proto__', 'is not a name that can be used');

/** One place of a text where a value goes in. `fallback` stands in for an empty value; absent when none is given. */
export interface VariableReference {
  scope: 'flow' | 'user';
  name: string;
  fallback: string | undefined;
}

export interface Template {
  /** In order: literal text, and references. */
  parts: (string | VariableReference)[];
  /** What looks like a variable and is not one, as written: a missing name, one too long, a default that never closes. */
  malformed: string[];
}

/** What references are answered from. `number` is the person's, read as `$flow.key.number`. */
export interface TemplateValues {
  flow: Record<string, string>;
  user: Record<string, string>;
  number: string;
}

// Alternatives in order: in braces, with or without a default; bare; and anything else that begins like one.
// A default is literal text on one line, without braces. No alternative can match the same text in two
// ways, so matching takes linear time.
const REFERENCE =
  /\{\$(flow|user)\.key\.([A-Za-z0-9_-]+)(?:\|([^{}\r\n]{0,500}))?\}|(\{?)\$(flow|user)\.key\.([A-Za-z0-9_-]*)(\|?)/g;

const isName = (name: string): boolean => variableName.safeParse(name).success;

/** Splits a text into literals and references. Never throws: what is malformed stays literal and is listed. */
export function parseTemplate(text: string): Template {
  const template: Template = { parts: [], malformed: [] };
  let end = 0;
  const literal = (piece: string): void => {
    if (piece !== '') template.parts.push(piece);
  };
  for (const match of text.matchAll(REFERENCE)) {
    literal(text.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[1] === undefined) parseBare(match, template);
    else if (isName(match[2] ?? '')) {
      template.parts.push({ scope: match[1] as 'flow' | 'user', name: match[2] ?? '', fallback: match[3] });
    } else {
      template.malformed.push(match[0]);
      literal(match[0]);
    }
  }
  literal(text.slice(end));
  return template;
}

/** A reference without braces, or with an opening brace that never closes (then the brace is plain text). */
function parseBare(match: RegExpExecArray, template: Template): void {
  const [whole, , , , brace = '', scope, run = '', bar = ''] = match;
  const name = run.replace(/-+$/, '');
  if (!isName(name)) {
    template.malformed.push(whole);
    template.parts.push(whole);
    return;
  }
  if (brace !== '' && bar !== '') template.malformed.push(whole);
  if (brace !== '') template.parts.push(brace);
  template.parts.push({ scope: scope as 'flow' | 'user', name, fallback: undefined });
  const rest = run.slice(name.length) + bar;
  if (rest !== '') template.parts.push(rest);
}

/** How a reference is written in full, for messages to people. */
export const nameInFull = (reference: Pick<VariableReference, 'scope' | 'name'>): string =>
  `$${reference.scope}.key.${reference.name}`;

/** Every reference of a text, in order, repeats included. */
export function referencesOf(text: string): VariableReference[] {
  return parseTemplate(text).parts.filter((part) => typeof part !== 'string');
}

function lookUp(reference: VariableReference, values: TemplateValues): string {
  if (reference.scope === 'flow' && reference.name === 'number') return values.number;
  const record = reference.scope === 'flow' ? values.flow : values.user;
  // Own properties alone: a row may have a column called "constructor".
  return Object.hasOwn(record, reference.name) ? String(record[reference.name] ?? '') : '';
}

export interface Rendered {
  text: string;
  /** References without a value and without a default, in full (`$flow.key.name`), each once. */
  unresolved: string[];
  /** Whether some reference, resolved or not, came out as nothing. */
  gaps: boolean;
}

/**
 * Fills in a template. Values are put in once and never read again as templates.
 * @param encode applied to each value (not to the literal text), e.g. for a URL; told where the value stands
 */
export function renderTemplate(
  template: Template,
  values: TemplateValues,
  encode: (value: string, partIndex: number) => string = (value) => value,
): Rendered {
  const unresolved = new Set<string>();
  let gaps = false;
  const text = template.parts.map((part, index) => {
    if (typeof part === 'string') return part;
    const value = lookUp(part, values);
    if (value === '' && part.fallback === undefined) unresolved.add(nameInFull(part));
    const filled = value === '' ? (part.fallback ?? '') : value;
    gaps ||= filled === '';
    return encode(filled, index);
  });
  return { text: text.join(''), unresolved: [...unresolved], gaps };
}

/** A text with its variables filled in; those without a value leave nothing. */
export const renderText = (text: string, values: TemplateValues): string =>
  renderTemplate(parseTemplate(text), values).text;

/**
 * A sentence to be spoken or read, with its variables filled in. Where one came out as nothing, the space
 * it leaves is closed: "Hello $flow.key.name, welcome" becomes "Hello, welcome".
 */
export function renderSentence(text: string, values: TemplateValues): string {
  const rendered = renderTemplate(parseTemplate(text), values);
  if (!rendered.gaps) return rendered.text;
  return rendered.text
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/ ([,.;:!?\u0964])/g, '$1')
    .trim();
}

/**
 * A value as it may be kept: cut to `MAX_VALUE_LENGTH`, without NUL and half surrogate pairs, which
 * PostgreSQL's jsonb refuses.
 */
export function cleanValue(value: string, limit: number = MAX_VALUE_LENGTH): string {
  return value
    .slice(0, limit)
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '');
}
