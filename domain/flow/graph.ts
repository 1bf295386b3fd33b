/** A flow seen as a graph: which widgets can follow which. Plain walks, each linear in widgets and edges. */
import { kindOf, type Widget } from './registry.ts';
import type { FlowDefinition } from './schema.ts';

export interface FlowGraph {
  /** Existing targets of each widget's edges. */
  next: Map<string, string[]>;
  previous: Map<string, string[]>;
  /** Widgets where a call may end, or where it waits for the person. */
  resting: string[];
}

export function flowGraph(definition: FlowDefinition): FlowGraph {
  const ids = Object.keys(definition.widgets);
  const graph: FlowGraph = {
    next: new Map(ids.map((id) => [id, []])),
    previous: new Map(ids.map((id) => [id, []])),
    resting: [],
  };
  for (const [id, widget] of Object.entries(definition.widgets)) {
    let rests = kindOf(widget).waitsForPerson;
    for (const { to } of kindOf(widget).edges(widget)) {
      // An edge that leads nowhere ends the call, as one that is not there does.
      if (to === undefined || !graph.next.has(to)) rests = true;
      else {
        graph.next.get(id)?.push(to);
        graph.previous.get(to)?.push(id);
      }
    }
    if (rests) graph.resting.push(id);
  }
  return graph;
}

/** `from` and everything that can be come to from there, along the given direction. */
export function reached(from: Iterable<string>, along: Map<string, string[]>): Set<string> {
  const seen = new Set<string>();
  const open = [...from].filter((id) => along.has(id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(along.get(id) ?? []));
  }
  return seen;
}

/** Widgets that may have been passed through once `setters` were: everything after any of them. */
export const after = (setters: Iterable<string>, graph: FlowGraph): Set<string> =>
  reached(
    [...setters].flatMap((id) => graph.next.get(id) ?? []),
    graph.next,
  );

/** The widgets with their ids, in the order they are written. */
export const widgetsOf = (definition: FlowDefinition): [string, Widget][] =>
  Object.entries(definition.widgets);
