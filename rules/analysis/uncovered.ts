import { overlaps, type Ranges } from './value-classes.ts';

/** Ranges of classes by the place of the column; undefined for any value. */
export type Box = readonly (Ranges | undefined)[];

/** The work that an analysis may still do, counted in rules looked at. */
export interface Budget {
  left: number;
}

/**
 * Places of a space that no box covers, each as the first class of each column, `limit` at most; undefined when the budget ended first.
 * Column by column the space is cut where a box begins or ends; neighbours with the same boxes are one, and what a box covers whatever
 * follows is left.
 */
export function uncovered(counts: readonly number[], space: Box, boxes: readonly Box[], limit: number, budget: Budget): readonly (readonly number[])[] | undefined {
  const found: number[][] = [];
  const visit = (column: number, active: readonly Box[], at: readonly number[]): boolean => {
    budget.left -= active.length + 1;
    if (budget.left < 0) return false;
    if (active.some((box) => isFreeFrom(box, column))) return true;
    if (column === counts.length) {
      found.push([...at]);
      return true;
    }
    const allowed = space[column] ?? [[0, (counts[column] ?? 0) - 1] as const];
    let before: readonly Box[] | undefined;
    for (const [from, to] of allowed) {
      for (const start of segments(active, column, from, to)) {
        const point: Ranges = [[start, start]];
        const here = active.filter((box) => box[column] === undefined || overlaps(box[column] ?? [], point));
        budget.left -= active.length;
        if (budget.left < 0) return false;
        if (before && before.length === here.length && before.every((box, index) => box === here[index])) continue;
        before = here;
        if (!visit(column + 1, here, [...at, start])) return false;
        if (found.length >= limit) return true;
      }
    }
    return true;
  };
  return visit(0, boxes, []) ? found : undefined;
}

function isFreeFrom(box: Box, column: number): boolean {
  for (let place = column; place < box.length; place += 1) if (box[place] !== undefined) return false;
  return true;
}

/** Where the boxes that hold can change, from left to right. */
function segments(active: readonly Box[], column: number, from: number, to: number): readonly number[] {
  const starts = new Set([from]);
  for (const box of active) {
    for (const [low, high] of box[column] ?? []) {
      if (low > from && low <= to) starts.add(low);
      if (high + 1 > from && high + 1 <= to) starts.add(high + 1);
    }
  }
  return [...starts].sort((left, right) => left - right);
}
