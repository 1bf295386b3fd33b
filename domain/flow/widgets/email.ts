/** Sends a mail to one address. */
import { z } from 'zod';
import { parseTemplate, renderSentence, renderTemplate, renderText } from '../../template.ts';
import { messagingEdges, messagingFields, settled, unsent } from '../messaging.ts';
import { PLAIN, type WidgetKind } from '../widget.ts';

const MAX_SUBJECT_LENGTH = 200;
const MAX_MAIL_LENGTH = 100_000;

const schema = z.strictObject({
  type: z.literal('email'),
  to: z.string().min(1).max(254),
  subject: z.string().min(1).max(MAX_SUBJECT_LENGTH),
  text: z.string().min(1).max(MAX_MAIL_LENGTH),
  html: z.string().min(1).max(MAX_MAIL_LENGTH).optional(),
  ...messagingFields,
});
export type EmailWidget = z.output<typeof schema>;

// One address, and nothing that could add a second or a header. The mail provider knows the finer rules.
const ADDRESS = /^[^\s@,;:<>()"\\]{1,64}@[^\s@,;:<>()"\\]{1,253}$/;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

export const email = {
  ...PLAIN,
  type: 'email',
  schema,
  edges: (widget: EmailWidget) => messagingEdges(widget),
  texts: (widget: EmailWidget) =>
    (['to', 'subject', 'text', 'html'] as const).flatMap((field) => {
      const text = widget[field];
      return text === undefined ? [] : [{ field, text }];
    }),
  enter: (widget, { values, messageStep }) => {
    const to = renderText(widget.to, values).trim();
    if (!ADDRESS.test(to)) return unsent(widget, 'EMAIL', 'NO_ADDRESS');
    // A value with a line break in it must not start a header of its own.
    const subject = renderSentence(widget.subject, values)
      .replace(/\p{Cc}+/gu, ' ')
      .slice(0, MAX_SUBJECT_LENGTH);
    const html =
      widget.html === undefined
        ? undefined
        : renderTemplate(parseTemplate(widget.html), values, escapeHtml).text.slice(0, 2 * MAX_MAIL_LENGTH);
    const text = renderSentence(widget.text, values).slice(0, 2 * MAX_MAIL_LENGTH);
    return { kind: 'ASK', effect: { type: 'SEND_EMAIL', step: messageStep, to, subject, text, html } };
  },
  take: (widget, _context, event) =>
    event.type === 'MESSAGE_SETTLED' ? settled(widget, 'EMAIL', event.outcome) : undefined,
} satisfies WidgetKind<EmailWidget>;
