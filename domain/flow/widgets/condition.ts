/**
 * Goes where the first case that holds leads. There are no regular expressions on purpose: one written
 * without care could hold up every call of a worker.
 */
import { z } from 'zod';
import { renderText } from '../../template.ts';
import { COMPARISONS, compare } from '../compare.ts';
import { PLAIN, type TextField, type WidgetContext, type WidgetKind, widgetId } from '../widget.ts';

const text = z.string().max(1000);

const conditionCase = z.discriminatedUnion('operator', [
  z.strictObject({ value: text, operator: z.enum(COMPARISONS), operand: text, next: widgetId.optional() }),
  z.strictObject({
    value: text,
    operator: z.literal('in'),
    operand: z.array(text).min(1).max(200),
    next: widgetId.optional(),
  }),
  z.strictObject({ value: text, operator: z.enum(['empty', 'notEmpty']), next: widgetId.optional() }),
]);
type ConditionCase = z.output<typeof conditionCase>;

const schema = z.strictObject({
  type: z.literal('condition'),
  cases: z.array(conditionCase).min(1).max(50),
  else: widgetId.optional(),
});
export type ConditionWidget = z.output<typeof schema>;

function holds(one: ConditionCase, { values }: WidgetContext): boolean {
  const value = renderText(one.value, values);
  switch (one.operator) {
    case 'empty':
      return value.trim() === '';
    case 'notEmpty':
      return value.trim() !== '';
    case 'in':
      return one.operand.some((operand) => compare('eq', value, renderText(operand, values)));
    default:
      return compare(one.operator, value, renderText(one.operand, values));
  }
}

function caseTexts(one: ConditionCase, index: number): TextField[] {
  const value = { field: `cases.${index}.value`, text: one.value };
  if (!('operand' in one)) return [value];
  if (typeof one.operand === 'string') return [value, { field: `cases.${index}.operand`, text: one.operand }];
  return [value, ...one.operand.map((text, n) => ({ field: `cases.${index}.operand.${n}`, text }))];
}

export const condition = {
  ...PLAIN,
  type: 'condition',
  schema,
  edges: (widget: ConditionWidget) => [
    ...widget.cases.map((one, index) => ({ field: `cases.${index}.next`, to: one.next })),
    { field: 'else', to: widget.else },
  ],
  texts: (widget: ConditionWidget) => widget.cases.flatMap(caseTexts),
  enter: (widget, context) => {
    const index = widget.cases.findIndex((one) => holds(one, context));
    const found = widget.cases[index];
    if (found === undefined) return { kind: 'GO', branch: 'else', to: widget.else };
    return { kind: 'GO', branch: `cases.${index}.next`, to: found.next };
  },
} satisfies WidgetKind<ConditionWidget>;
