/** What may be wrong with a flow, as a closed list, and how the schema's complaints become entries of it. */
import type { z } from 'zod';

/** Every code a check may give, with what it means. docs/write-a-flow.md lists them for those who write flows. */
export const PROBLEMS = {
  TOO_LARGE: 'the definition is larger than a flow may be',
  INVALID: 'a field has a value it cannot have',
  MISSING_FIELD: 'a field that must be there is not',
  UNKNOWN_FIELD: 'a field that no flow or widget of this type has',
  UNKNOWN_WIDGET_TYPE: 'a widget of a type that does not exist',
  NOT_A_KEY: 'a branch of a menu that is not a key of a telephone',
  NO_START: '`start` does not name a widget of type start',
  SEVERAL_STARTS: 'more than one widget of type start',
  DANGLING_EDGE: 'a way out that leads to no widget',
  UNREACHABLE: 'a widget no call can come to',
  ENDLESS_PATH: 'widgets that go round for ever without waiting for the person',
  UNKNOWN_VARIABLE: 'a flow variable nothing gives a value by then',
  UNKNOWN_USER_VARIABLE: 'an account-wide value the account does not have',
  MALFORMED_VARIABLE: 'text that looks like a variable and is not one',
  RESERVED_VARIABLE: 'a name the system itself gives a value',
  DUPLICATE_VARIABLE: 'a variable declared twice',
  TOO_MANY_VARIABLES: 'more variables set than a flow may have',
  INSECURE_WEBHOOK: 'a webhook by plain http, which operations have not allowed',
  UNKNOWN_PROMPT: 'a prompt the account does not have, or that is not approved',
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

export interface FlowProblem {
  /** A flow with errors cannot be published; warnings are for its author to judge. */
  severity: 'error' | 'warning';
  code: ProblemCode;
  /** Id of the widget at fault. */
  widget?: string;
  /** Where in the widget, or in the definition: `speech.0.text`, `settings.ringTimeoutMs`. */
  field?: string;
  /** A sentence for a person that names both. */
  message: string;
}

/** @param place widget and field, as far as they apply */
export function problem(
  severity: FlowProblem['severity'],
  code: ProblemCode,
  place: { widget?: string | undefined; field?: string | undefined },
  text: string,
): FlowProblem {
  const { widget, field } = place;
  const path = [...(widget === undefined ? [] : ['widgets', widget]), ...(field ? [field] : [])].join('.');
  return {
    severity,
    code,
    ...(widget === undefined ? {} : { widget }),
    ...(field ? { field } : {}),
    message: path === '' ? text : `${path}: ${text}`,
  };
}

/** The value at a path of whatever was given. */
function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<PropertyKey, unknown>)[key]
        : undefined,
    given,
  );
}

/** The problems of a definition that does not fit the schema. */
export function schemaProblems(error: z.ZodError, given: unknown, widgetTypes: string[]): FlowProblem[] {
  return error.issues.flatMap((issue) => {
    const inWidget = issue.path[0] === 'widgets' && issue.path.length > 1;
    const widget = inWidget ? String(issue.path[1]) : undefined;
    const field = issue.path
      .slice(inWidget ? 2 : 0)
      .map(String)
      .join('.');
    const place = { widget, field };
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        problem(
          'error',
          'UNKNOWN_FIELD',
          { widget, field: field === '' ? key : `${field}.${key}` },
          'there is no such field',
        ),
      );
    }
    if (issue.code === 'custom' && issue.params?.problem === 'NOT_A_KEY') {
      return [problem('error', 'NOT_A_KEY', place, issue.message)];
    }
    if (issue.code === 'invalid_union' && widget !== undefined && field === 'type') {
      const type = valueAt(given, issue.path);
      const what = type === undefined ? 'is missing' : `${JSON.stringify(type)} does not exist`;
      return [
        problem(
          'error',
          type === undefined ? 'MISSING_FIELD' : 'UNKNOWN_WIDGET_TYPE',
          place,
          `widget type ${what}; the types are ${widgetTypes.join(', ')}`,
        ),
      ];
    }
    if (issue.code === 'invalid_key') {
      return [problem('error', 'INVALID', place, `the name ${issue.issues[0]?.message ?? 'is not allowed'}`)];
    }
    if (valueAt(given, issue.path) === undefined && issue.path.length > 0) {
      return [problem('error', 'MISSING_FIELD', place, 'is missing')];
    }
    return [problem('error', 'INVALID', place, issue.message)];
  });
}
