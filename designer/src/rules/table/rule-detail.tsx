import { useState, type ReactNode } from 'react';
import { changeLeaf, keptTree, type RuleTable, type TableEdit, type TableReader } from '#rule-table';
import { useText } from '../../i18n/use-text.ts';
import { columnWords } from './column-words.ts';
import { ConditionTree, problemWords } from './condition-tree.tsx';
import { TextField } from './text-field.tsx';

export interface RuleDetailProps {
  readonly table: RuleTable;
  readonly reader: TableReader;
  /** The place of the rule in the table. */
  readonly place: number;
  readonly isReadOnly: boolean;
  readonly onEdit: (edit: TableEdit) => void;
}

/** The rule of the active row in its other view: its name, and its condition as a tree whose values can be changed. */
export function RuleDetail({ table, reader, place, isReadOnly, onEdit }: RuleDetailProps): ReactNode {
  const text = useText();
  const { t, of } = text;
  const [isOpen, setIsOpen] = useState(false);
  const row = table.rows[place];
  if (row === undefined) return null;
  return (
    <details className="rule-detail" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('ruleTable.detail', { rule: t('ruleTable.numbered', { row: place + 1, name: of(row.rest.name, row.id) }) })}</summary>
      {isOpen ? content(row) : null}
    </details>
  );

  function content(rule: RuleTable['rows'][number]): ReactNode {
    const { name } = rule.rest;
    const conditionColumn = table.columns.findIndex(({ kind }) => kind === 'condition');
    const cell = rule.cells[conditionColumn];
    const kept = cell && keptTree(cell);
    const tests = table.columns.flatMap((column, at) => {
      const written = rule.cells[at]?.text ?? '-';
      return column.kind === 'input' && written !== '-' ? [{ column, at, written }] : [];
    });
    return (
      <div key={rule.id} className="rule-detail-body">
        {(['zh-CN', 'en'] as const).map((language) => (
          <label key={language} className="rule-leaf">
            <span>{t(language === 'en' ? 'ruleTable.name.en' : 'ruleTable.name.zh')}</span>
            <TextField label={t(language === 'en' ? 'ruleTable.name.en' : 'ruleTable.name.zh')} text={name[language]} isReadOnly={isReadOnly} problemOf={(written) => (written.trim() === '' ? t('ruleTable.name.missing') : undefined)} onWrite={(written) => onEdit({ type: 'setName', row: place, name: { ...name, [language]: written.trim() } })} />
          </label>
        ))}
        <span className="rule-tree-words">{t('ruleTable.tree.all')}</span>
        <ul className="rule-tree" aria-label={t('ruleTable.tree')}>
          {tests.map(({ column, at, written }) => (
            <li key={at}>
              <span className="rule-leaf">
                <span>{columnWords(column, table.head, text).name}</span>
                <TextField label={columnWords(column, table.head, text).name} text={written} isReadOnly={isReadOnly} problemOf={(next) => problemWords(reader.problem(next, column), text)} onWrite={(next) => onEdit({ type: 'setCell', row: place, column: at, text: next })} />
              </span>
            </li>
          ))}
          {cell === undefined || cell.text === '' ? null : (
            <li>
              {kept === undefined ? <code>{cell.text}</code> : <ConditionTree condition={kept.tree} path={[]} head={table.head} reader={reader} onWrite={isReadOnly ? undefined : (path, written) => writeLeaf(path, written)} />}
            </li>
          )}
          {tests.length === 0 && (cell === undefined || cell.text === '') ? <li className="muted">{t('ruleTable.tree.always')}</li> : null}
        </ul>
      </div>
    );

    function writeLeaf(path: readonly number[], written: string): void {
      const changed = cell && changeLeaf(cell, path, written, table.head.inputs, reader.cells);
      if (changed && 'cell' in changed) onEdit({ type: 'restoreCells', cells: [{ row: place, column: conditionColumn, cell: changed.cell }] });
    }
  }
}
