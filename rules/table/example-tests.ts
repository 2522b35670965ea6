import type { Example } from '../analysis/analyse-rule-set.ts';
import { columnName, type RuleTable } from './table.ts';
import { writeOperand } from './write-feel.ts';

/**
 * The tests that hold for the values of an example alone, by the place of their column: what a rule needs that is to fill a gap there.
 * Values that a cell has no form for are left out.
 */
export function exampleTests(example: Example, { columns }: RuleTable): readonly { readonly column: number; readonly text: string }[] {
  return columns.flatMap((column, place) => {
    const name = columnName(column);
    if (column.kind !== 'input' || !Object.hasOwn(example, name)) return [];
    const text = writeOperand(example[name], column.type, false);
    return text === undefined ? [] : [{ column: place, text }];
  });
}
