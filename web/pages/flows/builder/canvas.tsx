/** The flow on a canvas: widgets to be moved, ways to be drawn, and keys for whoever uses no mouse. */
import '@xyflow/react/dist/style.css';
import { ActionIcon, useComputedColorScheme } from '@mantine/core';
import { ScreenFullIcon, ZoomInIcon, ZoomOutIcon } from '@primer/octicons-react';
import {
  applyNodeChanges,
  Background,
  type Connection,
  type Edge,
  MarkerType,
  type NodeChange,
  type OnConnectEnd,
  type OnReconnect,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FlowProblem } from '../../../../domain/flow/problem.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { widgetName } from '../../../strings/en/flow-widgets.ts';
import { useBuilder } from './context.ts';
import { connect, type Draft } from './draft.ts';
import { exitsOf } from './exits.ts';
import { firstView, heightOf, NODE_WIDTH, placesOf, readingOrder } from './layout.ts';
import { WidgetNode, type WidgetNodeType } from './widget-node.tsx';

const { canvas: t } = builder;
const NODE_TYPES = { widget: WidgetNode };
const EDGE_ID = (widget: string, field: string): string => `${widget} ${field}`;

function nodesOf(
  draft: Draft,
  problems: readonly FlowProblem[],
  selected: readonly string[],
  isReadOnly: boolean,
): WidgetNodeType[] {
  const places = placesOf(draft);
  return readingOrder(draft).flatMap((id): WidgetNodeType[] => {
    const widget = draft.widgets[id];
    if (!widget) return [];
    const own = problems.filter((one) => one.widget === id);
    const errors = own.filter(({ severity }) => severity === 'error').length;
    return [
      {
        id,
        type: 'widget',
        position: places.get(id) ?? { x: 0, y: 0 },
        selected: selected.includes(id),
        width: NODE_WIDTH,
        height: heightOf(widget),
        ariaLabel: t.widget(widgetName(widget.type), id, own.length),
        data: { widget, errors, warnings: own.length - errors, problem: own[0]?.message, isReadOnly },
      },
    ];
  });
}

const edgesOf = (draft: Draft, selected: string | undefined): Edge[] =>
  Object.entries(draft.widgets).flatMap(([id, widget]) =>
    exitsOf(widget)
      .filter(({ to }) => to !== undefined && Object.hasOwn(draft.widgets, to))
      .map(({ field, to = '' }) => ({
        id: EDGE_ID(id, field),
        source: id,
        sourceHandle: field,
        target: to,
        selected: EDGE_ID(id, field) === selected,
        focusable: false,
        markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
      })),
  );

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Drawing />
    </ReactFlowProvider>
  );
}

