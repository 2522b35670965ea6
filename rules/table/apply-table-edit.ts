import type { LocalizedText } from '../index.ts';
import { declarationSteps } from './declaration-edits.ts';
import { outputCell } from './output-cell.ts';
import { outputSteps, tooManyOutputs } from './output-edits.ts';
import { outside, refused, type Refused } from './refusal.ts';
import { CellReader, checkRow } from './table-cells.ts';
import type { TableEdit } from './table-edit.ts';
import { columnName, emptyCell, type CellError, type RuleTable, type TableCell, type TableColumn, type TableRow } from './table.ts';
import { writeTsv } from './tsv.ts';

/** The table after an edit, the edit that brings the one before back exactly, and what is wrong with the cells that were written. */
export interface EditedTable {
  readonly table: RuleTable;
  readonly inverse: TableEdit;
  readonly errors: readonly CellError[];
  /** Why the edit cannot be done; the table is then as it was. */
  readonly refused?: LocalizedText;
}

interface Change {
  readonly table: RuleTable;
  readonly inverse: TableEdit;
  /** Rows whose cells were written. */
  readonly written?: readonly number[];
}

const maximumRows = 10_000;

/** Applies an edit; pure, and nothing of the table is lost: applying `inverse` gives an equal table. */
export function applyTableEdit(table: RuleTable, edit: TableEdit, reader = new CellReader(table.head)): EditedTable {
  const change = applyListed(table, edit, reader);
  if ('refused' in change) return { table, inverse: { type: 'all', edits: [] }, errors: [], refused: change.refused };
  return { table: change.table, inverse: change.inverse, errors: (change.written ?? []).flatMap((row) => checkRow(change.table, row, reader.for(change.table.head))) };
}

/** The cells of a block as tab-separated text, for the clipboard. */
export function blockToTsv({ rows }: RuleTable, block: { readonly row: number; readonly column: number; readonly rows: number; readonly columns: number }): string {
  return writeTsv(rows.slice(block.row, block.row + block.rows).map(({ cells }) => cells.slice(block.column, block.column + block.columns).map(({ text }) => text)));
}

const tooManyRows = refused(`表格最多 ${maximumRows} 行`, `A table has at most ${maximumRows} rows`);

/** Whoever edits a table has seen its input columns: from then on the document lists them all. */
function applyListed(table: RuleTable, edit: TableEdit, reader: CellReader): Change | Refused {
  const change = apply(table, edit, reader);
  if ('refused' in change || edit.type === 'all' || edit.type === 'restoreListed') return change;
  const columns = change.table.columns.filter(({ kind }) => kind === 'input').length;
  if (columns === change.table.listed.columns) return change;
  const edited = { ...change.table, listed: { ...change.table.listed, columns } };
  return { ...change, table: edited, inverse: { type: 'all', edits: [change.inverse, { type: 'restoreListed', listed: table.listed }] } };
}

