import { levelSchema, ruleSourceSchema } from '../rule-set.ts';
import { writeOperand } from './write-feel.ts';
import type { TableColumn } from './table.ts';

/**
 * The texts that cells of a column can have, where they are fixed: levels, grade and mark of the source, allowed values and truth values as
 * FEEL writes them. Empty for a column of any text, and for lists and objects, whose allowed values are those of their parts.
 */
export function fixedValues(column: TableColumn): readonly string[] {
  switch (column.kind) {
    case 'level':
      return levelSchema.options;
    case 'source':
      return column.part === 'reference' ? [] : ruleSourceSchema.shape[column.part].options;
    case 'input':
      return typedValues(column);
    case 'output':
      return typedValues(column.output);
    default:
      return [];
  }
}

function typedValues({ type, allowedValues }: Pick<Extract<TableColumn, { kind: 'input' }>, 'type' | 'allowedValues'>): readonly string[] {
  if (type === 'list' || type === 'object') return [];
  if (allowedValues) return allowedValues.flatMap((value) => writeOperand(value, type, false) ?? []);
  return type === 'boolean' ? ['true', 'false'] : [];
}
