import { BaseEdge, EdgeLabelRenderer, type Edge, type EdgeProps } from '@xyflow/react';
import type { ReactNode } from 'react';
import { pathThrough, type Box, type Point } from './read-layout.ts';

export interface FlowEdgeData extends Record<string, unknown> {
  readonly points: readonly Point[];
  readonly label: Box | undefined;
  readonly name: string;
  readonly taken: boolean;
  /** A jump by link, or the way to what undoes an activity. */
  readonly isDotted: boolean;
  /** In a model that was checked: there is a finding about it. */
  readonly isMarked?: boolean;
}

export type ProcessFlowEdge = Edge<FlowEdgeData, 'flow'>;

/** A flow along the way that the layout gave it. */
export function FlowEdge({ id, data, markerEnd }: EdgeProps<ProcessFlowEdge>): ReactNode {
  if (data === undefined) return null;
  const { points, label, name, taken, isDotted, isMarked = false } = data;
  return (
    <>
      <BaseEdge id={id} path={pathThrough(points)} className={`flow${taken ? ' flow-taken' : ''}${isDotted ? ' flow-dotted' : ''}${isMarked ? ' flow-marked' : ''}`} {...(markerEnd === undefined ? {} : { markerEnd })} />
      {name === '' || label === undefined ? null : (
        <EdgeLabelRenderer>
          <span className="flow-label" style={{ transform: `translate(${label.x}px, ${label.y}px)`, width: label.width }}>
            {name}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