function apply(table: RuleTable, edit: TableEdit, reader: CellReader): Change | Refused {
  const { rows, columns } = table;
  const isRow = (row: number): boolean => row >= 0 && row < rows.length;
  switch (edit.type) {
    case 'setCell':
      return writeCells(table, [{ row: edit.row, column: edit.column, text: edit.text }], reader);
    case 'setCells':
      return writeCells(table, edit.cells, reader);
    case 'setName': {
      const row = rows[edit.row];
      if (!row) return outside;
      return { table: { ...table, rows: rows.with(edit.row, { ...row, rest: { ...row.rest, name: edit.name } }) }, inverse: { type: 'setName', row: edit.row, name: row.rest.name } };
    }
    case 'clear':
      if (edit.row < 0 || edit.column < 0 || edit.row + edit.rows > rows.length || edit.column + edit.columns > columns.length) return outside;
      return writeCells(table, places(edit).map((place) => ({ ...place, text: '' })), reader);
    case 'paste':
      return paste(table, edit, reader);
    case 'addRow':
      return edit.at < 0 || edit.at > rows.length ? outside : insertRows(table, edit.at, newRows(table, 1));
    case 'duplicateRow': {
      const row = rows[edit.row];
      return row ? insertRows(table, edit.row + 1, [copyOf(row, freeId(row.id, new Set(rows.map(({ id }) => id))))]) : outside;
    }
    case 'moveRow':
      return isRow(edit.from) && isRow(edit.to) ? { table: { ...table, rows: moved(rows, edit.from, edit.to) }, inverse: { type: 'moveRow', from: edit.to, to: edit.from } } : outside;
    case 'removeRows':
      if (!isRow(edit.at) || edit.count < 1 || edit.at + edit.count > rows.length) return outside;
      return { table: { ...table, rows: [...rows.slice(0, edit.at), ...rows.slice(edit.at + edit.count)] }, inverse: { type: 'restoreRows', at: edit.at, rows: rows.slice(edit.at, edit.at + edit.count) } };
    case 'restoreRows':
      return edit.at < 0 || edit.at > rows.length ? outside : insertRows(table, edit.at, edit.rows);
    case 'restoreCells':
      return restoreCells(table, edit.cells);
    case 'restoreListed':
      return { table: { ...table, listed: edit.listed }, inverse: { type: 'restoreListed', listed: table.listed } };
    case 'restoreDeclared':
      return edit.columns.length === columns.length ? { table: { ...table, head: edit.head, columns: edit.columns }, inverse: { type: 'restoreDeclared', head: table.head, columns } } : outside;
    case 'addInput':
    case 'changeInput':
    case 'removeInput':
    case 'setHitPolicy': {
      const steps = declarationSteps(table, edit);
      return 'refused' in steps ? steps : applyAll(table, steps, reader);
    }
    case 'addOutput':
    case 'changeOutput':
    case 'removeOutput': {
      const steps = outputSteps(table, edit, reader);
      return 'refused' in steps ? steps : applyAll(table, steps, reader);
    }
    case 'addColumn':
      return columnProblem(table, edit.column) ?? insertColumn(table, edit.at, edit.column, rows.map((row) => newCell(row, edit.column, reader)));
    case 'restoreColumn':
      return insertColumn(table, edit.at, edit.column, edit.cells);
    case 'duplicateColumn':
      return duplicateColumn(table, edit.column, edit.as, reader);
    case 'moveColumn': {
      const [from, to] = [columns[edit.from], columns[edit.to]];
      if (!from || !to) return outside;
      if (from.kind !== to.kind || !isMovable(from)) return refused('只能在同类的列之间移动', 'A column moves among columns of its kind only');
      const move = <Item>(items: readonly Item[]): Item[] => moved(items, edit.from, edit.to);
      return { table: { ...table, columns: move(columns), rows: rows.map((row) => ({ ...row, cells: move(row.cells) })) }, inverse: { type: 'moveColumn', from: edit.to, to: edit.from } };
    }
    case 'removeColumn': {
      const column = columns[edit.column];
      if (!column) return outside;
      if (!isMovable(column)) return refused('此列不能删除', 'This column cannot be removed');
      const cells = rows.map((row) => row.cells[edit.column] ?? emptyCell(column));
      const without = <Item>(items: readonly Item[]): Item[] => items.filter((_item, place) => place !== edit.column);
      return { table: { ...table, columns: without(columns), rows: rows.map((row) => ({ ...row, cells: without(row.cells) })) }, inverse: { type: 'restoreColumn', at: edit.column, column, cells } };
    }
    case 'all':
      return applyAll(table, edit.edits, reader);
  }
}

function applyAll(table: RuleTable, edits: readonly TableEdit[], reader: CellReader): Change | Refused {
  let current = table;
  const inverses: TableEdit[] = [];
  // By id, since later edits move and remove rows.
  const written = new Set<string | undefined>();
  for (const edit of edits) {
    const change = applyListed(current, edit, reader.for(current.head));
    if ('refused' in change) return change;
    current = change.table;
    inverses.unshift(change.inverse);
    for (const row of change.written ?? []) written.add(current.rows[row]?.id);
  }
  return { table: current, inverse: { type: 'all', edits: inverses }, written: [...current.rows.keys()].filter((row) => written.has(current.rows[row]?.id)) };
}

/** Columns that a document lists in an order of its own. */
function isMovable({ kind }: TableColumn): boolean {
  return kind === 'input' || kind === 'output' || kind === 'annotation';
}

function columnProblem(table: RuleTable, column: TableColumn): Refused | undefined {
  const { columns, head } = table;
  if (!isMovable(column)) return refused('此类列不能添加', 'A column of this kind cannot be added');
  if (columns.some((other) => columnName(other) === columnName(column))) return refused('已有此列', 'The table has this column already');
  if (column.kind === 'input' && !head.inputs.some(({ name }) => name === column.fact)) return refused(`没有名为 ${column.fact} 的输入`, `There is no input named ${column.fact}`);
  return column.kind === 'output' ? tooManyOutputs(table, column.output) : undefined;
}

/** The cell of a new column: a parameter that a rule gives already is shown when an output of its name is declared. */
function newCell({ rest: { event } }: TableRow, column: TableColumn, reader: CellReader): TableCell {
  if (column.kind !== 'output' || !event.params || !Object.hasOwn(event.params, column.output.name)) return emptyCell(column);
  return outputCell(event.params[column.output.name], column.output, reader.inputNames);
}

/** Puts a column among those of its kind, at the nearest place to `at`. */
function insertColumn(table: RuleTable, at: number, column: TableColumn, cells: readonly TableCell[]): Change {
  const { columns, rows } = table;
  const kinds = columns.map(({ kind }) => kind);
  const first = column.kind === 'input' ? 0 : column.kind === 'output' ? kinds.indexOf('condition') + 1 : kinds.lastIndexOf('source') + 1;
  const last = first + kinds.filter((kind) => kind === column.kind).length;
  const place = Math.min(Math.max(at, first), last);
  const insert = <Item>(items: readonly Item[], item: Item): Item[] => [...items.slice(0, place), item, ...items.slice(place)];
  return { table: { ...table, columns: insert(columns, column), rows: rows.map((row, index) => ({ ...row, cells: insert(row.cells, cells[index] ?? emptyCell(column)) })) }, inverse: { type: 'removeColumn', column: place } };
}

