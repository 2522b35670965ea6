import type { FlowElement, SequenceFlow } from '../../definition/index.ts';

/** A rectangle in the diagram's points. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Layout {
  readonly bounds: ReadonlyMap<string, Bounds>;
  readonly waypoints: ReadonlyMap<string, readonly Point[]>;
}
interface Container {
  readonly flowElements: readonly FlowElement[];
  readonly sequenceFlows: readonly SequenceFlow[];
}

const gap = { x: 60, y: 40 };
const padding = { x: 40, top: 40, bottom: 40 };

/** Places nodes in columns from left to right, sub-processes open, boundary events on the lower border of their activity. */
export function layoutContainer(container: Container, origin: Point = { x: 160, y: 80 }): Layout & { readonly size: { readonly width: number; readonly height: number } } {
  const inner = new Map<string, ReturnType<typeof layoutContainer>>();
  for (const element of container.flowElements) if ('flowElements' in element) inner.set(element.id, layoutContainer(element, { x: 0, y: 0 }));
  const sizeOf = (element: FlowElement): { width: number; height: number } => {
    const content = inner.get(element.id);
    return content ? { width: Math.max(content.size.width + 2 * padding.x, 140), height: Math.max(content.size.height + padding.top + padding.bottom, 100) } : sizeOfType(element);
  };

  const bounds = placeColumns(container, sizeOf, origin);
  placeBoundaryEvents(container, bounds);
  const waypoints = new Map<string, readonly Point[]>();
  for (const flow of container.sequenceFlows) waypoints.set(flow.id, connect(bounds.get(flow.sourceRef), bounds.get(flow.targetRef), isBoundaryEvent(container, flow.sourceRef)));
  const size = extentOf(bounds, origin);
  for (const [id, content] of inner) {
    const outer = bounds.get(id);
    if (!outer) continue;
    const shift = { x: outer.x + padding.x, y: outer.y + padding.top };
    for (const [innerId, each] of content.bounds) bounds.set(innerId, { ...each, x: each.x + shift.x, y: each.y + shift.y });
    for (const [flowId, points] of content.waypoints) waypoints.set(flowId, points.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y })));
  }
  return { bounds, waypoints, size };
}

/** The usual size of a closed element. */
export function sizeOfType({ type }: FlowElement): { width: number; height: number } {
  if (type.endsWith('Event')) return { width: 36, height: 36 };
  return type.endsWith('Gateway') ? { width: 50, height: 50 } : { width: 120, height: 80 };
}

function isBoundaryEvent({ flowElements }: Container, id: string): boolean {
  return flowElements.some((element) => element.id === id && element.type === 'boundaryEvent');
}

function placeColumns(container: Container, sizeOf: (element: FlowElement) => { width: number; height: number }, origin: Point): Map<string, Bounds> {
  const columns = new Map<number, FlowElement[]>();
  const ranks = ranksOf(container);
  for (const element of container.flowElements) {
    if (element.type === 'boundaryEvent') continue;
    const rank = ranks.get(element.id) ?? 0;
    columns.set(rank, [...(columns.get(rank) ?? []), element]);
  }
  const bounds = new Map<string, Bounds>();
  let x = origin.x;
  for (const [, elements] of [...columns].sort(([left], [right]) => left - right)) {
    const width = Math.max(...elements.map((element) => sizeOf(element).width));
    let y = origin.y;
    for (const element of elements) {
      const size = sizeOf(element);
      // Small elements stand in the middle of a row as high as a task.
      const row = Math.max(size.height, 80);
      bounds.set(element.id, { x: x + (width - size.width) / 2, y: y + (row - size.height) / 2, ...size });
      y += row + gap.y + 18;
    }
    x += width + gap.x;
  }
  return bounds;
}

