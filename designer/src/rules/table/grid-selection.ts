/** A place in the rows that are shown, from 0. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** The cell that keys act on, and the opposite corner of the block that is selected with it. */
export interface GridSelection {
  readonly active: GridPlace;
  readonly anchor: GridPlace;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

export interface GridBlock extends GridPlace, GridSize {}

export const firstPlace: GridSelection = { active: { row: 0, column: 0 }, anchor: { row: 0, column: 0 } };

/** The selection of one cell, or with `extend` of the block from the anchor to it; places outside become the nearest inside. */
export function selectPlace(selection: GridSelection, to: GridPlace, size: GridSize, extend = false): GridSelection {
  const active = inside(to, size);
  return { active, anchor: extend ? inside(selection.anchor, size) : active };
}

/** The selection in a table that has changed its size. */
export function keepInside({ active, anchor }: GridSelection, size: GridSize): GridSelection {
  return { active: inside(active, size), anchor: inside(anchor, size) };
}

/** Whole rows or columns, from the first to the last cell. */
export function selectBlock(block: GridBlock, size: GridSize): GridSelection {
  return { active: inside(block, size), anchor: inside({ row: block.row + block.rows - 1, column: block.column + block.columns - 1 }, size) };
}

export function blockOf({ active, anchor }: GridSelection): GridBlock {
  const [row, column] = [Math.min(active.row, anchor.row), Math.min(active.column, anchor.column)];
  return { row, column, rows: Math.abs(active.row - anchor.row) + 1, columns: Math.abs(active.column - anchor.column) + 1 };
}

/** The places of a block, row by row. */
export function placesOf({ row, column, rows, columns }: GridBlock): readonly GridPlace[] {
  return Array.from({ length: rows * columns }, (_, index) => ({ row: row + Math.floor(index / columns), column: column + (index % columns) }));
}

function inside({ row, column }: GridPlace, { rows, columns }: GridSize): GridPlace {
  return { row: Math.max(0, Math.min(row, rows - 1)), column: Math.max(0, Math.min(column, columns - 1)) };
}
