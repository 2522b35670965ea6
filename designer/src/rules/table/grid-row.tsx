import { memo, type ReactNode } from 'react';
import type { CellError, TableRow } from '#rule-table';
import type { Text } from '../../i18n/use-text.ts';
import { StateShape } from '../../status/state-mark.tsx';
import type { CellNamer } from './cell-name.ts';
import type { GridMeasures, Span } from './grid-window.ts';

export interface GridRowProps {
  readonly gridId: string;
  readonly row: TableRow;
  /** Its place among the rows that are shown, and in the table; from 0. */
  readonly shownAt: number;
  readonly place: number;
  /** By the place of the column. */
  readonly names: readonly string[];
  readonly kinds: readonly string[];
  readonly measures: GridMeasures;
  readonly first: Span['first'];
  readonly end: Span['end'];
  /** -1: the active cell is in another row. */
  readonly activeColumn: number;
  /** The selected columns; -1 when none is in this row. */
  readonly selectedFrom: number;
  readonly selectedTo: number;
  readonly errors: readonly CellError[] | undefined;
  /** What the analysis says of the row, in words. */
  readonly mark: string | undefined;
  readonly nameCell: CellNamer;
  readonly text: Text;
}

/** One rule. It is drawn again only when something of it changes. */
export const GridRow = memo(function GridRow({ gridId, row, shownAt, place, names, kinds, measures, first, end, activeColumn, selectedFrom, selectedTo, errors, mark, nameCell, text }: GridRowProps): ReactNode {
  const { t, of } = text;
  const { edges, nameWidth, rowHeight } = measures;
  const name = of(row.rest.name, row.id);
  const cells: ReactNode[] = [];
  for (let column = first; column < end; column += 1) {
    const { text: written } = row.cells[column] ?? { text: '' };
    const error = errors?.find(({ column: at }) => at === column);
    const kind = kinds[column] ?? '';
    const spoken = nameCell(place + 1, names[column] ?? '', kind, written);
    cells.push(
      <div
        key={column}
        id={`${gridId}-${shownAt}-${column}`}
        role="gridcell"
        aria-colindex={column + 2}
        aria-label={error === undefined ? spoken : `${spoken} (${t('ruleTable.wrong')}: ${of(error.expected)})`}
        aria-selected={column >= selectedFrom && column <= selectedTo}
        aria-invalid={error !== undefined}
        data-column={column}
        data-active={column === activeColumn}
        data-unlimited={kind === 'input' && written === '-'}
        className="rule-cell"
        style={{ width: (edges[column + 1] ?? 0) - (edges[column] ?? 0) }}
      >
        {error === undefined ? null : <StateShape state="failed" size={12} />}
        {written}
      </div>,
    );
  }
  return (
    <div role="row" className="rule-row" aria-rowindex={shownAt + 2} data-row={shownAt} data-rule={row.id} data-marked={mark !== undefined} style={{ height: rowHeight }}>
      <div role="rowheader" aria-colindex={1} className="rule-row-name" style={{ width: nameWidth }} aria-label={`${place + 1} ${name}${mark === undefined ? '' : `, ${mark}`}`}>
        <span className="rule-row-number">{place + 1}</span>
        {mark === undefined ? null : <span className="state-attention"><StateShape state="attention" size={14} /></span>}
        <span className="rule-row-text">{name}</span>
      </div>
      <div role="presentation" style={{ width: edges[first] ?? 0, flex: 'none' }} />
      {cells}
    </div>
  );
});
