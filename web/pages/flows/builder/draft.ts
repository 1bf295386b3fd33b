/**
 * A draft as it is built: any JSON with widgets in it, finished or not, and every change to it as a function that gives
 * another draft and leaves the first as it was. Whether it makes sense is for the check to say.
 */
import { exitsOf } from './exits.ts';
import { defaultsOf } from './shape.ts';

export interface DraftWidget {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface Place {
  x: number;
  y: number;
}

export interface Draft {
  readonly start: string;
  readonly widgets: Readonly<Record<string, DraftWidget>>;
  readonly layout?: Readonly<Record<string, Place>> | undefined;
  readonly [field: string]: unknown;
}

/** A way out of a widget: `next`, `branches.1`, `cases.0.next`. */
export interface Exit {
  widget: string;
  field: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns undefined where it cannot be shown as widgets: then only its JSON can be */
export function readDraft(given: unknown): Draft | undefined {
  if (!isObject(given) || !isObject(given.widgets)) return undefined;
  const isFine = Object.values(given.widgets).every((one) => isObject(one) && typeof one.type === 'string');
  if (!isFine) return undefined;
  const start = typeof given.start === 'string' ? given.start : '';
  return { ...given, start, widgets: given.widgets as Record<string, DraftWidget> } as Draft;
}

/** A value at a path such as `speech.0.text`. */
export function valueAt(given: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return at[Number(key)];
    return isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }, given);
}

/** The same with another value at a path; `undefined` takes it away. What is missing on the way is made. */
export function withValue<T>(given: T, path: string, value: unknown): T {
  const [key = '', ...rest] = path.split('.');
  const inner = (old: unknown): unknown =>
    rest.length === 0 ? value : withValue(old, rest.join('.'), value);
  if (Array.isArray(given)) {
    return given.map((old, index) => (index === Number(key) ? inner(old) : old)) as T;
  }
  const record: Record<string, unknown> = isObject(given) ? given : {};
  const next = inner(Object.hasOwn(record, key) ? record[key] : undefined);
  if (next !== undefined) return { ...record, [key]: next } as T;
  const { [key]: _, ...others } = record;
  return others as T;
}

export function withWidget(draft: Draft, id: string, widget: DraftWidget): Draft {
  return { ...draft, widgets: { ...draft.widgets, [id]: widget } };
}

/** `ask`, or `ask-2` where that is taken. */
export function freeId(taken: Readonly<Record<string, unknown>>, base: string): string {
  if (!Object.hasOwn(taken, base)) return base;
  for (let number = 2; ; number++) {
    const id = `${base.slice(0, 60)}-${number}`;
    if (!Object.hasOwn(taken, id)) return id;
  }
}

/** Beside what leads to it, as far below as nothing else is. */
const STEP_X = 300;
const STEP_Y = 130;

function freePlace(layout: Readonly<Record<string, Place>>, near: Place | undefined): Place {
  const place = near ? { x: near.x + STEP_X, y: near.y } : { x: 0, y: 0 };
  const isTaken = (): boolean =>
    Object.values(layout).some(
      (one) => Math.abs(one.x - place.x) < STEP_X - 60 && Math.abs(one.y - place.y) < STEP_Y,
    );
  while (isTaken()) place.y += STEP_Y;
  return place;
}

/**
 * A new widget with the least it needs.
 * @param options.from the way out that is to lead to it
 * @param options.place where it was dropped; else beside what leads to it, or laid out
 */
export function addWidget(
  draft: Draft,
  type: string,
  options: { from?: Exit | undefined; place?: Place | undefined } = {},
): { draft: Draft; id: string } {
  const id = freeId(draft.widgets, ID_OF[type] ?? type);
  const widget: DraftWidget = { type, ...defaultsOf(type) };
  let next = withWidget(draft, id, widget);
  const { from, place } = options;
  if (from) next = connect(next, from, id);
  if (draft.layout || place) {
    const layout = draft.layout ?? {};
    const where = place ?? freePlace(layout, from && layout[from.widget]);
    next = { ...next, layout: { ...layout, [id]: { x: Math.round(where.x), y: Math.round(where.y) } } };
  }
  if (type === 'start' && !Object.hasOwn(draft.widgets, draft.start)) next = { ...next, start: id };
  return { draft: next, id };
}

