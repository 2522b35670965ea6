import { readTsv, writeTsv, type RuleTable, type TableEdit } from '#rule-table';
import { placesOf, type GridBlock } from './grid-selection.ts';

/**
 * The cells of a block of the shown rows as text for the clipboard. `shown` are places of rows in the table. One cell is its bare text
 * where that reads back the same, so that it can be put into another text too.
 */
export function copyBlock({ rows }: RuleTable, shown: readonly number[], block: GridBlock): string {
  const texts = shown.slice(block.row, block.row + block.rows).map((place) => (rows[place]?.cells ?? []).slice(block.column, block.column + block.columns).map(({ text }) => text));
  const written = writeTsv(texts);
  const [only] = texts.length === 1 && texts[0]?.length === 1 ? texts[0] : [];
  return only !== undefined && written === writeTsv(readTsv(only)) && !written.startsWith("'") ? only : written;
}

/** The edit that pastes a text, and the block that it fills. One cell fills the whole selection. Among filtered rows it fills those shown. */
export function pasteEdit(table: RuleTable, shown: readonly number[], block: GridBlock, text: string): { readonly edit: TableEdit; readonly block: GridBlock; readonly isOutside: boolean } {
  const cells = readTsv(text);
  const [only] = cells.length === 1 && cells[0]?.length === 1 ? cells[0] : [];
  if (only !== undefined && block.rows * block.columns > 1) {
    return { edit: { type: 'setCells', cells: placesOf(block).flatMap(({ row, column }) => placed(shown, row, column, only)) }, block, isOutside: false };
  }
  const filled = { row: block.row, column: block.column, rows: cells.length, columns: Math.max(1, ...cells.map((row) => row.length)) };
  const isWhole = shown.length === table.rows.length;
  if (isWhole) return { edit: { type: 'paste', row: block.row, column: block.column, text }, block: filled, isOutside: false };
  const edits = cells.flatMap((row, down) => row.flatMap((cell, right) => placed(shown, block.row + down, block.column + right, cell)));
  return { edit: { type: 'setCells', cells: edits }, block: filled, isOutside: block.row + cells.length > shown.length };
}

function placed(shown: readonly number[], row: number, column: number, text: string): { readonly row: number; readonly column: number; readonly text: string }[] {
  const place = shown[row];
  return place === undefined ? [] : [{ row: place, column, text }];
}
