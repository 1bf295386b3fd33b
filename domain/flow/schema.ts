/**
 * The JSON language of flows. A definition that fits this schema is well formed; whether it makes sense
 * (edges that lead somewhere, variables that exist) is `check.ts`'s to say. docs/write-a-flow.md explains
 * every field to those who write flows.
 */
import { z } from 'zod';
import { contactPolicy } from '../policy.ts';
import { MAX_VALUE_LENGTH, variableName } from '../template.ts';
import { KINDS, type WidgetType } from './registry.ts';
import { languageTag } from './speech.ts';
import { widgetId } from './widget.ts';

export const MAX_WIDGETS = 500;
export const MAX_VARIABLES = 200;

const variable = z
  .strictObject({
    name: variableName,
    /** A row without a value is rejected as MISSING_VARIABLE. */
    required: z.boolean().default(false),
    /** Stands in for an empty value. */
    default: z.string().max(MAX_VALUE_LENGTH).optional(),
  })
  .refine((one) => !(one.required && one.default !== undefined), {
    message: 'a required variable has no use for a default',
    path: ['default'],
  });

const canvasPixels = z.int().min(-100_000).max(100_000);

const widget = z.discriminatedUnion('type', [
  KINDS.start.schema,
  KINDS.prompt.schema,
  KINDS['text-to-speech'].schema,
  KINDS.gather.schema,
  KINDS.menu.schema,
  KINDS.record.schema,
  KINDS['play-and-record'].schema,
  KINDS.condition.schema,
  KINDS['set-variable'].schema,
  KINDS.webhook.schema,
  KINDS.sms.schema,
  KINDS.email.schema,
  KINDS.transfer.schema,
  KINDS['hang-up'].schema,
]);

export const flowDefinition = z.strictObject({
  schemaVersion: z.literal(1),
  /** In which speech is spoken where a widget names no other language. */
  language: languageTag.default('en-IN'),
  /** The widget of type `start`. */
  start: widgetId,
  widgets: z
    .record(widgetId, widget)
    .refine((widgets) => Object.keys(widgets).length <= MAX_WIDGETS, `has more than ${MAX_WIDGETS} widgets`),
  /** How, when and how often people are contacted; a request starts with these. */
  settings: contactPolicy.prefault({}),
  variables: z.array(variable).max(MAX_VARIABLES).default([]),
  /** Where somebody put widgets on the console's canvas, by id. Means nothing to a call; others are laid out. */
  layout: z
    .record(widgetId, z.strictObject({ x: canvasPixels, y: canvasPixels }))
    .refine((places) => Object.keys(places).length <= MAX_WIDGETS, `has more than ${MAX_WIDGETS} places`)
    .optional(),
});

export type FlowDefinition = z.output<typeof flowDefinition>;
/** A definition as it is written, before defaults are filled in. */
export type FlowDefinitionInput = z.input<typeof flowDefinition>;
export type FlowVariable = FlowDefinition['variables'][number];

/** The types of widgets, for messages and documentation. */
export const WIDGET_TYPES = Object.keys(KINDS) as WidgetType[];

/** Names of the variables every row must bring: a row without one is rejected as MISSING_VARIABLE. */
export const requiredVariables = (definition: FlowDefinition): string[] =>
  definition.variables.filter((one) => one.required).map((one) => one.name);

/** Names of the variables a list may bring, required ones included, in the order of the definition. */
export const declaredVariables = (definition: FlowDefinition): string[] =>
  definition.variables.map((one) => one.name);

/** Whether the flow has something to do when a machine answers. Without, the call to a machine ends at once. */
export function hasMachineBranch(definition: FlowDefinition): boolean {
  const start = Object.hasOwn(definition.widgets, definition.start)
    ? definition.widgets[definition.start]
    : undefined;
  return start?.type === 'start' && start.onMachine !== undefined;
}
