import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { isContainer, type GraphElement } from './graph-element.ts';
import type { GraphFlow, ProcessGraph } from './process-graph.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const taskSize: Size = { width: 156, height: 60 };
const eventSize: Size = { width: 34, height: 34 };
const gatewaySize: Size = { width: 42, height: 42 };
export const boundarySize: Size = { width: 26, height: 26 };

/** The drawn size of an element; a sub-process grows around its content. */
export function sizeOf(type: GraphElement['type']): Size {
  if (type === 'boundaryEvent') return boundarySize;
  if (type.endsWith('Event')) return eventSize;
  return type.endsWith('Gateway') ? gatewaySize : taskSize;
}

const labelFontPx = 12;
const widestLabelPx = 112;
/** Room for each boundary event with its label on the border of its activity. */
const boundaryRoomPx = 96;
/** Room for the name of a sub-process over little content. */
const smallestGroupPx = 180;

/** About how much room a label takes: a Chinese character is as wide as it is high, a Latin one half as much. */
export function labelSize(text: string): Size {
  const px = [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 0x2e7f ? labelFontPx : labelFontPx * 0.56), 0);
  const lines = Math.max(1, Math.ceil(px / widestLabelPx));
  return { width: Math.ceil(Math.min(px, widestLabelPx)) + 4, height: lines * 16 };
}

/** Each sub-process is laid out by itself: in BPMN no sequence flow crosses its border (BPMN 2.0.2 §10.3.5). */
const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.edgeCoords': 'ROOT',
  // Flows of one side meet in one point, as at the corner of a diamond.
  'elk.layered.mergeEdges': 'true',
  // Only what leads back to an earlier step runs to the left: turning round as few flows as can be would put the start in the middle.
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.spacing.nodeNodeBetweenLayers': '38',
  'elk.spacing.nodeNode': '36',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.portPort': '66',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
};

function labelsOf(text: string): { readonly labels: { text: string; width: number; height: number }[] } | Record<string, never> {
  return text === '' ? {} : { labels: [{ text, ...labelSize(text) }] };
}

function widened(size: Size, boundaries: number): Size {
  return { ...size, width: Math.max(size.width, boundaries * boundaryRoomPx) };
}

/** What stands beside an event or gateway. */
export type OuterLabel = (element: GraphElement) => string;

const ownName: OuterLabel = ({ name }) => name;

function nodeOf(graph: ProcessGraph, element: GraphElement, labelOf: OuterLabel): ElkNode {
  const boundaries = graph.elements.filter((each) => each.attachedTo === element.id);
  const isGroup = isContainer(element) && graph.elements.some((each) => each.parentId === element.id);
  const hasOuterLabel = !isGroup && sizeOf(element.type) !== taskSize;
  return {
    id: element.id,
    ...(isGroup ? {} : widened(sizeOf(element.type), boundaries.length)),
    ...(hasOuterLabel ? labelsOf(labelOf(element)) : {}),
    ...(boundaries.length === 0 ? {} : { ports: boundaries.map((boundary) => ({ id: boundary.id, ...boundarySize, ...labelsOf(labelOf(boundary)), layoutOptions: { 'elk.port.side': 'SOUTH', 'elk.port.borderOffset': String(-boundarySize.height / 2) } })) }),
    ...(isGroup ? { children: childrenOf(graph, element.id, labelOf), edges: edgesOf(graph, element.id) } : {}),
    layoutOptions: {
      ...(isGroup ? { ...options, 'elk.padding': '[top=44,left=20,bottom=28,right=20]', 'elk.nodeSize.constraints': 'MINIMUM_SIZE', 'elk.nodeSize.minimum': `(${Math.max(smallestGroupPx, boundaries.length * boundaryRoomPx)}, 80)` } : {}),
      ...(boundaries.length === 0 ? {} : { 'elk.portConstraints': 'FIXED_SIDE', 'elk.portAlignment.south': 'DISTRIBUTED', 'elk.portLabels.placement': '[OUTSIDE]' }),
      ...(hasOuterLabel ? { 'elk.nodeLabels.placement': '[OUTSIDE, V_BOTTOM, H_CENTER]' } : {}),
    },
  };
}

function childrenOf(graph: ProcessGraph, parentId: string | undefined, labelOf: OuterLabel): ElkNode[] {
  return graph.elements.filter((element) => element.parentId === parentId && element.attachedTo === undefined).map((element) => nodeOf(graph, element, labelOf));
}

function edgesOf(graph: ProcessGraph, parentId: string | undefined): ElkExtendedEdge[] {
  return graph.flows.filter((flow: GraphFlow) => flow.parentId === parentId).map((flow) => ({ id: flow.id, sources: [flow.source], targets: [flow.target], ...labelsOf(flow.name) }));
}

/** The layout question for elk: layered, left to right, sub-processes as containers, boundary events as ports. */
export function toElkGraph(graph: ProcessGraph, labelOf: OuterLabel = ownName): ElkNode {
  return { id: '@process', layoutOptions: options, children: childrenOf(graph, undefined, labelOf), edges: edgesOf(graph, undefined) };
}
