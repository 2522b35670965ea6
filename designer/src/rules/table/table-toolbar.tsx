import { Button, Input } from 'antd';
import { memo, useState, type ReactNode } from 'react';
import type { RuleTable } from '#rule-table';
import { useIsNarrow } from '../../app/media.ts';
import { useText } from '../../i18n/use-text.ts';
import { AddColumn } from './add-column.tsx';
import type { TableCommand } from './use-grid.ts';

export interface TableToolbarProps {
  readonly table: RuleTable;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Of the active cell. */
  readonly column: number;
  /** How many rows the filter shows. */
  readonly shown: number;
  readonly filter: string;
  readonly isReadOnly: boolean;
  readonly onFilter: (text: string) => void;
  readonly run: (command: TableCommand) => void;
}

/** Undo, rows, columns and the filter: all that keys do, for those who do not know them. Not drawn again while one moves in a column. */
export const TableToolbar = memo(function TableToolbar({ table, canUndo, canRedo, column, shown, filter, isReadOnly, onFilter, run }: TableToolbarProps): ReactNode {
  const { t } = useText();
  const isNarrow = useIsNarrow();
  const [isAdding, setIsAdding] = useState(false);
  const kind = table.columns[column]?.kind;
  const isMovable = kind === 'input' || kind === 'output' || kind === 'annotation';
  const hasRow = shown > 0;
  const tools = (
    <>
      <div role="group" aria-label={t('ruleTable.rows')} className="rule-tools">
        <span className="label" aria-hidden="true">{t('ruleTable.rows')}</span>
        <Button size="small" onClick={() => run({ type: 'insertRow' })}>{t('ruleTable.insertRow')}</Button>
        <Button size="small" disabled={!hasRow} onClick={() => run({ type: 'duplicateRow' })}>{t('ruleTable.duplicateRow')}</Button>
        <Button size="small" disabled={!hasRow} onClick={() => run({ type: 'moveRow', by: -1 })}>{t('ruleTable.moveRowUp')}</Button>
        <Button size="small" disabled={!hasRow} onClick={() => run({ type: 'moveRow', by: 1 })}>{t('ruleTable.moveRowDown')}</Button>
        <Button size="small" disabled={!hasRow} onClick={() => run({ type: 'removeRows' })}>{t('ruleTable.removeRows')}</Button>
      </div>
      <div role="group" aria-label={t('ruleTable.columns')} className="rule-tools">
        <span className="label" aria-hidden="true">{t('ruleTable.columns')}</span>
        <Button size="small" aria-expanded={isAdding} onClick={() => setIsAdding(!isAdding)}>{t('ruleTable.addColumn')}</Button>
        <Button size="small" disabled={!isMovable} onClick={() => run({ type: 'moveColumn', by: -1 })}>{t('ruleTable.moveColumnLeft')}</Button>
        <Button size="small" disabled={!isMovable} onClick={() => run({ type: 'moveColumn', by: 1 })}>{t('ruleTable.moveColumnRight')}</Button>
        <Button size="small" disabled={!isMovable} onClick={() => run({ type: 'removeColumn' })}>{t('ruleTable.removeColumn')}</Button>
      </div>
    </>
  );
  return (
    <div className="rule-toolbar">
      {isReadOnly ? null : (
        <>
          <div role="group" aria-label={t('ruleTable.undo')} className="rule-tools">
            <Button size="small" disabled={!canUndo} onClick={() => run({ type: 'undo' })}>{t('ruleTable.undo')}</Button>
            <Button size="small" disabled={!canRedo} onClick={() => run({ type: 'redo' })}>{t('ruleTable.redo')}</Button>
          </div>
          {isNarrow ? (
            <details>
              <summary>{t('ruleTable.rowsAndColumns')}</summary>
              {tools}
            </details>
          ) : (
            tools
          )}
        </>
      )}
      <div className="rule-filter">
        <Input size="small" allowClear aria-label={t('ruleTable.filter')} placeholder={t('ruleTable.filter')} value={filter} onChange={(event) => onFilter(event.target.value)} />
        <span className="small muted nowrap">{shown === table.rows.length ? t('ruleTable.count', { rows: shown }) : t('ruleTable.countShown', { shown: shown, rows: table.rows.length })}</span>
      </div>
      {isAdding && !isReadOnly ? (
        <AddColumn
          table={table}
          onAdd={(added, withCells) => {
            setIsAdding(false);
            run({ type: 'addColumn', column: added, withCells });
          }}
          onClose={() => setIsAdding(false)}
        />
      ) : null}
    </div>
  );
});
