import type { Layout, Point } from './read-layout.ts';
import type { ProcessGraph } from './process-graph.ts';

/** How an element stands in what an operator composes. */
export type OverlayMark = 'pickable' | 'taken' | 'leave' | 'begin';

/** A planned change, drawn from where the case leaves to where it goes on. */
export interface OverlayArrow {
  readonly from: string;
  readonly to: string;
  /** The number of the line in the list that says the same. */
  readonly label: string;
}

/** What lies over the picture while an operator picks elements in it. */
export interface PictureOverlay {
  readonly marks: ReadonlyMap<string, OverlayMark>;
  /** A few words at an element, for example the numbers of the lines about it. */
  readonly badges: ReadonlyMap<string, string>;
  readonly arrows: readonly OverlayArrow[];
  readonly onPick: (elementId: string) => void;
}

/** The element itself, or the innermost sub-process around it that is drawn. */
export function drawnAs(elementId: string, whole: ProcessGraph, layout: Layout): string | undefined {
  if (layout.boxes.has(elementId)) return elementId;
  const parentId = whole.byId.get(elementId)?.parentId;
  return parentId === undefined ? undefined : drawnAs(parentId, whole, layout);
}

const outwardPx = 46;

/** A bow over the picture from the top of one box to the top of another; a loop beside one that is begun anew. */
export function bowBetween(layout: Layout, from: string, to: string): { readonly path: string; readonly label: Point } | undefined {
  const [a, b] = [layout.boxes.get(from), layout.boxes.get(to)];
  if (a === undefined || b === undefined) return undefined;
  const start = { x: a.x + a.width * 0.5, y: a.y };
  const end = { x: b.x + b.width * (from === to ? 0.85 : 0.5), y: b.y };
  const top = Math.min(start.y, end.y) - outwardPx - Math.min(60, Math.abs(end.x - start.x) / 8);
  return { path: `M${start.x} ${start.y} C${start.x} ${top} ${end.x} ${top} ${end.x} ${end.y}`, label: { x: (start.x + end.x) / 2, y: (start.y + 6 * top + end.y) / 8 } };
}
