import { BaseEdge, EdgeLabelRenderer, type Edge, type EdgeProps } from '@xyflow/react';
import type { ReactNode } from 'react';
import type { Point } from './read-layout.ts';

export interface MoveEdgeData extends Record<string, unknown> {
  readonly path: string;
  readonly label: Point;
  readonly name: string;
}

export type PlannedMoveEdge = Edge<MoveEdgeData, 'move'>;

/** A planned move over the picture, with the number that it has in the list. */
export function MoveEdge({ id, data, markerEnd }: EdgeProps<PlannedMoveEdge>): ReactNode {
  if (data === undefined) return null;
  const { path, label, name } = data;
  return (
    <>
      <BaseEdge id={id} path={path} className="planned-move" {...(markerEnd === undefined ? {} : { markerEnd })} />
      <EdgeLabelRenderer>
        <span className="planned-number" style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}>
          {name}
        </span>
      </EdgeLabelRenderer>
    </>
  );
}
