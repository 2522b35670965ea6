import { useId, useLayoutEffect, useMemo, useRef, useState, type MouseEvent, type ReactNode, type RefObject } from 'react';
import { useIsNarrow } from '../../app/media.ts';
import { useText } from '../../i18n/use-text.ts';
import { CellInput, type CellWriter } from './cell-input.tsx';
import { cellNamer } from './cell-name.ts';
import { cellValues } from './cell-suggestions.ts';
import { columnWords } from './column-words.ts';
import { GridRow } from './grid-row.tsx';
import type { GridPlace } from './grid-selection.ts';
import { measureGrid, scrollTo, visibleColumns, visibleRows, type GridView } from './grid-window.ts';
import type { Grid } from './use-grid.ts';
import type { EditedRuleTable } from './use-rule-table.ts';

export interface TableGridProps {
  readonly name: string;
  readonly edited: EditedRuleTable;
  readonly grid: Grid;
  /** What the analysis says of rows, by rule id. */
  readonly marks: ReadonlyMap<string, string>;
  readonly isReadOnly: boolean;
  readonly writer: RefObject<CellWriter | null>;
}

const inputWidth = 240;

/** The rows and columns that are in sight, and the input over the active cell. The header and the first column stay where they are. */
export function TableGrid({ name, edited, grid, marks, isReadOnly, writer }: TableGridProps): ReactNode {
  const text = useText();
  const { t } = text;
  const id = useId();
  const isNarrow = useIsNarrow();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<GridView>({ top: 0, left: 0, width: 1200, height: 600 });
  const { table, errors, reader } = edited;
  const { shown, selection, block } = grid;
  const { active } = selection;
  const { pageRows } = grid;
  const activeColumn = table.columns[active.column];
  const measures = useMemo(() => measureGrid(table.columns, isNarrow), [table.columns, isNarrow]);
  const words = useMemo(() => table.columns.map((column) => columnWords(column, table.head, text)), [table.columns, table.head, text]);
  const names = useMemo(() => words.map((word) => word.name), [words]);
  const kinds = useMemo(() => table.columns.map(({ kind }) => kind), [table.columns]);
  const values = useMemo(() => (activeColumn === undefined ? [] : cellValues(activeColumn, text)), [activeColumn, text]);
  const nameCell = useMemo(() => cellNamer(text), [text]);
  const rows = visibleRows(view, measures, shown.length);
  const columns = visibleColumns(view, measures);
  const { edges, headHeight, nameWidth, rowHeight } = measures;
  const width = nameWidth + (edges.at(-1) ?? 0);
  const activeRow = table.rows[shown[active.row] ?? -1];
  // A table without rows has a place to paste and to type all the same.
  const isEmpty = table.rows.length === 0 && !isReadOnly;
  const activeText = activeRow?.cells[active.column]?.text ?? '';

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      setView({ top: element.scrollTop, left: element.scrollLeft, width: element.clientWidth, height: element.clientHeight });
      pageRows(Math.max(1, Math.floor((element.clientHeight - headHeight) / rowHeight) - 1));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [headHeight, rowHeight, pageRows]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop, scrollLeft, clientWidth, clientHeight } = element;
    const { top, left } = scrollTo({ top: scrollTop, left: scrollLeft, width: clientWidth, height: clientHeight }, active, measures);
    if (top !== scrollTop) element.scrollTop = top;
    if (left !== scrollLeft) element.scrollLeft = left;
    // A new selection is a new object; the cell alone counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [active.row, active.column, measures]);

  function onMouseDown(event: MouseEvent): void {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const place = placeOf(event.target);
    if (place === undefined) return;
    event.preventDefault();
    // What was being written in another cell is kept when the focus leaves it.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (place.column === undefined && place.row === undefined) return;
    if (place.row === undefined) grid.selectBlock({ row: 0, column: place.column ?? 0, rows: shown.length, columns: 1 });
    else if (place.column === undefined) grid.selectBlock({ row: place.row, column: 0, rows: 1, columns: table.columns.length });
    else grid.select({ row: place.row, column: place.column }, event.shiftKey);
    writer.current?.focus();
  }

  function onMouseMove(event: MouseEvent): void {
    if (event.buttons !== 1 || !(event.target instanceof Element)) return;
    const place = placeOf(event.target);
    if (place?.row === undefined || place.column === undefined || (place.row === active.row && place.column === active.column)) return;
    grid.select({ row: place.row, column: place.column }, true);
  }

  const left = nameWidth + Math.min(edges[active.column] ?? 0, Math.max(0, view.left + view.width - nameWidth - inputWidth));
  return (
    <div className="rule-grid-scroll" ref={scroller} onScroll={({ currentTarget: { scrollTop, scrollLeft, clientWidth, clientHeight } }) => setView({ top: scrollTop, left: scrollLeft, width: clientWidth, height: clientHeight })} onMouseDown={onMouseDown} onMouseMove={onMouseMove} onDoubleClick={(event) => (event.target instanceof Element && event.target.closest('[data-column]') !== null && event.target.closest('[data-row]') !== null ? writer.current?.write() : undefined)}>
      <div role="grid" id={id} aria-label={name} aria-rowcount={shown.length + (isEmpty ? 2 : 1)} aria-colcount={table.columns.length + 1} aria-multiselectable aria-readonly={isReadOnly} className="rule-grid" style={{ width, height: headHeight + (isEmpty ? 1 : shown.length) * rowHeight }}>
        <div role="row" aria-rowindex={1} className="rule-head" style={{ height: headHeight }}>
          <div role="columnheader" aria-colindex={1} className="rule-row-name" style={{ width: nameWidth }}>
            {t('ruleTable.rule')}
          </div>
          <div role="presentation" style={{ width: edges[columns.first] ?? 0, flex: 'none' }} />
          {words.slice(columns.first, columns.end).map((word, index) => {
            const column = columns.first + index;
            return (
              <div key={column} role="columnheader" aria-colindex={column + 2} data-column={column} className="rule-head-cell" style={{ width: (edges[column + 1] ?? 0) - (edges[column] ?? 0) }}>
                <span className="rule-head-name">{word.name}</span>
                <span className="rule-head-detail">{word.detail}</span>
              </div>
            );
          })}
        </div>
        <div role="rowgroup" style={{ paddingTop: rows.first * rowHeight }}>
          {shown.slice(rows.first, rows.end).map((place, index) => {
            const row = table.rows[place];
            if (row === undefined) return null;
            const shownAt = rows.first + index;
            const isSelected = shownAt >= block.row && shownAt < block.row + block.rows;
            return <GridRow key={row.id} gridId={id} row={row} shownAt={shownAt} place={place} names={names} kinds={kinds} measures={measures} first={columns.first} end={columns.end} activeColumn={shownAt === active.row ? active.column : -1} selectedFrom={isSelected ? block.column : -1} selectedTo={isSelected ? block.column + block.columns - 1 : -1} errors={errors.get(row.id)} mark={marks.get(row.id)} nameCell={nameCell} text={text} />;
          })}
          {isEmpty ? (
            <div role="row" aria-rowindex={2} className="rule-row" data-row={0} style={{ height: rowHeight }}>
              <div role="gridcell" id={`${id}-0-${active.column}`} aria-colindex={1} className="rule-cell rule-cell-start" data-active="true" style={{ width: Math.min(width, view.width) }}>
                {t('ruleTable.startHere')}
              </div>
            </div>
          ) : null}
        </div>
      </div>
      {(activeRow === undefined && !isEmpty) || activeColumn === undefined ? null : (
        <CellInput
          ref={writer}
          style={{ left, top: headHeight + active.row * rowHeight, minHeight: rowHeight, width: Math.max(inputWidth, (edges[active.column + 1] ?? 0) - (edges[active.column] ?? 0)) }}
          label={nameCell((shown[active.row] ?? 0) + 1, names[active.column] ?? '', activeColumn.kind, activeText)}
          text={activeText}
          activeId={`${id}-${active.row}-${active.column}`}
          isReadOnly={isReadOnly}
          isNarrow={isNarrow}
          values={values}
          isInput={activeColumn.kind === 'input'}
          problemOf={(written) => (written === activeText && activeRow?.cells[active.column]?.keeps ? undefined : reader.problem(written, activeColumn))}
          onCommand={grid.run}
          onWrite={grid.write}
          onCopy={grid.copy}
          onPaste={grid.paste}
        />
      )}
    </div>
  );
}

/** The row and column of a cell, the column of a header, the row of a name; undefined outside of the grid. */
function placeOf(target: Element): Partial<GridPlace> | undefined {
  if (target.closest('[role="grid"]') === null) return undefined;
  const [row, column] = [target.closest<HTMLElement>('[data-row]')?.dataset['row'], target.closest<HTMLElement>('[data-column]')?.dataset['column']];
  return { ...(row === undefined ? {} : { row: Number(row) }), ...(column === undefined ? {} : { column: Number(column) }) };
}
