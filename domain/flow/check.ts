/**
 * The check before publishing: says everything that is wrong with a flow, or doubtful, at once. A
 * definition without errors can be run.
 */
import { SLOWEST_CALLS_PER_SECOND, TOO_SLOW } from '../policy.ts';
import { nameInFull, parseTemplate, type VariableReference } from '../template.ts';
import { after, type FlowGraph, flowGraph, reached, widgetsOf } from './graph.ts';
import { type FlowProblem, problem, schemaProblems } from './problem.ts';
import { kindOf, type Widget } from './registry.ts';
import { type FlowDefinition, flowDefinition, MAX_VARIABLES, WIDGET_TYPES } from './schema.ts';

export interface CheckContext {
  /** Names of the account's `$user.key.*`. */
  userKeys: string[];
  /** Prompts that may be played. Absent: prompts are not checked. */
  promptNames?: string[];
  /** Whether operations allow the account webhooks by plain http. Default: no. */
  plainHttpWebhooks?: boolean;
}

export interface CheckResult {
  /** In the order they were found; empty when all is well. */
  problems: FlowProblem[];
  /** The definition with its defaults filled in. Absent when there is any error. */
  definition?: FlowDefinition;
}

/** Largest definition, as JSON. Five hundred widgets with a few sentences each are a fifth of it. */
const MAX_DEFINITION_CHARACTERS = 1_000_000;
/** After this many the rest is left out: nobody reads them, and most have one cause. */
const MAX_PROBLEMS = 200;

/** @param given anything; never throws, however wrong it is */
export function checkFlow(given: unknown, context: CheckContext): CheckResult {
  if (!isOfFairSize(given)) {
    const limit = MAX_DEFINITION_CHARACTERS.toLocaleString('en');
    const text = `a flow must be JSON of at most ${limit} characters`;
    return { problems: [problem('error', 'TOO_LARGE', {}, text)] };
  }
  const parsed = flowDefinition.safeParse(given);
  const problems = (
    parsed.success ? meaningProblems(parsed.data, context) : schemaProblems(parsed.error, given, WIDGET_TYPES)
  ).slice(0, MAX_PROBLEMS);
  if (!parsed.success || problems.some((one) => one.severity === 'error')) return { problems };
  return { problems, definition: parsed.data };
}

function isOfFairSize(given: unknown): boolean {
  try {
    return (JSON.stringify(given) ?? '').length <= MAX_DEFINITION_CHARACTERS;
  } catch {
    // Circular, or too deep to be written down: not JSON.
    return false;
  }
}

/** Errors before warnings, each in the order of the definition. */
function meaningProblems(definition: FlowDefinition, context: CheckContext): FlowProblem[] {
  const graph = flowGraph(definition);
  return [
    ...settingProblems(definition),
    ...startProblems(definition),
    ...edgeProblems(definition),
    ...endlessProblems(definition, graph),
    ...declarationProblems(definition),
    ...textProblems(definition, context),
    ...unsetProblems(definition, graph),
    ...outsideProblems(definition, context),
    ...unreachableProblems(definition, graph),
  ];
}

const settingProblems = ({ settings }: FlowDefinition): FlowProblem[] =>
  settings.callsPerSecond >= SLOWEST_CALLS_PER_SECOND
    ? []
    : [problem('error', 'INVALID', { field: 'settings.callsPerSecond' }, TOO_SLOW)];

function startProblems(definition: FlowDefinition): FlowProblem[] {
  const starts = widgetsOf(definition).filter(([, widget]) => widget.type === 'start');
  const named = starts.some(([id]) => id === definition.start);
  const others = starts.filter(([id]) => id !== definition.start);
  return [
    ...(named
      ? []
      : [
          problem(
            'error',
            'NO_START',
            { field: 'start' },
            `"${definition.start}" is no widget of type start`,
          ),
        ]),
    ...(named ? others : others.slice(1)).map(([id]) =>
      problem('error', 'SEVERAL_STARTS', { widget: id }, 'a flow has one widget of type start'),
    ),
  ];
}

function edgeProblems(definition: FlowDefinition): FlowProblem[] {
  return widgetsOf(definition).flatMap(([id, widget]) =>
    kindOf(widget)
      .edges(widget)
      .filter(({ to }) => to !== undefined && !Object.hasOwn(definition.widgets, to))
      .map(({ field, to }) =>
        problem('error', 'DANGLING_EDGE', { widget: id, field }, `there is no widget "${to}"`),
      ),
  );
}

function unreachableProblems(definition: FlowDefinition, graph: FlowGraph): FlowProblem[] {
  const reachable = reached([definition.start], graph.next);
  return widgetsOf(definition)
    .filter(([id]) => !reachable.has(id))
    .map(([id]) => problem('warning', 'UNREACHABLE', { widget: id }, 'no call can come here'));
}

