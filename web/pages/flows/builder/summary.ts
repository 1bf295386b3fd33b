/** A line that says what a widget does, for the canvas and lists. */
import type { DraftWidget } from './draft.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function speech(value: unknown): string {
  if (!Array.isArray(value)) return '';
  return value.map((part) => text(part?.text) || (part?.prompt ? `[${text(part.prompt)}]` : '')).join(' ');
}

export function summaryOf(widget: DraftWidget): string {
  const variable = text(widget.variable);
  if (widget.type === 'set-variable') return `${variable} = ${text(widget.value)}`;
  const said = speech(widget.speech) || text(widget.text) || text(widget.prompt);
  if (said !== '') return said;
  const first = Array.isArray(widget.cases) ? widget.cases[0] : undefined;
  return text(first?.value) || text(widget.url) || text(widget.subject) || text(widget.to) || variable;
}