/** The longest way from a beginning, flows that lead back left out. A boundary event leaves from its activity, a handler follows it. */
function ranksOf({ flowElements, sequenceFlows }: Container): Map<string, number> {
  const hosts = new Map(flowElements.flatMap((element) => (element.type === 'boundaryEvent' ? [[element.id, element.attachedToRef] as const] : [])));
  const next = new Map<string, string[]>(flowElements.map(({ id }) => [id, []]));
  for (const { sourceRef, targetRef } of sequenceFlows) next.get(hosts.get(sourceRef) ?? sourceRef)?.push(targetRef);
  for (const element of flowElements) {
    if (element.type === 'boundaryEvent' && element.event.kind === 'compensation' && element.event.handler !== undefined) next.get(element.attachedToRef)?.push(element.event.handler);
  }
  const order = new Map(flowOrder(flowElements.map(({ id }) => id), next).map((id, index) => [id, index]));
  const ranks = new Map<string, number>();
  for (const [id, place] of order) {
    const rank = ranks.get(id) ?? 0;
    ranks.set(id, rank);
    for (const target of next.get(id) ?? []) if ((order.get(target) ?? -1) > place) ranks.set(target, Math.max(ranks.get(target) ?? 0, rank + 1));
  }
  return ranks;
}

/** Every node before those it leads to, loops aside (reverse postorder). Not recursive: a process may be long. */
function flowOrder(ids: readonly string[], next: ReadonlyMap<string, readonly string[]>): string[] {
  const finished: string[] = [];
  const seen = new Set<string>();
  for (const start of [...ids].reverse()) {
    const stack = seen.has(start) ? [] : [{ id: start, at: 0 }];
    seen.add(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const target = next.get(top.id)?.[top.at];
      top.at += 1;
      if (target === undefined) finished.push(stack.pop()?.id ?? '');
      else if (next.has(target) && !seen.has(target)) {
        seen.add(target);
        stack.push({ id: target, at: 0 });
      }
    }
  }
  return finished.reverse();
}

function placeBoundaryEvents({ flowElements }: Container, bounds: Map<string, Bounds>): void {
  const counts = new Map<string, number>();
  for (const element of flowElements) {
    if (element.type !== 'boundaryEvent') continue;
    const index = counts.get(element.attachedToRef) ?? 0;
    counts.set(element.attachedToRef, index + 1);
    bounds.set(element.id, onBorder(bounds.get(element.attachedToRef), index));
  }
}

/** A place on the lower border of the host, from right to left. */
export function onBorder(host: Bounds | undefined, index: number): Bounds {
  const { x, y, width, height } = host ?? { x: 0, y: 0, width: 0, height: 0 };
  const room = Math.max(width - 36, 1);
  return { x: x + width - 36 - ((index * 44) % room), y: y + height - 18, width: 36, height: 36 };
}

/** A line with right angles from one node to another. */
export function connect(source: Bounds | undefined, target: Bounds | undefined, leavesBelow = false): Point[] {
  if (!source || !target) return [{ x: 0, y: 0 }, { x: 0, y: 0 }];
  const end = { x: target.x, y: target.y + target.height / 2 };
  if (leavesBelow) {
    const start = { x: source.x + source.width / 2, y: source.y + source.height };
    return end.y > start.y ? [start, { x: start.x, y: end.y }, end] : [start, { x: start.x, y: start.y + 20 }, { x: end.x - 20, y: start.y + 20 }, { x: end.x - 20, y: end.y }, end];
  }
  const start = { x: source.x + source.width, y: source.y + source.height / 2 };
  if (end.x <= start.x) return around(source, target);
  if (end.y === start.y) return [start, end];
  const middle = (start.x + end.x) / 2;
  return [start, { x: middle, y: start.y }, { x: middle, y: end.y }, end];
}

/** Backwards, below both. */
function around(source: Bounds, target: Bounds): Point[] {
  const below = Math.max(source.y + source.height, target.y + target.height) + 30;
  const from = source.x + source.width / 2;
  const to = target.x + target.width / 2;
  return [{ x: from, y: source.y + source.height }, { x: from, y: below }, { x: to, y: below }, { x: to, y: target.y + target.height }];
}

function extentOf(bounds: ReadonlyMap<string, Bounds>, origin: Point): { width: number; height: number } {
  const all = [...bounds.values()];
  return { width: Math.max(0, ...all.map(({ x, width }) => x + width)) - origin.x, height: Math.max(0, ...all.map(({ y, height }) => y + height)) - origin.y };
}
