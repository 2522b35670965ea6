import { memo, type ReactNode } from 'react';
import { keptTree, type RuleTable, type TableReader } from '#rule-table';
import { useText } from '../../i18n/use-text.ts';
import { ConditionTree } from './condition-tree.tsx';

/** Rules with a condition that the columns cannot show: each with the reason and the tree that it is. Nothing of it is lost by editing. */
export const KeptTrees = memo(function KeptTrees({ table, reader, onGoTo }: { readonly table: RuleTable; readonly reader: TableReader; readonly onGoTo: (rowId: string, column?: number) => void }): ReactNode {
  const { t, of } = useText();
  const column = table.columns.findIndex(({ kind }) => kind === 'condition');
  const kept = table.rows.flatMap((row, place) => {
    const cell = row.cells[column];
    const found = cell && keptTree(cell);
    return found ? [{ row, place, ...found }] : [];
  });
  if (kept.length === 0) return null;
  return (
    <details className="rule-trees">
      <summary>{t('ruleTable.trees', { count: kept.length })}</summary>
      <p className="small muted">{t('ruleTable.trees.lead')}</p>
      <ul className="rule-tree-list">
        {kept.map(({ row, place, tree, reason }) => (
          <li key={row.id}>
            <p>
              <button type="button" className="text-button" onClick={() => onGoTo(row.id, column)}>
                {t('ruleTable.numbered', { row: place + 1, name: of(row.rest.name, row.id) })}
              </button>{' '}
              <span className="small muted">{t(`ruleTable.tree.because.${reason}`)}</span>
            </p>
            <ConditionTree condition={tree} path={[]} head={table.head} reader={reader} onWrite={undefined} />
          </li>
        ))}
      </ul>
    </details>
  );
});
