import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import type { ReactNode } from 'react';
import { StateShape } from '../../status/state-mark.tsx';
import type { State } from '../../status/state.ts';
import { ActivityMarkers } from './activity-markers.tsx';
import { ElementIcon } from './element-icon.tsx';
import { EventShape } from './event-shape.tsx';
import { GatewayShape } from './gateway-shape.tsx';
import type { GraphElement } from './graph-element.ts';
import type { OverlayMark } from './overlay.ts';

export interface ElementNodeData extends Record<string, unknown> {
  readonly element: GraphElement;
  readonly name: string;
  /** Beside an event or gateway: its name, else what it does where the sign alone does not say it. */
  readonly label: string;
  /** What it is, with the standard's own name. */
  readonly title: string;
  readonly state: State;
  /** The word of the state, with how long or how often; empty when there is nothing to say. */
  readonly stateWords: string;
  /** A sub-process whose content is not shown. */
  readonly isCollapsed: boolean;
  /** While an operator picks: how it stands there. */
  readonly mark?: OverlayMark | 'barred';
  readonly badge?: string;
  /** In a model that was checked: the strongest finding about it, and whether it is the one looked at. */
  readonly finding?: 'error' | 'warning';
  readonly isLookedAt?: boolean;
  readonly shape: 'task' | 'event' | 'gateway' | 'group' | 'boundary';
}

export type ElementFlowNode = Node<ElementNodeData, 'element'>;

const hiddenHandle = { opacity: 0, pointerEvents: 'none' } as const;

function Activity({ element, name, isCollapsed, shape }: Pick<ElementNodeData, 'element' | 'name' | 'isCollapsed' | 'shape'>): ReactNode {
  return (
    <div className="el-shape">
      {shape === 'group' && element.isEventSubProcess !== true ? null : <ElementIcon element={element} />}
      <span className="el-name">{name}</span>
      <ActivityMarkers markers={element.markers} isCollapsed={isCollapsed} />
    </div>
  );
}

/** One element on the canvas: plain boxes, no component library, so that a thousand stay quick. */
export function ElementNode({ data }: NodeProps<ElementFlowNode>): ReactNode {
  const { element, name, label, title, state, stateWords, shape, isCollapsed, mark, badge = '', finding, isLookedAt } = data;
  const isActivity = shape === 'task' || shape === 'group';
  const hasMarkers = element.markers.length > 0 || isCollapsed;
  return (
    <div className={`el el-${shape} el-${state}${hasMarkers ? ' el-marked' : ''}`} data-element={element.id} data-state={state} data-type={element.type} data-mark={mark} data-finding={finding} data-looked-at={isLookedAt} data-event-sub-process={element.isEventSubProcess} title={title}>
      <Handle type="target" position={Position.Left} style={hiddenHandle} isConnectable={false} />
      {isActivity ? <Activity element={element} name={name} isCollapsed={isCollapsed} shape={shape} /> : shape === 'gateway' ? <GatewayShape element={element} /> : <EventShape element={element} />}
      {isActivity || label === '' ? null : <span className="el-label">{label}</span>}
      {state === 'idle' ? null : (
        <span className={`el-state state-${state}`}>
          <StateShape state={state} size={isActivity ? 16 : 14} />
          {stateWords === '' ? null : <span>{stateWords}</span>}
        </span>
      )}
      {badge === '' ? null : <span className="el-badge">{badge}</span>}
      <Handle type="source" position={Position.Right} style={hiddenHandle} isConnectable={false} />
    </div>
  );
}
