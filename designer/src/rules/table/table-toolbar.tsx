import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { AddColumn } from './add-column.tsx';
import type { Grid } from './use-grid.ts';
import type { EditedRuleTable } from './use-rule-table.ts';

export interface TableToolbarProps {
  readonly edited: EditedRuleTable;
  readonly grid: Grid;
  readonly isReadOnly: boolean;
}

/** Undo, rows, columns and the filter: all that keys do, for those who do not know them. */
export function TableToolbar({ edited, grid, isReadOnly }: TableToolbarProps): ReactNode {
  const { t } = useText();
  const [isAdding, setIsAdding] = useState(false);
  const { table, canUndo, canRedo } = edited;
  const { shown, selection, run } = grid;
  const column = table.columns[selection.active.column];
  const isMovable = column !== undefined && (column.kind === 'input' || column.kind === 'output' || column.kind === 'annotation');
  const hasRow = shown.length > 0;
  return (
    <div className="rule-toolbar">
      {isReadOnly ? null : (
        <>
          <div role="group" aria-label={t('ruleTable.undo')} className="rule-tools">
            <Button size="small" disabled={!canUndo} onClick={() => run({ type: 'undo' })}>{t('ruleTable.undo')}</Button>
            <Button size="small" disabled={!canRedo} onClick={() => run({ type: 'redo' })}>{t('ruleTable.redo')}</Button>
          </div>
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
      )}
      <div className="rule-filter">
        <Input size="small" allowClear aria-label={t('ruleTable.filter')} placeholder={t('ruleTable.filter')} value={grid.filter} onChange={(event) => grid.setFilter(event.target.value)} />
        <span className="small muted nowrap">{shown.length === table.rows.length ? t('ruleTable.count', { rows: shown.length }) : t('ruleTable.countShown', { shown: shown.length, rows: table.rows.length })}</span>
      </div>
      {isAdding && !isReadOnly ? (
        <AddColumn
          table={table}
          onAdd={(added) => {
            setIsAdding(false);
            run({ type: 'addColumn', column: added });
          }}
          onClose={() => setIsAdding(false)}
        />
      ) : null}
    </div>
  );
}
