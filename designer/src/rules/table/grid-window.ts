import type { TableColumn } from '#rule-table';

/** What part of the table the window shows, in pixels. */
export interface GridView {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** The measures of a grid, in pixels. */
export interface GridMeasures {
  readonly rowHeight: number;
  readonly headHeight: number;
  /** Of the first column, which stays in sight. */
  readonly nameWidth: number;
  /** Where each column begins, after the first one, and where the last one ends. */
  readonly edges: readonly number[];
}

/** Places from `first` up to, not including, `end`. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** More than a turn of the wheel each; every further row costs its layout with each page. */
const rowsBeyond = 4;
const columnsBeyond = 1;

const widths: Readonly<Record<TableColumn['kind'], number>> = { input: 152, condition: 264, output: 136, level: 128, message: 264, source: 96, annotation: 184 };

export function measureGrid(columns: readonly TableColumn[], isNarrow: boolean): GridMeasures {
  const edges = [0];
  for (const column of columns) edges.push((edges.at(-1) ?? 0) + (column.kind === 'source' && column.part === 'reference' ? 264 : widths[column.kind]));
  return { rowHeight: isNarrow ? 48 : 36, headHeight: 52, nameWidth: isNarrow ? 112 : 208, edges };
}

/** The rows to draw: those in the window and a few beyond, so that scrolling finds them there. */
export function visibleRows({ top, height }: GridView, { rowHeight, headHeight }: GridMeasures, count: number): Span {
  const first = Math.max(0, Math.floor(top / rowHeight) - rowsBeyond);
  const end = Math.min(count, Math.ceil((top + height - headHeight) / rowHeight) + rowsBeyond);
  return { first: Math.min(first, count), end: Math.max(Math.min(first, count), end) };
}

/** The columns to draw. */
export function visibleColumns({ left, width }: GridView, { edges, nameWidth }: GridMeasures): Span {
  const count = edges.length - 1;
  const right = left + width - nameWidth;
  let first = 0;
  while (first < count - 1 && (edges[first + 1] ?? 0) <= left) first += 1;
  let end = first;
  while (end < count && (edges[end] ?? 0) < right) end += 1;
  return { first: Math.max(0, first - columnsBeyond), end: Math.min(count, end + columnsBeyond) };
}

/** Where the window has to be so that a cell is whole in sight, beside the header and the first column. */
export function scrollTo(view: GridView, { row, column }: { readonly row: number; readonly column: number }, { rowHeight, headHeight, nameWidth, edges }: GridMeasures): Pick<GridView, 'top' | 'left'> {
  const [top, left, right] = [row * rowHeight, edges[column] ?? 0, edges[column + 1] ?? 0];
  return {
    top: Math.max(Math.min(view.top, top), top + rowHeight - (view.height - headHeight)),
    left: Math.min(Math.max(view.left, right - (view.width - nameWidth)), left),
  };
}
