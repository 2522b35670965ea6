import { holds, isPlain, type NumberInterval, type PlainValue, type SimpleCell } from './simple-cell.ts';

/** Rows by falling chance to be left out: for given input values, all rows that can match, in order. */
export interface TableIndex {
  readonly candidates: (values: readonly unknown[]) => readonly number[];
}

/** One column: rows by the value that they ask for, by interval, and those that any value may match. */
interface ColumnIndex {
  readonly byValue: ReadonlyMap<PlainValue, readonly number[]>;
  /** Rows of each piece of the number line: before, at and after each end. */
  readonly ends: readonly number[];
  readonly pieces: readonly (readonly number[])[];
  readonly always: readonly number[];
}

const minimumRows = 8;
/** Intervals that overlap widely would be listed once for each piece; then they are left to the tests. */
const maximumPieces = 16;
const none: readonly number[] = [];

/**
 * An index over the cells of a table, row by row. A row is left out only where the tests would have left it out before they came to a
 * cell that is not simple, so that warnings and errors stay the same. Undefined where it does not pay.
 */
export function indexTable(rows: readonly (readonly (SimpleCell | undefined)[])[], columns: number): TableIndex | undefined {
  if (rows.length < minimumRows) return undefined;
  const firstOther = rows.map((cells) => { const index = cells.indexOf(undefined); return index < 0 ? columns : index; });
  const indexes = Array.from({ length: columns }, (_, column) => indexColumn(rows.map((cells, row) => (column < (firstOther[row] ?? 0) ? cells[column] : undefined)))).map((index, column) => ({ index, column })).filter(({ index }) => index.always.length <= rows.length / 2);
  if (indexes.length === 0) return undefined;
  const all = rows.map((_row, index) => index);
  return {
    candidates(values) {
      let best: readonly [readonly number[], readonly number[]] | undefined;
      let size = rows.length;
      for (const { index, column } of indexes) {
        const found = lookUp(index, values[column]);
        if (found && found.length + index.always.length < size) {
          best = [found, index.always];
          size = found.length + index.always.length;
        }
      }
      return best ? merge(...best) : all;
    },
  };
}

function indexColumn(cells: readonly (SimpleCell | undefined)[]): ColumnIndex {
  const byValue = new Map<PlainValue, number[]>();
  const intervals: { readonly row: number; readonly interval: NumberInterval }[] = [];
  const always: number[] = [];
  for (const [row, cell] of cells.entries()) {
    if (cell?.kind === 'values') for (const value of new Set(cell.values)) add(byValue, value, row);
    else if (cell?.kind === 'interval') intervals.push({ row, interval: cell.interval });
    else always.push(row);
  }
  const ends = [...new Set(intervals.flatMap(({ interval }) => [interval.start, interval.end]).filter(Number.isFinite))].sort((left, right) => left - right);
  const pieces = piecesOf(intervals, ends);
  if (!pieces) return { byValue, ends: [], pieces: [none], always: [...always, ...intervals.map(({ row }) => row)].sort((left, right) => left - right) };
  return { byValue, ends, pieces, always };
}

function add(byValue: Map<PlainValue, number[]>, value: PlainValue, row: number): void {
  const rows = byValue.get(value);
  if (rows) rows.push(row);
  else byValue.set(value, [row]);
}

/** Rows of the pieces between, at and beyond the ends; undefined where they would be too many. */
function piecesOf(intervals: readonly { readonly row: number; readonly interval: NumberInterval }[], ends: readonly number[]): readonly (readonly number[])[] | undefined {
  const pieces: number[][] = Array.from({ length: 2 * ends.length + 1 }, () => []);
  let left = maximumPieces * Math.max(intervals.length, minimumRows);
  for (const { row, interval } of intervals) {
    const from = Number.isFinite(interval.start) ? pieceOf(ends, interval.start) : 0;
    const to = Number.isFinite(interval.end) ? pieceOf(ends, interval.end) : pieces.length - 1;
    for (let piece = from; piece <= to; piece += 1) {
      const end = ends[(piece - 1) / 2];
      if (end !== undefined && !holds(interval, end)) continue;
      pieces[piece]?.push(row);
      left -= 1;
      if (left < 0) return undefined;
    }
  }
  return pieces;
}

/** The piece in which a number lies: 2i is before the end i, 2i + 1 is the end itself. */
function pieceOf(ends: readonly number[], value: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return ends[low] === value ? 2 * low + 1 : 2 * low;
}

/** Rows that ask for the value; undefined for one of which the index cannot tell. */
function lookUp({ byValue, ends, pieces }: ColumnIndex, value: unknown): readonly number[] | undefined {
  if (value === null) return none;
  if (!isPlain(value)) return undefined;
  const rows = byValue.get(value) ?? none;
  if (typeof value !== 'number' || ends.length === 0) return rows;
  return merge(rows, pieces[pieceOf(ends, value)] ?? none);
}

/** Two ascending lists as one, each row once. */
function merge(first: readonly number[], second: readonly number[]): readonly number[] {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  const merged: number[] = [];
  for (let [left, right] = [0, 0]; left < first.length || right < second.length; ) {
    const [a, b] = [first[left] ?? Infinity, second[right] ?? Infinity];
    merged.push(Math.min(a, b));
    if (a <= b) left += 1;
    if (b <= a) right += 1;
  }
  return merged;
}
