import { readTsv, writeTsv, type RuleTable, type TableEdit } from '#rule-table';
import { htmlTable, type ClipboardBlock } from './clipboard-html.ts';
import { namedColumns } from './column-names.ts';
import { placesOf, type GridBlock } from './grid-selection.ts';

/**
 * The cells of a block of the shown rows for the clipboard. `shown` are places of rows in the table. One cell is its bare text where that
 * reads back the same, so that it can be put into another text too.
 */
export function copyBlock({ rows }: RuleTable, shown: readonly number[], block: GridBlock): ClipboardBlock {
  const texts = shown.slice(block.row, block.row + block.rows).map((place) => (rows[place]?.cells ?? []).slice(block.column, block.column + block.columns).map(({ text }) => text));
  const written = writeTsv(texts);
  const [only] = texts.length === 1 && texts[0]?.length === 1 ? texts[0] : [];
  if (only === undefined) return { plain: written, html: htmlTable(texts) };
  return { plain: written === writeTsv(readTsv(only)) && !written.startsWith("'") ? only : written };
}

/** What a paste would do. */
export interface Paste {
  readonly edit: TableEdit;
  /** The block that it fills; with named columns the one that holds them all. */
  readonly block: GridBlock;
  /** How many columns it writes, and how many rows it adds. */
  readonly columns: number;
  readonly added: number;
  /** Its first row names the columns, and is no row of cells. */
  readonly isNamed: boolean;
}

/** Why a paste cannot be done without losing something: rows that a filter hides, columns that are not there or have another name. */
export type PasteProblem = { readonly reason: 'filtered' } | { readonly reason: 'tooWide'; readonly columns: number; readonly room: number } | { readonly reason: 'unknownColumns'; readonly names: readonly string[] };

/**
 * The edit that pastes cells. One cell fills the whole selection. Among filtered rows it fills those shown; rows that are not there are
 * added. A first row that names columns says where each goes, and is left out.
 */
export function pasteEdit(table: RuleTable, shown: readonly number[], block: GridBlock, cells: readonly (readonly string[])[]): Paste | PasteProblem {
  const [only] = cells.length === 1 && cells[0]?.length === 1 ? cells[0] : [];
  if (only !== undefined && block.rows * block.columns > 1) {
    return { edit: { type: 'setCells', cells: placesOf(block).flatMap(({ row, column }) => placed(shown, row, column, only)) }, block, columns: block.columns, added: 0, isNamed: false };
  }
  const named = namedColumns(table, cells, block.column);
  if (named && 'unknown' in named) return { reason: 'unknownColumns', names: named.unknown };
  const rows = named ? cells.slice(1) : cells;
  const room = table.columns.length - block.column;
  const width = named ? 0 : widthOf(rows);
  if (width > room) return { reason: 'tooWide', columns: width, room };
  const targets = named?.columns ?? Array.from({ length: Math.min(Math.max(1, ...rows.map((row) => row.length)), room) }, (_, index) => block.column + index);
  const written = targets.filter((target) => target !== undefined);
  const [first, last] = [Math.min(...written), Math.max(...written)];
  const filled = { row: block.row, column: first, rows: rows.length, columns: last - first + 1 };
  const isWhole = shown.length === table.rows.length;
  if (!isWhole && block.row + rows.length > shown.length) return { reason: 'filtered' };
  const texts = rows.map((row) => row.flatMap((text, right) => (targets[right] === undefined ? [] : [{ column: targets[right], text }])));
  const edit: TableEdit = isWhole ? { type: 'paste', row: block.row, rows: texts } : { type: 'setCells', cells: texts.flatMap((row, down) => row.flatMap(({ column, text }) => placed(shown, block.row + down, column, text))) };
  return { edit, block: filled, columns: written.length, added: isWhole ? Math.max(0, block.row + rows.length - table.rows.length) : 0, isNamed: named !== undefined };
}

/** Spreadsheets give empty columns at the end: without them nothing is lost. */
function widthOf(rows: readonly (readonly string[])[]): number {
  return Math.max(0, ...rows.map((row) => row.findLastIndex((text) => text.trim() !== '') + 1));
}

function placed(shown: readonly number[], row: number, column: number, text: string): { readonly row: number; readonly column: number; readonly text: string }[] {
  const place = shown[row];
  return place === undefined ? [] : [{ row: place, column, text }];
}
