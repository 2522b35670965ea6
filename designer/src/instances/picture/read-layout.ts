import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { sizeOf } from './elk-graph.ts';
import type { ProcessGraph } from './process-graph.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where everything stands, in coordinates of the whole picture. */
export interface Layout {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly flows: ReadonlyMap<string, { readonly points: readonly Point[]; readonly label?: Box }>;
}

/** Reads elk's answer. Fails: an element without a place, which would silently miss from the picture. */
export function readLayout(graph: ProcessGraph, root: ElkNode): Layout {
  const boxes = new Map<string, Box>();
  const flows = new Map<string, { readonly points: readonly Point[]; readonly label?: Box }>();
  const visit = (node: ElkNode, origin: Point): void => {
    for (const child of node.children ?? []) {
      const at = { x: origin.x + (child.x ?? 0), y: origin.y + (child.y ?? 0) };
      boxes.set(child.id, { ...at, width: child.width ?? 0, height: child.height ?? 0 });
      for (const port of child.ports ?? []) boxes.set(port.id, { x: at.x + (port.x ?? 0), y: at.y + (port.y ?? 0), ...sizeOf('boundaryEvent') });
      visit(child, at);
    }
    for (const edge of node.edges ?? []) {
      const points = (edge.sections ?? []).flatMap((section) => [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]);
      const [label] = edge.labels ?? [];
      flows.set(edge.id, { points, ...(label?.x === undefined || label.y === undefined ? {} : { label: { x: label.x, y: label.y, width: label.width ?? 0, height: label.height ?? 0 } }) });
    }
  };
  visit(root, { x: 0, y: 0 });
  const missing = graph.elements.find((element) => !boxes.has(element.id));
  if (missing !== undefined) throw new Error(`Expected a place for every element, but ${missing.id} has none`);
  return { boxes, flows };
}

function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  return { x: left, y: top, width: Math.max(...boxes.map((box) => box.x + box.width)) - left, height: Math.max(...boxes.map((box) => box.y + box.height)) - top };
}

/** Where a stretch of `length` around the middle of a part begins, without leaving the whole while that is longer. */
function beginAround(from: number, partLength: number, length: number, wholeFrom: number, wholeLength: number): number {
  if (length >= wholeLength) return wholeFrom - (length - wholeLength) / 2;
  return Math.min(Math.max(from - (length - partLength) / 2, wholeFrom), wholeFrom + wholeLength - length);
}

/** The part of the picture to show for the given elements: around them, at least `least` large; all of it without any. */
export function boundsToShow(layout: Layout, ids: readonly string[], least: { readonly width: number; readonly height: number }): Box {
  const whole = around([...layout.boxes.values()]);
  const wanted = ids.flatMap((id) => layout.boxes.get(id) ?? []);
  const part = wanted.length > 0 ? around(wanted) : whole;
  const width = Math.max(part.width, least.width);
  const height = Math.max(part.height, least.height);
  return { x: beginAround(part.x, part.width, width, whole.x, whole.width), y: beginAround(part.y, part.height, height, whole.y, whole.height), width, height };
}

const cornerPx = 6;

/** An SVG path along the points, with small round corners. */
export function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  return rest.reduce((path, point, index) => {
    const before = points[index];
    const after = rest[index + 1];
    if (before === undefined || after === undefined) return `${path} L${point.x} ${point.y}`;
    const from = towards(point, before);
    const to = towards(point, after);
    return `${path} L${from.x} ${from.y} Q${point.x} ${point.y} ${to.x} ${to.y}`;
  }, `M${first.x} ${first.y}`);
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return from;
  const share = Math.min(cornerPx, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** Elements from left to right, top to bottom within a column: the order in which a person reads the picture. */
export function readingOrder(graph: ProcessGraph, layout: Layout): readonly string[] {
  const columnPx = 60;
  return graph.elements
    .map((element, index) => ({ id: element.id, index, box: layout.boxes.get(element.id) ?? { x: 0, y: 0 } }))
    .sort((a, b) => Math.floor(a.box.x / columnPx) - Math.floor(b.box.x / columnPx) || a.box.y - b.box.y || a.index - b.index)
    .map(({ id }) => id);
}
