import { MarkerType, Position, type EdgeMarker, type NodeHandle } from '@xyflow/react';
import type { Text } from '../../i18n/use-text.ts';
import { stateKey } from '../../status/state.ts';
import type { ElementFlowNode, ElementNodeData } from './element-node.tsx';
import type { ElementState } from './element-states.ts';
import { elementLabel, elementName, elementTitle, outerLabel } from './element-words.ts';
import type { ProcessFlowEdge } from './flow-edge.tsx';
import type { PlannedMoveEdge } from './move-edge.tsx';
import { bowBetween, drawnAs, type PictureOverlay } from './overlay.ts';
import { isContainer, type GraphElement } from './graph-element.ts';
import type { GraphFlow, ProcessGraph } from './process-graph.ts';
import { readingOrder, type Box, type Layout } from './read-layout.ts';

function shapeOf(graph: ProcessGraph, element: GraphElement): ElementNodeData['shape'] {
  if (element.type === 'boundaryEvent') return 'boundary';
  if (element.type.endsWith('Event')) return 'event';
  if (element.type.endsWith('Gateway')) return 'gateway';
  return isContainer(element) && graph.elements.some((each) => each.parentId === element.id) ? 'group' : 'task';
}

/** Containers lie below the flows in them, whatever their depth: those inside come later. */
const layers: Readonly<Record<ElementNodeData['shape'], number>> = { group: 0, task: 2, event: 2, gateway: 2, boundary: 3 };

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

/**
 * Where flows meet a box. Said here and not left to be measured: React Flow forgets what it measured whenever a node is
 * replaced, measures again only if it has drawn the node in between, and leaves out the flows of what it has not measured.
 */
function handlesOf({ width, height }: Box): NodeHandle[] {
  return [
    { type: 'target', position: Position.Left, x: 0, y: height / 2 },
    { type: 'source', position: Position.Right, x: width, y: height / 2 },
  ];
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
      const shape = shapeOf(graph, element);
      return [
        {
          id: element.id,
          type: 'element',
          position: { x: box.x, y: box.y },
          width: box.width,
          height: box.height,
          measured: { width: box.width, height: box.height },
          handles: handlesOf(box),
          zIndex: layers[shape],
          draggable: false,
          connectable: false,
          ariaLabel: elementLabel(element, positions.get(element.id) ?? 0, state, graph, text),
          data: { element, name: elementName(element, text), label: outerLabel(element, text), title: elementTitle(element, text), state: state?.state ?? 'idle', stateWords: stateWords(state, text, nowMs), isCollapsed: isContainer(element) && shape === 'task', shape },
        },
      ];
    });
}

function arrow(flow: GraphFlow, isTaken: boolean): EdgeMarker {
  return { type: flow.kind === 'compensation' ? MarkerType.Arrow : MarkerType.ArrowClosed, width: 16, height: 16, markerUnits: 'userSpaceOnUse', color: isTaken ? 'var(--done)' : 'var(--line-strong)' };
}

/** The edges of the canvas. */
export function toFlowEdges(graph: ProcessGraph, layout: Layout, taken: ReadonlySet<string>): ProcessFlowEdge[] {
  return graph.flows.map((flow) => {
    const way = layout.flows.get(flow.id);
    const isTaken = taken.has(flow.id);
    return { id: flow.id, type: 'flow', source: flow.source, target: flow.target, focusable: false, zIndex: isTaken ? 41 : 40, markerEnd: arrow(flow, isTaken), data: { points: way?.points ?? [], label: way?.label, name: flow.name, taken: isTaken, isDotted: flow.kind !== 'sequence' } };
  });
}

/** The nodes as they stand while an operator picks: each says whether it can be picked, and what is planned for it. */
export function withOverlay(nodes: readonly ElementFlowNode[], { marks, badges }: Pick<PictureOverlay, 'marks' | 'badges'>, text: Text): ElementFlowNode[] {
  return nodes.map((node) => {
    const mark = marks.get(node.id);
    const badge = badges.get(node.id);
    const words = [...(mark === undefined ? [] : [text.t(`operate.mark.${mark}`)]), ...(badge === undefined ? [] : [badge])];
    return { ...node, ariaRole: mark === undefined ? 'group' : 'button', ariaLabel: [node.ariaLabel ?? '', ...words].join(text.locale === 'zh-CN' ? '，' : ', '), data: { ...node.data, mark: mark ?? 'barred', badge: badge ?? '' } };
  });
}

/** The planned moves as edges over all others; what is not drawn is stood for by the sub-process around it. */
export function toMoveEdges(whole: ProcessGraph, layout: Layout, { arrows }: Pick<PictureOverlay, 'arrows'>): PlannedMoveEdge[] {
  return arrows.flatMap(({ from, to, label }, index): PlannedMoveEdge[] => {
    const [source, target] = [drawnAs(from, whole, layout), drawnAs(to, whole, layout)];
    const bow = source === undefined || target === undefined ? undefined : bowBetween(layout, source, target);
    if (source === undefined || target === undefined || bow === undefined) return [];
    const markerEnd: EdgeMarker = { type: MarkerType.ArrowClosed, width: 18, height: 18, markerUnits: 'userSpaceOnUse', color: 'var(--primary)' };
    return [{ id: `planned:${index}`, type: 'move', source, target, focusable: false, zIndex: 50, markerEnd, data: { ...bow, name: label } }];
  });
}
