/** Sends a text message: to the person, unless another number is given. */
import { z } from 'zod';
import { renderSentence, renderText } from '../../template.ts';
import { messagingEdges, messagingFields, settled, unsent } from '../messaging.ts';
import { PLAIN, type WidgetKind } from '../widget.ts';

// Ten concatenated messages of 153 characters (3GPP TS 23.038 and 23.040).
const MAX_SMS_LENGTH = 1530;

const schema = z.strictObject({
  type: z.literal('sms'),
  /** A telephone number; the person's unless given. */
  to: z.string().min(1).max(200).optional(),
  /** The sender's number or name; the account's unless given. */
  sender: z.string().min(1).max(200).optional(),
  text: z.string().min(1).max(MAX_SMS_LENGTH),
  ...messagingFields,
});
export type SmsWidget = z.output<typeof schema>;

export const sms = {
  ...PLAIN,
  type: 'sms',
  schema,
  edges: (widget: SmsWidget) => messagingEdges(widget),
  texts: (widget: SmsWidget) =>
    (['to', 'sender', 'text'] as const).flatMap((field) => {
      const text = widget[field];
      return text === undefined ? [] : [{ field, text }];
    }),
  enter: (widget, { values, messageStep }) => {
    const to = (widget.to === undefined ? values.number : renderText(widget.to, values)).trim();
    if (!/^\+?[0-9][0-9 ().-]{2,24}$/.test(to)) return unsent(widget, 'SMS', 'NO_NUMBER');
    const text = renderSentence(widget.text, values).slice(0, MAX_SMS_LENGTH);
    if (text.trim() === '') return unsent(widget, 'SMS', 'NO_TEXT');
    const sender = widget.sender === undefined ? '' : renderText(widget.sender, values).trim().slice(0, 32);
    return {
      kind: 'ASK',
      effect: { type: 'SEND_SMS', step: messageStep, to, sender: sender === '' ? undefined : sender, text },
    };
  },
  take: (widget, _context, event) =>
    event.type === 'MESSAGE_SETTLED' ? settled(widget, 'SMS', event.outcome) : undefined,
} satisfies WidgetKind<SmsWidget>;
