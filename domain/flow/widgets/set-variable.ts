/** Gives a flow variable a value. */
import { z } from 'zod';
import { cleanValue, MAX_VALUE_LENGTH, referencesOf, renderText, variableName } from '../../template.ts';
import { noted, PLAIN, type WidgetKind, widgetId } from '../widget.ts';

const schema = z.strictObject({
  type: z.literal('set-variable'),
  variable: variableName,
  value: z.string().max(MAX_VALUE_LENGTH),
  next: widgetId.optional(),
});
export type SetVariableWidget = z.output<typeof schema>;

export const setVariable = {
  ...PLAIN,
  type: 'set-variable',
  schema,
  edges: (widget: SetVariableWidget) => [{ field: 'next', to: widget.next }],
  texts: (widget: SetVariableWidget) => [{ field: 'value', text: widget.value }],
  sets: (widget: SetVariableWidget) => [widget.variable],
  enter: (widget, context) => {
    const value = cleanValue(renderText(widget.value, context.values));
    // An account's values may be secrets, and journeys are read by many.
    const secret = referencesOf(widget.value).some((reference) => reference.scope === 'user');
    const notes = [
      { event: 'SET', data: { variable: widget.variable, value: secret ? '***' : noted(value) } },
    ];
    return { kind: 'GO', branch: 'next', to: widget.next, variables: { [widget.variable]: value }, notes };
  },
} satisfies WidgetKind<SetVariableWidget>;