/** Widgets from which a call can neither end nor come to where it waits for the person. */
function endlessProblems(definition: FlowDefinition, graph: FlowGraph): FlowProblem[] {
  const reachable = reached([definition.start], graph.next);
  const safe = reached(graph.resting, graph.previous);
  const endless = [...reachable].filter((id) => !safe.has(id)).sort();
  const [first] = endless;
  if (first === undefined) return [];
  const text = `the call goes round for ever through ${endless.slice(0, 10).join(', ')}`;
  return [problem('error', 'ENDLESS_PATH', { widget: first }, text)];
}

const NUMBER = 'number';

function declarationProblems(definition: FlowDefinition): FlowProblem[] {
  const seen = new Set<string>();
  const found = definition.variables.flatMap(({ name }, index) => {
    const field = `variables.${index}.name`;
    if (seen.has(name))
      return [problem('error', 'DUPLICATE_VARIABLE', { field }, `"${name}" is there twice`)];
    seen.add(name);
    const text = '"number" is the number of the list and needs no declaration';
    return name === NUMBER ? [problem('error', 'RESERVED_VARIABLE', { field }, text)] : [];
  });
  const set = new Set<string>();
  for (const [id, widget] of widgetsOf(definition)) {
    for (const name of kindOf(widget).sets(widget)) {
      set.add(name);
      const text = '"number" is the number of the list and cannot be set';
      if (name === NUMBER) found.push(problem('error', 'RESERVED_VARIABLE', { widget: id }, text));
    }
  }
  if (set.size > MAX_VARIABLES) {
    const text = `widgets set ${set.size} different variables; at most ${MAX_VARIABLES} are kept`;
    found.push(problem('error', 'TOO_MANY_VARIABLES', {}, text));
  }
  return found;
}

interface Use {
  widget: string;
  field: string;
  reference: VariableReference;
}

const usesIn = (id: string, widget: Widget): Use[] =>
  kindOf(widget)
    .texts(widget)
    .flatMap(({ field, text }) =>
      parseTemplate(text)
        .parts.filter((part) => typeof part !== 'string')
        .map((reference) => ({ widget: id, field, reference })),
    );

/** What can be said of a text by itself: variables that are none, and account-wide values nobody defined. */
function textProblems(definition: FlowDefinition, context: CheckContext): FlowProblem[] {
  const userKeys = new Set(context.userKeys);
  return widgetsOf(definition).flatMap(([id, widget]) => [
    ...kindOf(widget)
      .texts(widget)
      .flatMap(({ field, text }) =>
        parseTemplate(text).malformed.map((piece) =>
          problem(
            'error',
            'MALFORMED_VARIABLE',
            { widget: id, field },
            `"${piece.slice(0, 100)}" is no variable`,
          ),
        ),
      ),
    ...usesIn(id, widget)
      .filter(({ reference }) => reference.scope === 'user' && !userKeys.has(reference.name))
      .map((use) =>
        problem(
          'error',
          'UNKNOWN_USER_VARIABLE',
          use,
          `the account has no value ${nameInFull(use.reference)}`,
        ),
      ),
  ]);
}

/** Flow variables that are neither declared nor set by a widget a call may have passed by then. */
function unsetProblems(definition: FlowDefinition, graph: FlowGraph): FlowProblem[] {
  const known = new Set([NUMBER, ...definition.variables.map((one) => one.name)]);
  const uses = new Map<string, Use[]>();
  const setters = new Map<string, string[]>();
  for (const [id, widget] of widgetsOf(definition)) {
    for (const use of usesIn(id, widget)) {
      const { scope, name } = use.reference;
      if (scope === 'flow' && !known.has(name)) add(uses, name, use);
    }
    for (const name of kindOf(widget).sets(widget)) add(setters, name, id);
  }
  // Said already, and a walk for each of thousands of names would take long.
  if (setters.size > MAX_VARIABLES) return [];
  return [...uses].flatMap(([name, places]) => {
    const by = setters.get(name) ?? [];
    const set = after(by, graph);
    const why =
      by.length === 0
        ? 'is neither declared nor set by a widget'
        : `is set only later, by ${by.slice(0, 5).join(', ')}`;
    return places
      .filter((use) => !set.has(use.widget))
      .map((use) => problem('error', 'UNKNOWN_VARIABLE', use, `${nameInFull(use.reference)} ${why}`));
  });
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** Things outside the flow that it counts on: prompts, and servers spoken to in the open. */
function outsideProblems(definition: FlowDefinition, context: CheckContext): FlowProblem[] {
  const prompts = context.promptNames === undefined ? undefined : new Set(context.promptNames);
  return widgetsOf(definition).flatMap(([id, widget]) => {
    const missing = kindOf(widget)
      .prompts(widget)
      .filter(({ prompt }) => prompts !== undefined && !prompts.has(prompt))
      .map(({ field, prompt }) =>
        problem('error', 'UNKNOWN_PROMPT', { widget: id, field }, `there is no approved prompt "${prompt}"`),
      );
    const plain =
      widget.type === 'webhook' && /^http:\/\//i.test(widget.url) && context.plainHttpWebhooks !== true;
    const text = 'must be https; operations can allow plain http for the account';
    return plain
      ? [...missing, problem('error', 'INSECURE_WEBHOOK', { widget: id, field: 'url' }, text)]
      : missing;
  });
}