function Drawing() {
  const { draft, problems, selected, isReadOnly, edit, select, ask, remove, jump } = useBuilder();
  const scheme = useComputedColorScheme('light');
  const view = useReactFlow();
  const box = useRef<HTMLElement>(null);
  const [nodes, setNodes] = useState<WidgetNodeType[]>([]);
  const [edge, setEdge] = useState<string>();
  const reconnected = useRef(true);

  useEffect(() => {
    const wanted = nodesOf(draft, problems, selected, isReadOnly);
    setNodes((old) => {
      // What was measured of a widget is still true of it.
      const measured = new Map(old.map((node) => [node.id, node.measured]));
      return wanted.map((node) => {
        const size = measured.get(node.id);
        return size ? { ...node, measured: size } : node;
      });
    });
  }, [draft, problems, selected, isReadOnly]);
  const edges = useMemo(() => edgesOf(draft, edge), [draft, edge]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new jump moves the canvas.
  useEffect(() => {
    const place = jump && placesOf(draft).get(jump.id);
    if (!place) return;
    const { zoom } = view.getViewport();
    void view.setCenter(place.x + NODE_WIDTH / 2, place.y + 60, { zoom: Math.max(zoom, 0.6) });
  }, [jump]);

  const onNodesChange = useCallback(
    (changes: NodeChange<WidgetNodeType>[]) => {
      setNodes((old) => applyNodeChanges(changes, old));
      const chosen = new Map(
        changes.flatMap((one) => (one.type === 'select' ? [[one.id, one.selected] as const] : [])),
      );
      if (chosen.size === 0) return;
      setEdge(undefined);
      const ids = Object.keys(draft.widgets).filter((id) => chosen.get(id) ?? selected.includes(id));
      if (ids.join() !== selected.join()) select(ids);
    },
    [draft, selected, select],
  );
  const keepPlaces = (moved: readonly WidgetNodeType[]): void => {
    const places = new Map([...placesOf(draft), ...moved.map((node) => [node.id, node.position] as const)]);
    // The first one moved keeps all others where they are.
    const layout = Object.fromEntries(
      [...places].map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]),
    );
    edit({ ...draft, layout });
  };
  const onConnect = ({ source, sourceHandle, target }: Connection): void => {
    if (sourceHandle) edit(connect(draft, { widget: source, field: sourceHandle }, target));
  };
  const onConnectEnd: OnConnectEnd = (event, { isValid, fromHandle, fromNode }) => {
    if (isValid || fromHandle?.type !== 'source' || !fromNode || !fromHandle.id || isReadOnly) return;
    const point = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (!point || (event.target as Element | null)?.closest('.react-flow__node')) return;
    const { x, y } = view.screenToFlowPosition({ x: point.clientX, y: point.clientY });
    const from = { widget: fromNode.id, field: fromHandle.id };
    // Dropped where nothing is: something new is wanted there. Places count only where places are kept.
    ask({ from, ...(draft.layout && { place: { x, y: y - 30 } }) });
  };
  const onReconnect: OnReconnect = (old, { source, sourceHandle, target }) => {
    reconnected.current = true;
    if (!sourceHandle || !old.sourceHandle) return;
    const without = connect(draft, { widget: old.source, field: old.sourceHandle }, undefined);
    edit(connect(without, { widget: source, field: sourceHandle }, target));
  };
  const disconnect = (id: string | undefined): void => {
    const found = edges.find((one) => one.id === id);
    if (found?.sourceHandle)
      edit(connect(draft, { widget: found.source, field: found.sourceHandle }, undefined));
    setEdge(undefined);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (edge !== undefined && /^(Delete|Backspace)$/.test(event.key) && !isReadOnly) {
      disconnect(edge);
      return;
    }
    const id = (event.target as Element).closest<HTMLElement>('.react-flow__node')?.dataset.id;
    if (id === undefined) return;
    const to = neighbour(draft, id, event.key);
    if (to !== undefined) {
      box.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(to)}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') select([id]);
    else if (isReadOnly) return;
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      remove(selected.includes(id) ? selected : [id]);
      box.current?.focus();
    } else if (event.key === 'a' || event.key === 'A') {
      const free = exitsOf(draft.widgets[id] ?? { type: '' }).find((exit) => !exit.to);
      ask(free ? { from: { widget: id, field: free.field } } : {});
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className="builder-canvas" ref={box} tabIndex={-1} aria-label={t.label} onKeyDown={onKeyDown}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={scheme}
        onNodesChange={onNodesChange}
        onNodeDragStop={(_, __, moved) => keepPlaces(moved)}
        onEdgeClick={(_, { id }) => setEdge(id)}
        onPaneClick={() => setEdge(undefined)}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        onReconnectStart={() => {
          reconnected.current = false;
        }}
        onReconnect={onReconnect}
        onReconnectEnd={(_, old) => {
          if (!reconnected.current && !isReadOnly) disconnect(old.id);
          reconnected.current = true;
        }}
        nodesDraggable={!isReadOnly}
        nodesConnectable={!isReadOnly}
        edgesReconnectable={!isReadOnly}
        deleteKeyCode={null}
        disableKeyboardA11y
        onlyRenderVisibleElements={Object.keys(draft.widgets).length > 150}
        onInit={({ setViewport }) => {
          const { clientWidth: width = 0, clientHeight: height = 0 } = box.current ?? {};
          void setViewport(firstView(draft, { width, height }));
        }}
        minZoom={0.1}
        maxZoom={1.6}
      >
        <Background gap={20} />
        <Panel position="bottom-left" className="builder-zoom">
          <ActionIcon
            variant="default"
            aria-label={t.zoomIn}
            title={t.zoomIn}
            onClick={() => void view.zoomIn()}
          >
            <ZoomInIcon size={14} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label={t.zoomOut}
            title={t.zoomOut}
            onClick={() => void view.zoomOut()}
          >
            <ZoomOutIcon size={14} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label={t.fit}
            title={t.fit}
            onClick={() => void view.fitView({ maxZoom: 1, padding: 0.1 })}
          >
            <ScreenFullIcon size={14} />
          </ActionIcon>
        </Panel>
      </ReactFlow>
    </section>
  );
}

/** Where an arrow key leads from a widget: along the first way out, back, or to the next in reading order. */
function neighbour(draft: Draft, id: string, key: string): string | undefined {
  const order = readingOrder(draft);
  const at = order.indexOf(id);
  if (key === 'ArrowDown') return order[at + 1];
  if (key === 'ArrowUp') return order[at - 1];
  if (key === 'ArrowRight') {
    return exitsOf(draft.widgets[id] ?? { type: '' }).find(({ to }) => to && Object.hasOwn(draft.widgets, to))
      ?.to;
  }
  if (key === 'ArrowLeft') {
    return order.find((other) => exitsOf(draft.widgets[other] ?? { type: '' }).some(({ to }) => to === id));
  }
  return undefined;
}
