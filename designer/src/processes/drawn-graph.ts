import type { Drawing, DrawnElement, DrawnFlow } from '#bpmn';
import { knownType, type GraphElement } from '../instances/picture/graph-element.ts';
import type { GraphFlow, ProcessGraph } from '../instances/picture/process-graph.ts';
import type { Box, Layout, Point } from '../instances/picture/read-layout.ts';

/** What is drawn where the file says so, and what needs a layout of ours. */
export interface DrawnGraph {
  /** Everything, also what is inside a sub-process that the diagram shows closed. */
  readonly whole: ProcessGraph;
  /** What has a place, with its places. */
  readonly placed: { readonly graph: ProcessGraph; readonly layout: Layout };
  readonly unplaced: ProcessGraph;
}

/** Reads the drawing of a file, as the gateway sends it. */
export function readDrawnGraph({ elements, flows, placed }: Drawing): DrawnGraph {
  const boxes = new Map(elements.flatMap(({ id, bounds }) => (bounds === undefined ? [] : [[id, bounds] as const])));
  const graphOf = (which: (element: DrawnElement) => boolean): ProcessGraph => {
    const chosen = elements.filter(which);
    const ids = new Set(chosen.map(({ id }) => id));
    return graphFrom(chosen.map(elementFrom), flows.filter(({ source, target }) => ids.has(source) && ids.has(target)).map(flowFrom));
  };
  const inPlace = graphOf(({ processId, isHidden }) => placed.includes(processId) && !isHidden);
  const ways = new Map(flows.map(({ id, source, target, waypoints }) => [id, { points: waypoints ?? straight(boxes.get(source), boxes.get(target)) }]));
  return { whole: graphOf(() => true), placed: { graph: inPlace, layout: { boxes: new Map(inPlace.elements.flatMap(({ id }) => keyed(id, boxes.get(id)))), flows: new Map(inPlace.flows.flatMap(({ id }) => keyed(id, ways.get(id)))) } }, unplaced: graphOf(({ processId }) => !placed.includes(processId)) };
}

const betweenPx = 80;

/** Both layouts as one: what the file does not place stands below what it does. */
export function joinLayouts(placed: Layout, made: Layout): Layout {
  if (placed.boxes.size === 0) return made;
  const left = Math.min(...[...placed.boxes.values()].map(({ x }) => x));
  const bottom = Math.max(...[...placed.boxes.values()].map(({ y, height }) => y + height));
  const shift = <Place extends Point>(place: Place): Place => ({ ...place, x: place.x + left, y: place.y + bottom + betweenPx });
  return {
    boxes: new Map([...placed.boxes, ...[...made.boxes].map(([id, box]) => [id, shift(box)] as const)]),
    flows: new Map([...placed.flows, ...[...made.flows].map(([id, { points, label }]) => [id, { points: points.map(shift), ...(label === undefined ? {} : { label: shift(label) }) }] as const)]),
  };
}

/** Both graphs as one. */
export function joinGraphs(first: ProcessGraph, second: ProcessGraph): ProcessGraph {
  return graphFrom([...first.elements, ...second.elements], [...first.flows, ...second.flows]);
}

function graphFrom(elements: readonly GraphElement[], flows: readonly GraphFlow[]): ProcessGraph {
  return { elements, flows, byId: new Map(elements.map((element) => [element.id, element])) };
}

function elementFrom({ processId: _processId, bounds: _bounds, isClosed: _isClosed, isHidden: _isHidden, type, ...element }: DrawnElement): GraphElement {
  return { ...element, type: knownType(type), candidateRoles: [] };
}

function flowFrom({ id, source, target, name, parentId, isDefault }: DrawnFlow): GraphFlow {
  return { id, kind: 'sequence', source, target, name, isDefault, ...(parentId === undefined ? {} : { parentId }) };
}

function straight(from: Box | undefined, to: Box | undefined): readonly Point[] {
  return from === undefined || to === undefined ? [] : [{ x: from.x + from.width, y: from.y + from.height / 2 }, { x: to.x, y: to.y + to.height / 2 }];
}

function keyed<Value>(id: string, value: Value | undefined): (readonly [string, Value])[] {
  return value === undefined ? [] : [[id, value]];
}
