import type { ReactNode } from 'react';
import type { Condition } from '#rules';
import { leafTests, writeCondition, type CellProblem, type RuleTable, type TableReader } from '#rule-table';
import { useText } from '../../i18n/use-text.ts';
import { columnWords } from './column-words.ts';
import { TextField } from './text-field.tsx';

export interface ConditionTreeProps {
  readonly condition: Condition;
  /** The places on the way from the root to this part. */
  readonly path: readonly number[];
  readonly head: RuleTable['head'];
  readonly reader: TableReader;
  /** Undefined where the tree is only read. */
  readonly onWrite: ((path: readonly number[], text: string) => void) | undefined;
}

/** A condition as it is nested: all of, any of, not; and comparisons, each with its fact and its unary tests. */
export function ConditionTree({ condition, path, head, reader, onWrite }: ConditionTreeProps): ReactNode {
  const text = useText();
  const { t } = text;
  if ('all' in condition || 'any' in condition || 'not' in condition) {
    const [words, parts] = 'all' in condition ? [t('ruleTable.tree.all'), condition.all] : 'any' in condition ? [t('ruleTable.tree.any'), condition.any] : [t('ruleTable.tree.not'), [condition.not]];
    return (
      <>
        <span className="rule-tree-words">{words}</span>
        <ul className="rule-tree">
          {parts.map((part, place) => (
            <li key={place}>
              <ConditionTree condition={part} path={[...path, place]} head={head} reader={reader} onWrite={onWrite} />
            </li>
          ))}
        </ul>
      </>
    );
  }
  const tests = 'operator' in condition ? leafTests(condition, head.inputs, reader.cells) : undefined;
  if (tests === undefined || onWrite === undefined) return <code>{writeCondition(condition)}</code>;
  const name = columnWords(tests.column, head, text).name;
  return (
    <span className="rule-leaf">
      <span>{name}</span>
      <TextField label={name} text={tests.text} isReadOnly={false} problemOf={(written) => (['', '-'].includes(written.trim()) ? t('ruleTable.tree.missing') : problemWords(reader.problem(written, tests.column), text))} onWrite={(written) => onWrite(path, written)} />
    </span>
  );
}

/** What is wrong with the text of a comparison, in words. */
export function problemWords(problem: CellProblem | undefined, { t, of }: Pick<ReturnType<typeof useText>, 't' | 'of'>): string | undefined {
  return problem && t('ruleTable.expected', { expected: of(problem.expected) });
}