/** Ids that say what a widget does are easier to read than its type. */
const ID_OF: Readonly<Record<string, string>> = {
  start: 'begin',
  'text-to-speech': 'say',
  prompt: 'play',
  gather: 'ask',
  'set-variable': 'set',
  'hang-up': 'bye',
};

/** @param to undefined: the call ends there */
export function connect(draft: Draft, { widget, field }: Exit, to: string | undefined): Draft {
  const given = draft.widgets[widget];
  if (!given) return draft;
  // A key of a menu stays when what it led to is gone: the check then asks where it leads.
  const isKey = field.startsWith('branches.');
  return withWidget(draft, widget, withValue(given, field, to ?? (isKey ? '' : undefined)));
}

/** Without some widgets, and with nothing that leads to them. */
export function removeWidgets(draft: Draft, ids: readonly string[]): Draft {
  const gone = new Set(ids);
  const kept = (record: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(record).filter(([id]) => !gone.has(id)));
  let next: Draft = { ...draft, widgets: kept(draft.widgets) as Record<string, DraftWidget> };
  if (draft.layout) next = { ...next, layout: kept(draft.layout) as Record<string, Place> };
  for (const [id, widget] of Object.entries(next.widgets)) {
    for (const { field, to } of exitsOf(widget)) {
      if (to !== undefined && gone.has(to)) next = connect(next, { widget: id, field }, undefined);
    }
  }
  return next;
}

/** Another id for a widget, wherever it is named. The draft itself where the id is taken or none. */
export function renameWidget(draft: Draft, from: string, to: string): Draft {
  if (from === to || to === '' || Object.hasOwn(draft.widgets, to)) return draft;
  const renamed = (id: string | undefined): string | undefined => (id === from ? to : id);
  const rekeyed = <V>(record: Readonly<Record<string, V>>): Record<string, V> =>
    Object.fromEntries(Object.entries(record).map(([id, value]) => [renamed(id) ?? id, value]));
  const widgets = rekeyed(draft.widgets);
  for (const [id, widget] of Object.entries(widgets)) widgets[id] = withTargets(widget, renamed);
  return {
    ...draft,
    start: renamed(draft.start) ?? '',
    widgets,
    ...(draft.layout && { layout: rekeyed(draft.layout) }),
  };
}

function withTargets(widget: DraftWidget, target: (to: string) => string | undefined): DraftWidget {
  let next = widget;
  for (const { field, to } of exitsOf(widget)) {
    if (to === undefined || to === '') continue;
    const wanted = target(to);
    if (wanted !== to)
      next = withValue(next, field, wanted ?? (field.startsWith('branches.') ? '' : undefined));
  }
  return next;
}

/** Widgets that were copied, by id, from this flow or another. */
export interface Copied {
  clarionWidgets: Record<string, DraftWidget>;
}

export const copyWidgets = (draft: Draft, ids: readonly string[]): Copied => ({
  clarionWidgets: Object.fromEntries(
    ids.flatMap((id) => (draft.widgets[id] ? [[id, draft.widgets[id]]] : [])),
  ) as Record<string, DraftWidget>,
});

/** @returns undefined where a text is no copied widgets */
export function readCopied(text: string): Copied | undefined {
  try {
    const given: unknown = JSON.parse(text);
    if (!isObject(given) || !isObject(given.clarionWidgets)) return undefined;
    const draft = readDraft({ start: '', widgets: given.clarionWidgets });
    return draft && { clarionWidgets: { ...draft.widgets } };
  } catch {
    return undefined;
  }
}

/** Copied widgets under free ids; ways among them lead to the copies, others where they led if that is here. */
export function paste(draft: Draft, { clarionWidgets }: Copied): { draft: Draft; ids: string[] } {
  const ids = new Map<string, string>();
  const taken: Record<string, unknown> = { ...draft.widgets };
  for (const id of Object.keys(clarionWidgets)) {
    const free = freeId(taken, id);
    taken[free] = true;
    ids.set(id, free);
  }
  let next = draft;
  for (const [id, widget] of Object.entries(clarionWidgets)) {
    const target = (to: string): string | undefined =>
      ids.get(to) ?? (Object.hasOwn(draft.widgets, to) ? to : undefined);
    const pasted = ids.get(id) ?? id;
    next = withWidget(next, pasted, withTargets(widget, target));
    if (draft.layout) {
      const layout = next.layout ?? {};
      next = { ...next, layout: { ...layout, [pasted]: freePlace(layout, layout[id]) } };
    }
  }
  return { draft: next, ids: [...ids.values()] };
}
