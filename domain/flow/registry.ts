/** Every kind of widget, by its `type`. A new kind is added here and in a file of its own; see docs/add-a-widget.md. */
import type { z } from 'zod';
import type { WidgetKind } from './widget.ts';
import { condition } from './widgets/condition.ts';
import { email } from './widgets/email.ts';
import { gather } from './widgets/gather.ts';
import { hangUp } from './widgets/hang-up.ts';
import { menu } from './widgets/menu.ts';
import { playAndRecord } from './widgets/play-and-record.ts';
import { prompt } from './widgets/prompt.ts';
import { record } from './widgets/record.ts';
import { setVariable } from './widgets/set-variable.ts';
import { sms } from './widgets/sms.ts';
import { start } from './widgets/start.ts';
import { textToSpeech } from './widgets/text-to-speech.ts';
import { transfer } from './widgets/transfer.ts';
import { webhook } from './widgets/webhook.ts';

export const KINDS = {
  start,
  prompt,
  'text-to-speech': textToSpeech,
  gather,
  menu,
  record,
  'play-and-record': playAndRecord,
  condition,
  'set-variable': setVariable,
  webhook,
  sms,
  email,
  transfer,
  'hang-up': hangUp,
} as const;

export type WidgetType = keyof typeof KINDS;
export type Widget = { [T in WidgetType]: z.output<(typeof KINDS)[T]['schema']> }[WidgetType];

/** The kind of a widget. */
export function kindOf(widget: Widget): WidgetKind<Widget> {
  // The kind is looked up by the widget's own type, so it is given no other kind's widgets.
  return KINDS[widget.type] as WidgetKind<Widget>;
}
