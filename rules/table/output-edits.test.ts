import { describe, expect, it } from '@jest/globals';
import { checkRuleSet, type RuleOutput, type RuleSetDocument } from '../index.ts';
import { applyTableEdit, checkTable, outputLoss, outputProblems, TableReader, toDecisionTable, type EditedTable, type RuleTable, type TableEdit } from './index.ts';

const text = { 'zh-CN': '规则', en: 'Rule' };
const params: readonly NonNullable<RuleSetDocument['rules'][number]['event']['params']>[] = [{ dose: 5, route: 'iv', hint: 'x' }, { dose: { feel: 'weight * 2' }, route: 'po' }, { route: '12' }];
const document: RuleSetDocument = {
  format: 'careloop-rules/1', key: 'k', version: '1', name: text, domain: 'pharmacy',
  inputs: [{ name: 'weight', type: 'number', unit: 'kg' }],
  outputs: [{ name: 'dose', type: 'number', unit: 'mg', default: 1 }, { name: 'route', type: 'string' }],
  rules: params.map((given, index) => ({ id: `r${index}`, name: text, conditions: { all: [{ fact: 'weight', operator: 'greaterThan', value: index }] }, event: { type: 'e', params: given }, message: text, source: { grade: 'A', reference: 'label', mark: 'S' } })),
};
const table = toDecisionTable(document);
const edit = (given: TableEdit, of: RuleTable = table): EditedTable => applyTableEdit(of, given);
const change = (name: string, output: RuleOutput): EditedTable => edit({ type: 'changeOutput', name, output });
const outputs = ({ columns }: RuleTable): RuleOutput[] => columns.flatMap((column) => (column.kind === 'output' ? [column.output] : []));
const texts = ({ columns, rows }: RuleTable, name: string): (string | undefined)[] => {
  const place = columns.findIndex((column) => column.kind === 'output' && column.output.name === name);
  return rows.map(({ cells }) => cells[place]?.text);
};

describe('the results of a table', () => {
  it('are added as the last of them, and show what rules gave before', () => {
    const added = edit({ type: 'addOutput', output: { name: 'hint', type: 'string' } });

    expect(outputs(added.table).map(({ name }) => name)).toEqual(['dose', 'route', 'hint']);
    expect(texts(added.table, 'hint')).toEqual(['"x"', '', '']);
    expect(applyTableEdit(added.table, added.inverse).table).toEqual(table);
    expect(edit({ type: 'addOutput', output: { name: 'dose', type: 'string' } }).refused?.en).toBe('Expected another name: this one is taken');
  });

  it('are renamed with their cells, but not over a parameter that a rule gives', () => {
    const renamed = change('route', { name: 'way', type: 'string' });
    const draft = new TableReader(renamed.table.head).draft(renamed.table);

    expect(draft.rules.map(({ event }) => event.params)).toEqual([{ hint: 'x', dose: 5, way: 'iv' }, { dose: { feel: 'weight * 2' }, way: 'po' }, { way: '12' }]);
    expect(change('route', { name: 'hint', type: 'string' }).refused?.en).toBe('Expected another name: there is a parameter hint already in row 1');
  });

  it('read their cells anew when their type changes: what says the same stays, what does not fit is wrong and keeps its text', () => {
    const asText = change('dose', { name: 'dose', type: 'string' });
    const asNumber = change('route', { name: 'route', type: 'number' });

    expect(texts(asText.table, 'dose')).toEqual(['"5"', 'weight * 2', '']);
    expect(asText.errors).toEqual([]);
    expect(texts(asNumber.table, 'route')).toEqual(['"iv"', '"po"', '12']);
    expect(checkTable(asNumber.table).map(({ code, row, columnName }) => [code, row, columnName])).toEqual([['TYPE_MISMATCH', 0, 'output route'], ['TYPE_MISMATCH', 1, 'output route']]);
    expect(applyTableEdit(asNumber.table, asNumber.inverse).table).toEqual(table);
  });

  it('are read by the new type with the same reader, also a text that was wrong before', () => {
    const reader = new TableReader(table.head);
    const wrong = applyTableEdit(table, { type: 'setCell', row: 2, column: table.columns.findIndex(({ kind }) => kind === 'output'), text: '"iv"' }, reader.cells).table;
    const mended = applyTableEdit(wrong, { type: 'changeOutput', name: 'dose', output: { name: 'dose', type: 'string' } }, reader.cells).table;

    expect(reader.errors(wrong)).toHaveLength(1);
    expect(reader.errors(mended)).toEqual([]);
    expect(reader.draft(mended).rules[2]?.event.params).toEqual({ route: '12', dose: 'iv' });
  });

  it('take allowed values, which cells outside of them do not have', () => {
    const limited = change('route', { name: 'route', type: 'string', allowedValues: ['po', 'iv'] });

    expect(checkTable(limited.table)).toMatchObject([{ code: 'VALUE_NOT_ALLOWED', row: 2 }]);
    expect(checkRuleSet(new TableReader(limited.table.head).draft(limited.table))).not.toEqual([]);
  });

  it('are removed with their cells, which are named before', () => {
    const removed = edit({ type: 'removeOutput', name: 'dose' });

    expect(outputLoss(table, 'dose')).toEqual({ rows: [0, 1], default: 1 });
    expect(outputLoss(table, 'none')).toBeUndefined();
    expect(outputs(removed.table).map(({ name }) => name)).toEqual(['route']);
    expect(applyTableEdit(removed.table, removed.inverse).table).toEqual(table);
  });

  it('stay as the hit policy needs them', () => {
    const summed: RuleTable = { ...edit({ type: 'removeOutput', name: 'route' }).table, head: { ...table.head, hitPolicy: 'collect', aggregation: 'sum' } };
    const refusals = ([{ type: 'removeOutput', name: 'dose' }, { type: 'changeOutput', name: 'dose', output: { name: 'dose', type: 'string' } }, { type: 'addOutput', output: { name: 'second', type: 'number' } }, { type: 'addColumn', at: 0, column: { kind: 'output', output: { name: 'second', type: 'number' } } }] satisfies TableEdit[]).map((each) => edit(each, summed));

    expect(refusals.map(({ refused }) => refused?.en.slice(0, 29))).toEqual(Array.from({ length: 4 }, () => 'An aggregation goes with colle'.slice(0, 29)));
    expect(refusals.every(({ table: after }) => after === summed)).toBe(true);
  });

  it('say which field is wrong', () => {
    const fields = (output: RuleOutput): string[] => outputProblems(output, []).map(({ field }) => field);

    expect(fields({ name: '剂量', type: 'number', unit: '毫克', default: 'x' })).toEqual(['name', 'unit', 'default']);
    expect(fields({ name: 'a', type: 'string', allowedValues: ['x', 'x'], default: 'y' })).toEqual(['allowedValues', 'default']);
    expect(fields({ name: 'a', type: 'number', unit: 'mg', allowedValues: [1, 2], default: 2, description: text })).toEqual([]);
  });
});
