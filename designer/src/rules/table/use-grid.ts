import { useMemo, useState } from 'react';
import type { LocalizedText } from '#rules';
import type { TableColumn, TableEdit } from '#rule-table';
import { useText } from '../../i18n/use-text.ts';
import { copyBlock, pasteEdit, type Paste, type PasteProblem } from './clipboard.ts';
import type { ClipboardBlock } from './clipboard-html.ts';
import { columnWords } from './column-words.ts';
import { hiddenRows } from './filter-rows.ts';
import type { GridCommand } from './grid-keys.ts';
import { blockOf, firstPlace, keepInside, placesOf, selectBlock, selectPlace, type GridBlock, type GridPlace, type GridSelection } from './grid-selection.ts';
import type { HistoryStep } from './table-history.ts';
import type { EditedRuleTable } from './use-rule-table.ts';

/** Commands that are about the table, rather than about the text of a cell. */
export type TableCommand = Exclude<GridCommand, { readonly type: 'write' | 'commit' | 'cancel' | 'lineBreak' }> | { readonly type: 'moveColumn'; readonly by: number } | { readonly type: 'removeColumn' } | { readonly type: 'addColumn'; readonly column: TableColumn; readonly withCells: boolean };

/** What is selected and shown of a table, and what can be done with it. */
export interface Grid {
  /** The places in the table of the rows that the filter shows. */
  readonly shown: readonly number[];
  readonly filter: string;
  readonly setFilter: (text: string) => void;
  readonly selection: GridSelection;
  readonly block: GridBlock;
  readonly select: (place: GridPlace, extend?: boolean) => void;
  readonly selectBlock: (block: GridBlock) => void;
  /** Shows a cell of the table, whatever the filter is. */
  readonly goTo: (rowId: string, column?: number) => void;
  readonly run: (command: TableCommand) => void;
  readonly write: (text: string) => void;
  /** A new row below all others, with texts by the place of their column. */
  readonly addRow: (texts: readonly { readonly column: number; readonly text: string }[]) => void;
  /** Any other edit of the table; gives why it cannot be done. */
  readonly edit: (edit: TableEdit) => LocalizedText | undefined;
  readonly copy: () => ClipboardBlock;
  readonly paste: (cells: readonly (readonly string[])[]) => void;
  /** What happened last, in words; `number` tells two equal ones apart. */
  readonly said: { readonly words: string; readonly number: number };
  readonly pageRows: (rows: number) => void;
}

