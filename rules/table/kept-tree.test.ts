import { describe, expect, it } from '@jest/globals';
import { checkRuleSet, type Condition, type Rule, type RuleSetDocument } from '../index.ts';
import { applyTableEdit, changeLeaf, columnName, fromDecisionTable, keptTree, TableReader, toDecisionTable } from './index.ts';

const text = { 'zh-CN': '规则', en: 'Rule' };
const heavy: Condition = { fact: 'weight', operator: 'greaterThan', value: 90 };
const renal: Condition = { fact: 'kidneys', operator: 'equal', value: 'poor' };
const rule = (id: string, conditions: Rule['conditions']): Rule => ({ id, name: text, conditions, event: { type: id }, message: text, source: { grade: 'A', reference: 'label', mark: 'S' } });
const document: RuleSetDocument = {
  format: 'careloop-rules/1', key: 'k', version: '1', name: text, domain: 'pharmacy', outputs: [],
  inputs: [{ name: 'weight', type: 'number', unit: 'kg' }, { name: 'kidneys', type: 'string' }],
  rules: [rule('root', { any: [heavy, { not: renal }], name: 'either' }), rule('nested', { all: [renal, { any: [heavy, renal] }, { not: heavy }] }), rule('plain', { all: [heavy] })],
};
const table = toDecisionTable(document);
const reader = new TableReader(table.head);
const column = table.columns.findIndex((each) => columnName(each) === 'condition');

/** The conditions of a rule after a change of one comparison in its tree. */
function changed(row: number, path: readonly number[], written: string): Rule['conditions'] | string | undefined {
  const cell = table.rows[row]?.cells[column];
  const change = cell && changeLeaf(cell, path, written, document.inputs, reader.cells);
  if (!change || 'problem' in change) return change?.problem.code;
  const edited = applyTableEdit(table, { type: 'restoreCells', cells: [{ row, column, cell: change.cell }] });
  expect(applyTableEdit(edited.table, edited.inverse).table).toEqual(table);
  const from = fromDecisionTable(edited.table);
  if ('errors' in from) throw new Error(JSON.stringify(from.errors));
  expect(checkRuleSet(from.document)).toEqual([]);
  expect(toDecisionTable(from.document).rows[row]?.cells[column]?.text).toBe(change.cell.text);
  return from.document.rules[row]?.conditions;
}

describe('the tree that a condition cell keeps', () => {
  it('says why the columns cannot show it', () => {
    expect(table.rows.map(({ cells }) => keptTree(cells[column] ?? { text: '' })?.reason)).toEqual(['any', 'any', undefined]);
  });

  it('takes another test at one place, and stays as it is elsewhere', () => {
    expect(changed(0, [0], '> 100')).toEqual({ any: [{ ...heavy, value: 100 }, { not: renal }], name: 'either' });
    expect(changed(0, [1, 0], '"poor", "none"')).toEqual({ any: [heavy, { not: { fact: 'kidneys', operator: 'in', value: ['poor', 'none'] } }], name: 'either' });
    expect(changed(1, [0, 1], 'not("good")')).toEqual({ all: [renal, { any: [heavy, { fact: 'kidneys', operator: 'notEqual', value: 'good' }] }, { not: heavy }] });
    expect(changed(1, [1, 0], '[50..60)')).toEqual({ all: [renal, { any: [heavy, renal] }, { not: { all: [{ fact: 'weight', operator: 'greaterThanInclusive', value: 50 }, { fact: 'weight', operator: 'lessThan', value: 60 }] } }] });
  });

  it('refuses a text that cannot be read or tests nothing, and a place where there is no comparison', () => {
    expect(changed(0, [0], '"heavy"')).toBe('TYPE_MISMATCH');
    expect(changed(0, [0], '-')).toBe('VALUE_MISSING');
    expect(changed(0, [1], '> 5')).toBeUndefined();
    expect(changed(2, [0], '> 5')).toBeUndefined();
  });
});
