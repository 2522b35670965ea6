import { MarkerType } from '@xyflow/react';
import type { Text } from '../../i18n/use-text.ts';
import { stateKey } from '../../status/state.ts';
import type { ElementFlowNode, ElementNodeData } from './element-node.tsx';
import type { ElementState } from './element-states.ts';
import { elementLabel, elementName } from './element-words.ts';
import type { ProcessFlowEdge } from './flow-edge.tsx';
import type { GraphElement, ProcessGraph } from './process-graph.ts';
import { readingOrder, type Layout } from './read-layout.ts';

const shapes: Readonly<Record<string, ElementNodeData['shape']>> = { startEvent: 'event', endEvent: 'event', intermediateCatchEvent: 'event', intermediateThrowEvent: 'event', boundaryEvent: 'boundary', exclusiveGateway: 'gateway', parallelGateway: 'gateway' };

function shapeOf(graph: ProcessGraph, element: GraphElement): ElementNodeData['shape'] {
  if (element.type === 'subProcess') return graph.elements.some((each) => each.parentId === element.id) ? 'group' : 'task';
  return shapes[element.type] ?? 'task';
}

function depthOf(graph: ProcessGraph, element: GraphElement): number {
  const parent = element.parentId === undefined ? undefined : graph.byId.get(element.parentId);
  return parent === undefined ? 0 : 1 + depthOf(graph, parent);
}

/** Beside the shape: how long it has been active, or how often it was done. A done tick alone needs no words. */
function stateWords(state: ElementState | undefined, text: Text, nowMs: number): string {
  if (state === undefined || state.state === 'idle') return '';
  if (state.state === 'done') return state.completed > 1 ? `×${state.completed}` : '';
  const word = text.t(stateKey(state.state));
  return state.since === undefined ? word : `${word} ${text.duration(nowMs - Date.parse(state.since))}`;
}

/** The nodes of the canvas, containers before their content, named for screen readers. */
export function toFlowNodes(graph: ProcessGraph, layout: Layout, states: ReadonlyMap<string, ElementState>, text: Text, nowMs: number): ElementFlowNode[] {
  const positions = new Map(readingOrder(graph, layout).map((id, index) => [id, index + 1]));
  return [...graph.elements]
    .sort((a, b) => depthOf(graph, a) - depthOf(graph, b))
    .flatMap((element): ElementFlowNode[] => {
      const box = layout.boxes.get(element.id);
      if (box === undefined) return [];
      const state = states.get(element.id);
      return [
        {
          id: element.id,
          type: 'element',
          position: { x: box.x, y: box.y },
          width: box.width,
          height: box.height,
          zIndex: depthOf(graph, element) * 2 + (element.attachedTo === undefined ? 0 : 1),
          draggable: false,
          connectable: false,
          ariaLabel: elementLabel(element, positions.get(element.id) ?? 0, state, graph, text),
          data: { element, name: elementName(element, text), state: state?.state ?? 'idle', stateWords: stateWords(state, text, nowMs), isCollapsed: element.type === 'subProcess' && !graph.elements.some((each) => each.parentId === element.id), shape: shapeOf(graph, element) },
        },
      ];
    });
}

/** The edges of the canvas. */
export function toFlowEdges(graph: ProcessGraph, layout: Layout, taken: ReadonlySet<string>): ProcessFlowEdge[] {
  return graph.flows.map((flow) => {
    const way = layout.flows.get(flow.id);
    return { id: flow.id, type: 'flow', source: flow.source, target: flow.target, focusable: false, zIndex: 40, markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, markerUnits: 'userSpaceOnUse', color: taken.has(flow.id) ? 'var(--done)' : 'var(--line-strong)' }, data: { points: way?.points ?? [], label: way?.label, name: flow.name, taken: taken.has(flow.id) } };
  });
}
