/**
 * What input each field of a widget needs, read from the widget's own schema: a kind that is added to the registry has
 * its form here without a line of the console being changed.
 */
import './without-eval.ts';
import { z } from 'zod';
import { KINDS, type WidgetType } from '../../../../domain/flow/registry.ts';
import { languageTag, promptName, speechPart } from '../../../../domain/flow/speech.ts';
import { widgetId } from '../../../../domain/flow/widget.ts';
import { variableName } from '../../../../domain/template.ts';

export type Shape =
  | {
      kind: 'target' | 'variable' | 'prompt' | 'language' | 'speech' | 'cases' | 'branches' | 'flag' | 'json';
    }
  /** Names and texts: `names` are variables where it fills them, `values` may hold variables. */
  | { kind: 'pairs'; names: 'text' | 'variable'; values: 'text' | 'path' }
  | { kind: 'choice'; options: string[] }
  | { kind: 'number' | 'duration'; min: number; max: number }
  | { kind: 'text'; maxLength: number; mayHoldVariables: boolean };

export interface Field {
  name: string;
  shape: Shape;
  /** It must be given. */
  isRequired: boolean;
  /** What stands in where it is not given. */
  default: unknown;
}

export const isWidgetType = (type: string): type is WidgetType => Object.hasOwn(KINDS, type);

export const schemaOf = (type: string): z.ZodObject | undefined =>
  isWidgetType(type) ? KINDS[type].schema : undefined;

/** A schema without what makes it optional or fills it in. */
export function bare(schema: unknown): z.ZodType {
  let at = schema as z.ZodType;
  while (at instanceof z.ZodOptional || at instanceof z.ZodDefault || at instanceof z.ZodNullable) {
    at = at.unwrap() as z.ZodType;
  }
  return at;
}

const NAMED = new Map<z.ZodType, 'target' | 'variable' | 'prompt' | 'language'>([
  [widgetId, 'target'],
  [variableName, 'variable'],
  [promptName, 'prompt'],
  [languageTag, 'language'],
]);

function shapeOf(name: string, schema: z.ZodType): Shape {
  const named = NAMED.get(schema);
  if (named) return { kind: named };
  if (schema instanceof z.ZodBoolean) return { kind: 'flag' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', options: schema.options.map(String) };
  if (schema instanceof z.ZodNumber) {
    const kind = name.endsWith('Ms') ? 'duration' : 'number';
    return { kind, min: Math.max(0, schema.minValue ?? 0), max: schema.maxValue ?? Number.MAX_SAFE_INTEGER };
  }
  if (schema instanceof z.ZodString) {
    const mayHoldVariables = schema.safeParse('$flow.key.name').success;
    return { kind: 'text', maxLength: schema.maxLength ?? 64, mayHoldVariables };
  }
  if (schema instanceof z.ZodArray) {
    if (schema.element === speechPart) return { kind: 'speech' };
    if (schema.element instanceof z.ZodDiscriminatedUnion) return { kind: 'cases' };
  }
  if (schema instanceof z.ZodRecord) {
    if (schema.valueType === widgetId) return { kind: 'branches' };
    if (schema.valueType instanceof z.ZodString) {
      const fillsVariables = schema.keyType === variableName;
      return {
        kind: 'pairs',
        names: fillsVariables ? 'variable' : 'text',
        values: fillsVariables ? 'path' : 'text',
      };
    }
  }
  return { kind: 'json' };
}

const known = new Map<string, readonly Field[]>();

/** The fields of a type but its `type`, in the order of the schema. None for an unknown type. */
export function fieldsOf(type: string): readonly Field[] {
  const found = known.get(type);
  if (found) return found;
  const shape = schemaOf(type)?.shape ?? {};
  const fields = Object.entries(shape)
    .filter(([name]) => name !== 'type')
    .map(([name, schema]): Field => {
      const missing = (schema as z.ZodType).safeParse(undefined);
      return {
        name,
        shape: shapeOf(name, bare(schema)),
        isRequired: !missing.success,
        default: missing.success ? missing.data : undefined,
      };
    });
  known.set(type, fields);
  return fields;
}

/** What a new widget of a type begins with: its required fields, as far as there is something to begin with. */
export function defaultsOf(type: string): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const { name, shape, isRequired } of fieldsOf(type)) {
    if (isRequired) given[name] = beginningOf(shape);
    // A question without words is no question.
    else if (shape.kind === 'speech' && name === 'speech') given[name] = [{ text: '' }];
  }
  return given;
}

function beginningOf(shape: Shape): unknown {
  switch (shape.kind) {
    case 'speech':
      return [{ text: '' }];
    case 'cases':
      return [{ value: '', operator: 'eq', operand: '' }];
    case 'branches':
      return { '1': '' };
    case 'pairs':
      return {};
    case 'number':
    case 'duration':
      return shape.min;
    case 'choice':
      return shape.options[0];
    case 'flag':
      return false;
    case 'json':
      return null;
    default:
      return '';
  }
}

/** Names of variables that a flow may use: declared, set by its widgets, and the person's number. */
export function variableNames(draft: {
  widgets: Readonly<Record<string, { type: string; [field: string]: unknown }>>;
  variables?: unknown;
}): string[] {
  const names = new Set<string>(['number']);
  for (const one of Array.isArray(draft.variables) ? draft.variables : []) {
    if (typeof one?.name === 'string' && one.name !== '') names.add(one.name);
  }
  for (const widget of Object.values(draft.widgets)) {
    for (const { name, shape } of fieldsOf(widget.type)) {
      const value = widget[name];
      if (shape.kind === 'variable' && typeof value === 'string' && value !== '') names.add(value);
      if (
        shape.kind === 'pairs' &&
        shape.names === 'variable' &&
        typeof value === 'object' &&
        value !== null
      ) {
        for (const key of Object.keys(value)) names.add(key);
      }
    }
    if (widget.type === 'webhook') for (const name of ['response_error', 'error_reason']) names.add(name);
  }
  return [...names].sort();
}
