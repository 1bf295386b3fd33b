/** Where the canvas shows widgets: where somebody put them, else in layers from the left, as the call goes. */
import { Graph, layout } from '@dagrejs/dagre';
import type { Draft, DraftWidget, Place } from './draft.ts';
import { exitsOf } from './exits.ts';

export const NODE_WIDTH = 204;
const HEAD_HEIGHT = 48;
const EXIT_HEIGHT = 22;

/** As `builder.css` has it. */
export const heightOf = (widget: DraftWidget): number =>
  HEAD_HEIGHT + EXIT_HEIGHT * exitsOf(widget).length + 6;

/** Every widget's upper left corner. */
export function placesOf(draft: Draft): Map<string, Place> {
  const ids = Object.keys(draft.widgets);
  const kept = draft.layout ?? {};
  if (ids.every((id) => Object.hasOwn(kept, id))) {
    return new Map(ids.map((id) => [id, kept[id] ?? { x: 0, y: 0 }]));
  }
  const laidOut = laid(draft);
  return new Map(
    ids.map((id) => [id, (Object.hasOwn(kept, id) ? kept[id] : laidOut.get(id)) ?? { x: 0, y: 0 }]),
  );
}

/** The last one: typing changes texts, not what leads where, and large flows take long to lay out. */
let last: { shape: string; places: Map<string, Place> } | undefined;

function laid(draft: Draft): Map<string, Place> {
  const shape = JSON.stringify([
    draft.start,
    Object.entries(draft.widgets).map(([id, widget]) => [id, exitsOf(widget).map(({ to }) => to ?? null)]),
  ]);
  if (last?.shape !== shape) last = { shape, places: computed(draft) };
  return last.places;
}

function computed(draft: Draft): Map<string, Place> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 64 });
  graph.setDefaultEdgeLabel(() => ({}));
  // The start first: layers begin with it.
  const ids = Object.keys(draft.widgets).sort(
    (one, other) => Number(other === draft.start) - Number(one === draft.start),
  );
  for (const id of ids) {
    const widget = draft.widgets[id];
    if (widget) graph.setNode(id, { width: NODE_WIDTH, height: heightOf(widget) });
  }
  for (const id of ids) {
    const widget = draft.widgets[id];
    for (const { field, to } of widget ? exitsOf(widget) : []) {
      // A widget that leads to itself is as wide as it is.
      if (to !== undefined && to !== id && graph.hasNode(to)) graph.setEdge(id, to, {}, field);
    }
  }
  layout(graph);
  return new Map(
    ids.map((id) => {
      const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) ?? {};
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }];
    }),
  );
}

/** Of the whole flow. */
function boundsOf(draft: Draft): { x: number; y: number; width: number; height: number } {
  const places = [...placesOf(draft)];
  const left = Math.min(...places.map(([, { x }]) => x));
  const top = Math.min(...places.map(([, { y }]) => y));
  const right = Math.max(...places.map(([, { x }]) => x + NODE_WIDTH));
  const ends = places.map(([id, { y }]) => y + heightOf(draft.widgets[id] ?? { type: '' }));
  return { x: left, y: top, width: right - left, height: Math.max(...ends) - top };
}

/** Smaller than this nothing can be read. */
const LEAST_ZOOM = 0.75;
const MARGIN = 28;

/** What a canvas of a size shows first: everything if it can be read then, else where calls begin. */
export function firstView(draft: Draft, size: { width: number; height: number }) {
  if (Object.keys(draft.widgets).length === 0) return { x: MARGIN, y: MARGIN, zoom: 1 };
  const bounds = boundsOf(draft);
  const fitting = Math.min(
    (size.width - 2 * MARGIN) / bounds.width,
    (size.height - 2 * MARGIN) / bounds.height,
  );
  const zoom = Math.min(1, Math.max(LEAST_ZOOM, fitting));
  const start = placesOf(draft).get(draft.start) ?? bounds;
  const isWide = bounds.width * zoom > size.width - MARGIN;
  const isHigh = bounds.height * zoom > size.height - MARGIN;
  return {
    x: isWide ? MARGIN - start.x * zoom : (size.width - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: isHigh ? size.height / 2 - start.y * zoom : (size.height - bounds.height * zoom) / 2 - bounds.y * zoom,
    zoom,
  };
}

/** The widgets in the order a call may come to them, those it cannot come to last: for lists, and for the Tab key. */
export function readingOrder(draft: Draft): string[] {
  const seen = new Set<string>();
  const open = [draft.start];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    const widget = Object.hasOwn(draft.widgets, id) ? draft.widgets[id] : undefined;
    if (!widget || seen.has(id)) continue;
    seen.add(id);
    open.unshift(...exitsOf(widget).flatMap(({ to }) => (to ? [to] : [])));
  }
  return [...seen, ...Object.keys(draft.widgets).filter((id) => !seen.has(id))];
}