/** The behaviour of the grid over an edited table. */
export function useGrid(edited: EditedRuleTable, isReadOnly: boolean): Grid {
  const text = useText();
  const { t, of } = text;
  const { table } = edited;
  const [filter, setFilter] = useState<{ readonly text: string; readonly hidden: ReadonlySet<string> }>({ text: '', hidden: new Set() });
  const [selected, setSelected] = useState(firstPlace);
  const [said, setSaid] = useState({ words: '', number: 0 });
  const [rowsOnPage, setRowsOnPage] = useState(12);
  // Rows that are changed or come anew stay in sight until the filter is asked again: nothing moves away while it is written.
  const shown = useMemo(() => table.rows.flatMap(({ id }, place) => (filter.hidden.has(id) ? [] : [place])), [table.rows, filter.hidden]);
  const size = { rows: shown.length, columns: table.columns.length };
  const selection = keepInside(selected, size);
  const block = blockOf(selection);
  const { active } = selection;
  const isFiltered = shown.length < table.rows.length;

  function say(words: string): void {
    setSaid(({ number }) => ({ words, number: number + 1 }));
  }

  /** Does an edit; says why not, or `words`. */
  function act(edit: TableEdit, words?: string): HistoryStep | undefined {
    if (isReadOnly) return undefined;
    const step = edited.edit(edit);
    if (step.refused) {
      say(of(step.refused));
      return undefined;
    }
    if (words !== undefined) say(words);
    return step;
  }

  function select(place: GridPlace, extend = false): void {
    setSelected(selectPlace(selection, place, size, extend));
  }

  function step(done: HistoryStep, words: string): void {
    if (done.row === undefined) return;
    say(words);
    const id = done.history.table.rows[done.row]?.id;
    if (id !== undefined && filter.hidden.has(id)) setFilter({ text: '', hidden: new Set() });
    const row = isFiltered ? shown.findIndex((place) => place >= (done.row ?? 0)) : done.row;
    // The table is another one now; the selection is kept inside when it is drawn.
    if (row >= 0) setSelected({ active: { row, column: active.column }, anchor: { row, column: active.column } });
  }

  function rowCommand(command: TableCommand): void {
    const places = shown.slice(block.row, block.row + block.rows);
    const place = shown[active.row];
    switch (command.type) {
      case 'insertRow': {
        const at = place === undefined ? table.rows.length : place + 1;
        if (act({ type: 'addRow', at }, t('ruleTable.said.inserted', { row: at + 1 }))) selectOnly(active.row + (shown.length === 0 ? 0 : 1));
        return;
      }
      case 'duplicateRow':
        if (place !== undefined && act({ type: 'duplicateRow', row: place }, t('ruleTable.said.inserted', { row: place + 2 }))) selectOnly(active.row + 1);
        return;
      case 'removeRows':
        if (places.length > 0) act({ type: 'all', edits: places.toReversed().map((at) => ({ type: 'removeRows', at, count: 1 })) }, t('ruleTable.said.removed', { rows: places.length }));
        return;
      case 'moveRow': {
        if (isFiltered) return say(t('ruleTable.refused.moveFiltered'));
        const to = active.row + command.by;
        if (place !== undefined && to >= 0 && to < size.rows && act({ type: 'moveRow', from: place, to }, t('ruleTable.said.moved', { row: to + 1 }))) selectOnly(to);
        return;
      }
    }
  }

  /** Selects one cell of a row that an edit has just made. */
  function selectOnly(row: number): void {
    const place = { row, column: active.column };
    setSelected({ active: place, anchor: place });
  }

  function columnCommand(command: TableCommand): void {
    const column = table.columns[active.column];
    if (command.type === 'addColumn') {
      const words = columnWords(command.column, table.head, text).name;
      act(command.withCells ? { type: 'duplicateColumn', column: active.column, as: command.column } : { type: 'addColumn', at: active.column + 1, column: command.column }, t('ruleTable.said.columnAdded', { column: words }));
      return;
    }
    if (column === undefined) return;
    if (command.type === 'moveColumn') {
      const to = active.column + command.by;
      if (act({ type: 'moveColumn', from: active.column, to })) setSelected({ active: { row: active.row, column: to }, anchor: { row: active.row, column: to } });
    } else if (command.type === 'removeColumn') {
      const cells = table.rows.filter(({ cells: { [active.column]: cell } }) => cell !== undefined && cell.text !== '' && cell.text !== '-').length;
      act(column.kind === 'output' ? { type: 'removeOutput', name: column.output.name } : { type: 'removeColumn', column: active.column }, t('ruleTable.said.columnRemoved', { column: columnWords(column, table.head, text).name, cells }));
    }
  }

  function textOf({ row, column }: GridPlace): string {
    return table.rows[shown[row] ?? -1]?.cells[column]?.text ?? '';
  }

  function writeTexts(texts: readonly (GridPlace & { readonly text: string })[], words?: string): void {
    const cells = texts.flatMap(({ row, column, text: written }) => {
      const place = shown[row];
      return place === undefined ? [] : [{ row: place, column, text: written }];
    });
    if (cells.length > 0) act({ type: 'setCells', cells }, words);
  }

  function fillDown(): void {
    const from = block.rows === 1 ? block.row - 1 : block.row;
    if (from < 0) return;
    const below = block.rows === 1 ? block : { ...block, row: block.row + 1, rows: block.rows - 1 };
    writeTexts(placesOf(below).map((place) => ({ ...place, text: textOf({ row: from, column: place.column }) })));
  }

  function run(command: TableCommand): void {
    switch (command.type) {
      case 'move':
        return select({ row: active.row + command.rows, column: active.column + command.columns }, command.extend);
      case 'page':
        return select({ row: active.row + command.pages * rowsOnPage, column: active.column }, command.extend);
      case 'edge':
        return select({ row: command.to === 'tableStart' ? 0 : command.to === 'tableEnd' ? size.rows - 1 : active.row, column: command.to === 'rowStart' || command.to === 'tableStart' ? 0 : size.columns - 1 }, command.extend);
      case 'selectAll':
        return setSelected(selectBlock({ row: 0, column: 0, ...size }, size));
      case 'selectColumn':
        return setSelected(selectBlock({ row: 0, column: active.column, rows: size.rows, columns: 1 }, size));
      case 'undo':
        return isReadOnly ? undefined : step(edited.undo(), t('ruleTable.said.undone'));
      case 'redo':
        return isReadOnly ? undefined : step(edited.redo(), t('ruleTable.said.redone'));
      case 'clear':
        return writeTexts(placesOf(block).map((place) => ({ ...place, text: '' })), t('ruleTable.said.cleared'));
      case 'fillDown':
        return fillDown();
      case 'moveColumn':
      case 'removeColumn':
      case 'addColumn':
        return columnCommand(command);
      default:
        return rowCommand(command);
    }
  }

  function pastedWords({ block: { rows }, columns, added, isNamed }: Paste): string {
    const words = [t('ruleTable.said.pasted', { rows, columns }), ...(added > 0 ? [t('ruleTable.said.pastedNew', { rows: added })] : []), ...(isNamed ? [t('ruleTable.said.pastedNamed')] : []), t('ruleTable.said.undoable')];
    return words.join(t('ruleTable.and'));
  }

  function pasteProblemWords(problem: PasteProblem): string {
    const column = table.columns[block.column];
    switch (problem.reason) {
      case 'filtered':
        return t('ruleTable.refused.filtered');
      case 'tooWide':
        return t('ruleTable.refused.tooWide', { columns: problem.columns, room: problem.room, column: column === undefined ? '' : columnWords(column, table.head, text).name });
      case 'unknownColumns':
        return t('ruleTable.refused.unknownColumns', { columns: problem.names.join(t('ruleTable.and')) });
    }
  }

  return {
    shown,
    filter: filter.text,
    setFilter: (words) => setFilter({ text: words, hidden: hiddenRows(table.rows, words) }),
    selection,
    block,
    select,
    selectBlock: (whole) => setSelected(selectBlock(whole, size)),
    goTo(rowId, column = active.column) {
      const place = table.rows.findIndex(({ id }) => id === rowId);
      if (place < 0) return;
      const isHidden = filter.hidden.has(rowId);
      if (isHidden) setFilter({ text: '', hidden: new Set() });
      const row = isHidden ? place : shown.indexOf(place);
      setSelected({ active: { row, column }, anchor: { row, column } });
    },
    run,
    write(written) {
      if (written === textOf(active)) return;
      // The table may have been closed to writing meanwhile: the text is shown, so that it can be kept elsewhere.
      if (isReadOnly) say(t('ruleTable.refused.readOnly', { text: written }));
      else if (table.rows.length === 0) act({ type: 'all', edits: [{ type: 'addRow', at: 0 }, { type: 'setCell', row: 0, column: active.column, text: written }] }, t('ruleTable.said.inserted', { row: 1 }));
      else writeTexts([{ ...active, text: written }]);
    },
    addRow(texts) {
      const at = table.rows.length;
      if (!act({ type: 'all', edits: [{ type: 'addRow', at }, { type: 'setCells', cells: texts.map((each) => ({ row: at, ...each })) }] }, t('ruleTable.said.inserted', { row: at + 1 }))) return;
      selectOnly(size.rows);
    },
    edit(edit) {
      if (isReadOnly) return undefined;
      const { refused } = edited.edit(edit);
      if (refused) say(of(refused));
      return refused;
    },
    copy() {
      if (block.rows * block.columns > 1) say(t('ruleTable.said.copied', { rows: block.rows, columns: block.columns }));
      return copyBlock(table, shown, block);
    },
    paste(pasted) {
      const made = pasteEdit(table, shown, block, pasted);
      if ('reason' in made) return say(pasteProblemWords(made));
      const { edit, block: filled } = made;
      if (act(edit, pastedWords(made))) setSelected({ active: filled, anchor: { row: filled.row + filled.rows - 1, column: filled.column + filled.columns - 1 } });
    },
    said,
    pageRows: setRowsOnPage,
  };
}
