import type { ReactNode } from 'react';
import type { Condition } from '#rules';
import { writeCondition } from '#rule-table';
import { useText } from '../../i18n/use-text.ts';

/** A condition as it is nested: all of, any of, not, and comparisons in FEEL. */
export function ConditionTree({ condition }: { readonly condition: Condition }): ReactNode {
  const { t } = useText();
  if (!('all' in condition || 'any' in condition || 'not' in condition)) return <code>{writeCondition(condition)}</code>;
  const [words, parts] = 'all' in condition ? [t('ruleTable.tree.all'), condition.all] : 'any' in condition ? [t('ruleTable.tree.any'), condition.any] : [t('ruleTable.tree.not'), [condition.not]];
  return (
    <>
      <span className="rule-tree-words">{words}</span>
      <ul className="rule-tree">
        {parts.map((part, index) => (
          <li key={index}>
            <ConditionTree condition={part} />
          </li>
        ))}
      </ul>
    </>
  );
}
