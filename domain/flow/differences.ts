/** What two definitions of a flow differ in, widget by widget and field by field, for people who compare versions. */

export interface Difference {
  kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  /** Absent: it is no widget's. */
  widget?: string;
  /** Where in the widget, or in the definition; absent where a whole widget came or went. */
  field?: string;
  before?: unknown;
  after?: unknown;
}

/** After so many the rest is left out: two flows that differ so much are two flows. */
export const MAX_DIFFERENCES = 1000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (record: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const keysOf = (one: Record<string, unknown>, other: Record<string, unknown>): string[] => [
  ...new Set([...Object.keys(one), ...Object.keys(other)]),
];

/**
 * @param before a definition, or anything: what is none has no widgets
 * @param after the same; where the canvas shows widgets (`layout`) is no difference
 * @returns in the order of `before`, what is only in `after` last
 */
export function flowDifferences(before: unknown, after: unknown): Difference[] {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  const found: Difference[] = [];
  for (const key of keysOf(old, now)) {
    if (key === 'layout') continue;
    if (key === 'widgets') widgetDifferences(at(old, key), at(now, key), found);
    else valueDifferences({ field: key }, at(old, key), at(now, key), found);
    if (found.length >= MAX_DIFFERENCES) break;
  }
  return found.slice(0, MAX_DIFFERENCES);
}

function widgetDifferences(before: unknown, after: unknown, found: Difference[]): void {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  for (const id of keysOf(old, now)) {
    const [was, is] = [at(old, id), at(now, id)];
    if (was === undefined) found.push({ kind: 'ADDED', widget: id, after: is });
    else if (is === undefined) found.push({ kind: 'REMOVED', widget: id, before: was });
    else valueDifferences({ widget: id }, was, is, found);
    if (found.length >= MAX_DIFFERENCES) return;
  }
}

/** Goes into objects and lists as far as both have them; what differs there is told by its own place. */
function valueDifferences(
  place: { widget?: string; field?: string },
  before: unknown,
  after: unknown,
  found: Difference[],
): void {
  const inside = (key: string) => ({ ...place, field: place.field ? `${place.field}.${key}` : key });
  if (isObject(before) && isObject(after)) {
    for (const key of keysOf(before, after)) {
      valueDifferences(inside(key), at(before, key), at(after, key), found);
    }
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      valueDifferences(inside(String(index)), before[index], after[index], found);
    }
  } else if (before === undefined && after !== undefined) found.push({ kind: 'ADDED', ...place, after });
  else if (after === undefined && before !== undefined) found.push({ kind: 'REMOVED', ...place, before });
  else if (JSON.stringify(before) !== JSON.stringify(after)) {
    found.push({ kind: 'CHANGED', ...place, before, after });
  }
}
