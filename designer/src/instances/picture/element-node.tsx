import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import type { ReactNode } from 'react';
import { StateShape } from '../../status/state-mark.tsx';
import type { State } from '../../status/state.ts';
import { ElementIcon } from './element-icon.tsx';
import type { GraphElement } from './process-graph.ts';

export interface ElementNodeData extends Record<string, unknown> {
  readonly element: GraphElement;
  readonly name: string;
  readonly state: State;
  /** The word of the state, with how long or how often; empty when there is nothing to say. */
  readonly stateWords: string;
  /** A sub-process whose content is not shown. */
  readonly isCollapsed: boolean;
  readonly shape: 'task' | 'event' | 'gateway' | 'group' | 'boundary';
}

export type ElementFlowNode = Node<ElementNodeData, 'element'>;

const hiddenHandle = { opacity: 0, pointerEvents: 'none' } as const;

/** One element on the canvas: plain boxes, no component library, so that a thousand stay quick. */
export function ElementNode({ data }: NodeProps<ElementFlowNode>): ReactNode {
  const { element, name, state, stateWords, shape, isCollapsed } = data;
  const isTask = shape === 'task' || shape === 'group';
  return (
    <div className={`el el-${shape} el-${state}`} data-element={element.id} data-state={state} data-type={element.type}>
      <Handle type="target" position={Position.Left} style={hiddenHandle} isConnectable={false} />
      <div className={element.interrupts === false ? 'el-shape el-dashed' : 'el-shape'}>
        {shape === 'group' ? null : <ElementIcon element={element} size={shape === 'boundary' ? 13 : 16} />}
        {isTask ? <span className="el-name">{name}</span> : null}
        {isCollapsed ? <span className="el-collapsed" aria-hidden="true">＋</span> : null}
        {element.isMultiple ? <span className="el-multiple" aria-hidden="true" /> : null}
      </div>
      {isTask || element.name === '' ? null : <span className="el-label">{element.name}</span>}
      {state === 'idle' ? null : (
        <span className={`el-state state-${state}`}>
          <StateShape state={state} size={isTask ? 16 : 14} />
          {stateWords === '' ? null : <span>{stateWords}</span>}
        </span>
      )}
      <Handle type="source" position={Position.Right} style={hiddenHandle} isConnectable={false} />
    </div>
  );
}
