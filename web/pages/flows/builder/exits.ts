/** The ways out of a widget, connected or not, as its schema has them: the canvas and the forms need both. */
import { z } from 'zod';
import { widgetId } from '../../../../domain/flow/widget.ts';
import type { DraftWidget } from './draft.ts';
import { bare, schemaOf } from './shape.ts';

export interface WidgetExit {
  /** `next`, `branches.1`, `cases.0.next`. */
  field: string;
  /** Undefined: the call ends there. Empty: it has yet to be said. */
  to: string | undefined;
}

const USUAL = new Set(['next', 'branches', 'cases']);

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** The fields of an object that lead somewhere. Of a union's options, those of any. */
function targetsIn(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodUnion) {
    return [...new Set(schema.options.flatMap((option) => targetsIn(option as z.ZodType)))];
  }
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.keys(schema.shape).filter((name) => bare(schema.shape[name]) === widgetId);
}

/** The usual way first, then in the order of the schema. What a widget of an unknown type leads to nobody knows. */
export function exitsOf(widget: DraftWidget): WidgetExit[] {
  const schema = schemaOf(widget.type);
  if (!schema) return [];
  const names = Object.keys(schema.shape);
  const ordered = [...names.filter((name) => USUAL.has(name)), ...names.filter((name) => !USUAL.has(name))];
  return ordered.flatMap((name): WidgetExit[] => {
    const field = bare(schema.shape[name]);
    if (field === widgetId) return [{ field: name, to: text(widget[name]) }];
    if (field instanceof z.ZodRecord && field.valueType === widgetId) {
      return entriesOf(widget[name]).map(([key, to]) => ({ field: `${name}.${key}`, to: text(to) ?? '' }));
    }
    if (field instanceof z.ZodArray) {
      const targets = targetsIn(field.element as z.ZodType);
      return entriesOf(widget[name]).flatMap(([index, one]) =>
        targets.map((target) => ({
          field: `${name}.${index}.${target}`,
          to: text((one as Record<string, unknown> | null)?.[target]),
        })),
      );
    }
    return [];
  });
}
