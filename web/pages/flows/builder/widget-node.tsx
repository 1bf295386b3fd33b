/** A widget on the canvas: what it is, what it does, and each way out with a handle to connect it by. */
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { exitName, untargeted, widgetName } from '../../../strings/en/flow-widgets.ts';
import type { DraftWidget } from './draft.ts';
import { exitsOf } from './exits.ts';
import { summaryOf } from './summary.ts';

export interface NodeData extends Record<string, unknown> {
  widget: DraftWidget;
  errors: number;
  warnings: number;
  /** Of the first problem, for whoever hovers. */
  problem: string | undefined;
  isReadOnly: boolean;
}
export type WidgetNodeType = Node<NodeData, 'widget'>;

function WidgetNodeView({ id, data, selected }: NodeProps<WidgetNodeType>) {
  const { widget, errors, warnings } = data;
  const severity = errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'none';
  return (
    <div className="flow-node" data-severity={severity} data-selected={selected} title={data.problem}>
      {widget.type !== 'start' && (
        <Handle type="target" position={Position.Left} isConnectable={!data.isReadOnly} className="in" />
      )}
      <div className="head">
        <b>{widgetName(widget.type)}</b> <code>{id}</code>
        {errors + warnings > 0 && <span className="count">{errors + warnings}</span>}
      </div>
      <div className="what">{summaryOf(widget)}</div>
      {exitsOf(widget).map(({ field, to }) => (
        <div className="exit" key={field}>
          <span>{exitName(field)}</span>
          {!to && <i>{untargeted(field)}</i>}
          <Handle id={field} type="source" position={Position.Right} isConnectable={!data.isReadOnly} />
        </div>
      ))}
    </div>
  );
}

export const WidgetNode = memo(WidgetNodeView);