function duplicateColumn(table: RuleTable, place: number, as: TableColumn, reader: CellReader): Change | Refused {
  const column = table.columns[place];
  if (!column) return outside;
  if (column.kind !== as.kind) return refused('只能复制为同类的列', 'A column is duplicated as one of its kind');
  const problem = columnProblem(table, as);
  if (problem) return problem;
  const change = insertColumn(table, place + 1, as, table.rows.map((row) => reader.cellOf(row.cells[place]?.text ?? '', as)));
  return { ...change, written: [...table.rows.keys()] };
}

function insertRows(table: RuleTable, at: number, added: readonly TableRow[]): Change | Refused {
  if (table.rows.length + added.length > maximumRows) return tooManyRows;
  return { table: { ...table, rows: [...table.rows.slice(0, at), ...added, ...table.rows.slice(at)] }, inverse: { type: 'removeRows', at, count: added.length }, written: added.map((_row, index) => at + index) };
}

function newRows({ columns, rows }: RuleTable, count: number): readonly TableRow[] {
  const taken = new Set(rows.map(({ id }) => id));
  let number = rows.length === 0 ? 1 : 2;
  return Array.from({ length: count }, () => {
    while (taken.has(`rule-${number}`)) number += 1;
    const id = `rule-${number}`;
    number += 1;
    return { id, cells: columns.map(emptyCell), rest: { name: { 'zh-CN': id, en: id }, event: { type: id } } };
  });
}

/** A signature is for the rule that was signed, not for its copies. */
function copyOf({ rest: { signed: _signed, ...rest }, ...row }: TableRow, id: string): TableRow {
  return { ...row, id, rest };
}

/** `dose-2` for `dose` and `dose-3` for `dose-2`, the first that is free. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  const base = id.replace(/-\d+$/, '').slice(0, 120);
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.filter((_item, place) => place !== from);
  return [...rest.slice(0, to), ...items.slice(from, from + 1), ...rest.slice(to)];
}

function places({ row, column, rows, columns }: { readonly row: number; readonly column: number; readonly rows: number; readonly columns: number }): { readonly row: number; readonly column: number }[] {
  return Array.from({ length: rows * columns }, (_, index) => ({ row: row + Math.floor(index / columns), column: column + (index % columns) }));
}

function writeCells(table: RuleTable, texts: readonly { readonly row: number; readonly column: number; readonly text: string }[], reader: CellReader): Change | Refused {
  const cells = texts.map(({ row, column, text }) => {
    const target = table.columns[column];
    const old = table.rows[row]?.cells[column];
    // A text that stays may stand for a meaning that it only shows.
    return { row, column, cell: old?.text === text ? old : target ? reader.cellOf(text, target) : { text } };
  });
  return restoreCells(table, cells);
}

function restoreCells(table: RuleTable, cells: readonly { readonly row: number; readonly column: number; readonly cell: TableCell }[]): Change | Refused {
  const rows = [...table.rows];
  const before: { readonly row: number; readonly column: number; readonly cell: TableCell }[] = [];
  const byRow = new Map<number, TableCell[]>();
  for (const { row, column, cell } of cells) {
    const target = rows[row];
    const old = target?.cells[column];
    if (!target || !old) return outside;
    const changed = byRow.get(row) ?? [...target.cells];
    // What a row holds now, should a cell be written twice.
    before.unshift({ row, column, cell: changed[column] ?? old });
    changed[column] = cell;
    byRow.set(row, changed);
  }
  for (const [row, changed] of byRow) rows[row] = { ...(rows[row] as TableRow), cells: changed };
  return { table: { ...table, rows }, inverse: { type: 'restoreCells', cells: before }, written: [...byRow.keys()] };
}

function paste(table: RuleTable, { row, rows }: Extract<TableEdit, { readonly type: 'paste' }>, reader: CellReader): Change | Refused {
  if (row < 0 || row > table.rows.length || rows.some((cells) => cells.some(({ column }) => !table.columns[column]))) return outside;
  if (row + rows.length > maximumRows) return tooManyRows;
  const added = newRows(table, Math.max(0, row + rows.length - table.rows.length));
  const grown = insertRows(table, table.rows.length, added);
  if ('refused' in grown) return grown;
  const written = writeCells(grown.table, rows.flatMap((cells, down) => cells.map((cell) => ({ row: row + down, ...cell }))), reader);
  if ('refused' in written || added.length === 0) return written;
  // Also an added row that nothing was written into has something to say of its cells.
  return { ...written, inverse: { type: 'all', edits: [written.inverse, grown.inverse] }, written: [...new Set([...(written.written ?? []), ...(grown.written ?? [])])].sort((left, right) => left - right) };
}
