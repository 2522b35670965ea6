import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { columnWords } from './column-words.ts';
import type { Grid } from './use-grid.ts';
import type { EditedRuleTable } from './use-rule-table.ts';

export interface CellBarProps {
  readonly edited: EditedRuleTable;
  readonly grid: Grid;
  readonly isReadOnly: boolean;
  readonly onWrite: () => void;
}

/** The whole text of the active cell, what is wrong with it, and a button that opens it: a finger has no F2. */
export function CellBar({ edited: { table, errors }, grid: { shown, selection }, isReadOnly, onWrite }: CellBarProps): ReactNode {
  const text = useText();
  const { t, of } = text;
  const { row, column } = selection.active;
  const place = shown[row] ?? -1;
  const active = table.rows[place];
  const shownColumn = table.columns[column];
  if (active === undefined || shownColumn === undefined) return null;
  const error = errors.get(active.id)?.find((each) => each.column === column);
  const { text: written } = active.cells[column] ?? { text: '' };
  return (
    <div className="rule-cell-bar">
      <span className="label">{t('ruleTable.cell', { row: place + 1, column: columnWords(shownColumn, table.head, text).name })}</span>
      <span className="rule-cell-bar-text">{written === '' ? <span className="muted">{t('ruleTable.empty')}</span> : written}</span>
      {isReadOnly ? null : (
        <Button size="small" onClick={onWrite}>
          {t('ruleTable.edit')}
        </Button>
      )}
      {error === undefined ? null : <span className="field-error">{t('ruleTable.expected', { expected: of(error.expected) })}</span>}
    </div>
  );
}
