import { columnName, type AnalysisFinding, type Example, type RuleTable } from '#rule-table';
import type { Text } from '../../i18n/use-text.ts';
import { columnWords } from './column-words.ts';

type Words = Pick<Text, 't' | 'of'>;

/** A finding in words: what it is, the rules by number and name, and an example. */
export function findingWords(finding: AnalysisFinding, table: RuleTable, { t, of }: Words): string {
  const name = (id: string): string => {
    const place = table.rows.findIndex((row) => row.id === id);
    return t('ruleTable.numbered', { row: place + 1, name: of(table.rows[place]?.rest.name, id) });
  };
  const [one, other] = finding.rules.map(name);
  switch (finding.kind) {
    case 'gap':
      return t('ruleTable.found.gap', { example: exampleWords(finding.example, table, { t, of }) });
    case 'overlap':
      return t('ruleTable.found.overlap', { one: one ?? '', other: other ?? '', example: exampleWords(finding.example, table, { t, of }) });
    case 'neverHolds':
      return t('ruleTable.found.neverHolds', { one: one ?? '' });
    case 'unreachable':
      return t('ruleTable.found.unreachable', { one: one ?? '', by: finding.by.slice(0, 3).map(name).join(t('ruleTable.and')) });
    case 'sameAs':
      return t('ruleTable.found.sameAs', { one: one ?? '', other: other ?? '' });
  }
}

/** The values of an example, each with the name of its column. */
function exampleWords(example: Example, { columns, head }: RuleTable, words: Words): string {
  const values = Object.entries(example).map(([name, value]) => {
    const column = columns.find((each) => columnName(each) === name);
    const unit = column?.kind === 'input' && column.unit !== undefined && typeof value === 'number' ? ` ${column.unit}` : '';
    return `${column === undefined ? name : columnWords(column, head, words).name} = ${JSON.stringify(value)}${unit}`;
  });
  return values.length === 0 ? words.t('ruleTable.found.anything') : values.join(words.t('ruleTable.and'));
}

/** What is said at the rows that findings are about, by rule id. */
export function rowMarks(findings: readonly AnalysisFinding[], { t }: Pick<Text, 't'>): ReadonlyMap<string, string> {
  const marks = new Map<string, Set<string>>();
  for (const finding of findings) {
    for (const id of finding.rules) marks.set(id, (marks.get(id) ?? new Set()).add(t(`ruleTable.mark.${finding.kind}`)));
  }
  return new Map([...marks].map(([id, words]) => [id, [...words].join(t('ruleTable.and'))]));
}
