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

/** The part of the picture to show for the given elements: around them, at least `least` large; all of it without any. */
export function boundsToShow(layout: Layout, ids: readonly string[], least: { readonly width: number; readonly height: number }): Box {
  const wanted = ids.flatMap((id) => layout.boxes.get(id) ?? []);
  const boxes = wanted.length > 0 ? wanted : [...layout.boxes.values()];
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const width = Math.max(...boxes.map((box) => box.x + box.width)) - left;
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - top;
  const shown = { width: Math.max(width, least.width), height: Math.max(height, least.height) };
  return { x: left - (shown.width - width) / 2, y: top - (shown.height - height) / 2, ...shown };
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
