import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { checkRuleSet, type Aggregation, type Condition, type HitPolicyName, type RuleInput, type RuleOutput, type RuleSetDocument } from '../index.ts';
import { applyTableEdit, blockToTsv, checkTable, columnName, fromDecisionTable, inputProblems, inputReaders, TableReader, toDecisionTable, type RuleTable, type TableColumn, type TableEdit } from './index.ts';

const runs = Math.min(5_000, Number(process.env.CARELOOP_PROPERTY_RUNS ?? 100));
const text = { 'zh-CN': '规则', en: 'Rule' };
type Rule = RuleSetDocument['rules'][number];

const rule = (id: string, all: readonly object[], more: Partial<Rule> = {}): Rule => ({ id, name: text, conditions: { all: all as Condition[] }, event: { type: id }, message: text, source: { grade: 'A', reference: 'label', mark: 'S' }, ...more });
const heavy: Condition = { fact: 'weight', operator: 'greaterThan', value: 90 };
const renal: Condition = { fact: 'kidneys', operator: 'equal', value: 'poor' };
const document: RuleSetDocument = {
  format: 'careloop-rules/1', key: 'k', version: '1', name: text, domain: 'pharmacy',
  inputs: [{ name: 'weight', type: 'number', unit: 'kg' }, { name: 'drug', type: 'string' }, { name: 'kidneys', type: 'string' }, { name: 'born', type: 'date' }],
  outputs: [{ name: 'dose', type: 'number', unit: 'mg' }, { name: 'route', type: 'string', allowedValues: ['po', 'iv'] }],
  annotations: ['why'],
  rules: [
    rule('r1', [heavy, renal], { event: { type: 'r1', params: { dose: 5, hint: 'x' } }, level: 'HARD', annotations: { why: '' } }),
    rule('r2', [renal, heavy, { any: [heavy, { not: renal }] }], { event: { type: 'r2', params: { dose: { feel: 'weight * 2' }, route: 'iv' } }, signed: { role: 'pharmacist', name: 'P', at: '2026-11-01T00:00:00Z' } }),
    { ...rule('r3', []), conditions: { any: [heavy, renal] } },
  ],
};
const table = toDecisionTable(document);
const placeOf = (name: string, of: RuleTable = table): number => of.columns.findIndex((column) => columnName(column) === name);
const edited = (given: RuleTable, ...edits: TableEdit[]): RuleTable => edits.reduce((current, edit) => applyTableEdit(current, edit).table, given);

const texts = fc.oneof(fc.constantFrom('', '-', '> 5', '>> 5', '"a"', 'abc', '5', '[1..', 'true', 'HARD', 'A', '阿司匹林', '≥ ５', '“a”、“b”', '"a", "b"', 'unfinished: 5', 'weight > 3 or drug = "x"', 'weight * 2', '多行\n文字', '=1+1', '"iv"'), fc.string({ maxLength: 8 }));
const newColumns: readonly TableColumn[] = [{ kind: 'input', fact: 'drug', type: 'string' }, { kind: 'input', fact: 'born', type: 'date' }, { kind: 'output', output: { name: 'hint', type: 'string' } }, { kind: 'annotation', name: 'note' }, { kind: 'level' }];
const place = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 3 }) }, { weight: 5, arbitrary: fc.integer({ min: 4, max: 11 }) }, { weight: 1, arbitrary: fc.constantFrom(-1, 20) });
const count = fc.integer({ min: 0, max: 3 });
const anyEdit: fc.Arbitrary<TableEdit> = fc.oneof(
  fc.record({ type: fc.constant('setCell' as const), row: place, column: place, text: texts }),
  fc.record({ type: fc.constant('setCells' as const), cells: fc.array(fc.record({ row: count, column: place, text: texts }), { maxLength: 4 }) }),
  fc.record({ type: fc.constant('setName' as const), row: place, name: fc.constant({ 'zh-CN': '新名', en: 'New' }) }),
  fc.record({ type: fc.constant('paste' as const), row: place, rows: fc.array(fc.array(fc.record({ column: place, text: texts }), { maxLength: 3 }), { maxLength: 3 }) }),
  fc.record({ type: fc.constant('clear' as const), row: place, column: place, rows: count, columns: count }),
  fc.record({ type: fc.constant('addRow' as const), at: place }),
  fc.record({ type: fc.constant('duplicateRow' as const), row: place }),
  fc.record({ type: fc.constant('moveRow' as const), from: place, to: place }),
  fc.record({ type: fc.constant('removeRows' as const), at: place, count }),
  fc.record({ type: fc.constant('addColumn' as const), at: place, column: fc.constantFrom(...newColumns) }),
  fc.record({ type: fc.constant('duplicateColumn' as const), column: place, as: fc.constantFrom(...newColumns) }),
  fc.record({ type: fc.constant('moveColumn' as const), from: place, to: place }),
  fc.record({ type: fc.constant('removeColumn' as const), column: place }),
);
const someInput = fc.record({ name: fc.constantFrom('weight', 'drug', 'born', 'age', 'x', 'bad name'), type: fc.constantFrom('number' as const, 'string' as const, 'date' as const) }, { requiredKeys: ['name', 'type'] });
const anyDeclaration: fc.Arbitrary<TableEdit> = fc.oneof(
  fc.record({ type: fc.constant('addInput' as const), input: someInput }),
  fc.record({ type: fc.constant('changeInput' as const), name: fc.constantFrom('weight', 'drug', 'kidneys', 'born', 'age', 'x'), input: fc.oneof(someInput, fc.constant({ name: 'weight', type: 'number' as const, unit: 'g' })) }),
  fc.record({ type: fc.constant('setHitPolicy' as const), hitPolicy: fc.constantFrom('unique' as const, 'collect' as const, 'priority' as const) }),
  fc.record({ type: fc.constant('addOutput' as const), output: someInput }),
  fc.record({ type: fc.constant('changeOutput' as const), name: fc.constantFrom('dose', 'route', 'hint', 'x'), output: fc.oneof(someInput, fc.constantFrom<RuleOutput>({ name: 'dose', type: 'string' }, { name: 'route', type: 'number' }, { name: 'route', type: 'string', allowedValues: ['po'] })) }),
  fc.record({ type: fc.constant('removeOutput' as const), name: fc.constantFrom('dose', 'route', 'x') }),
  fc.record({ type: fc.constant('removeInput' as const), name: fc.constantFrom('drug', 'kidneys', 'born', 'age', 'x', 'none') }),
);
const anyEdits = fc.array(fc.oneof({ weight: 4, arbitrary: anyEdit }, { weight: 2, arbitrary: anyDeclaration }, { weight: 1, arbitrary: fc.array(anyEdit, { maxLength: 3 }).map((edits) => ({ type: 'all' as const, edits })) }), { minLength: 4, maxLength: 12 });

describe('edits of a table', () => {
  it('are undone exactly, one by one, and done again', () => {
    let applied = 0;
    fc.assert(fc.property(anyEdits, (edits) => {
      const states: RuleTable[] = [table];
      const inverses: TableEdit[] = [];
      for (const edit of edits) {
        const { table: next, inverse, refused } = applyTableEdit(states.at(-1) as RuleTable, edit);
        if (refused) expect(next).toBe(states.at(-1));
        else applied += 1;
        states.push(next);
        inverses.push(inverse);
      }
      let current = states.at(-1) as RuleTable;
      for (const [index, inverse] of [...inverses.entries()].reverse()) {
        const undone = applyTableEdit(current, inverse);

        expect(undone.refused).toBeUndefined();
        expect(undone.table).toEqual(states[index]);
        expect(applyTableEdit(undone.table, undone.inverse).table).toEqual(states[index + 1]);
        current = undone.table;
      }
      expect(fromDecisionTable(current)).toEqual({ document });
    }), { numRuns: runs });
    expect(applied).toBeGreaterThan(runs);
  });

  it('leave a document that keeps every text, and is refused while a cell cannot be read', () => {
    let unfinished = 0;
    fc.assert(fc.property(anyEdits, (edits) => {
      const after = edited(table, ...edits);
      const reader = new TableReader(after.head);
      const draft = JSON.parse(JSON.stringify(reader.draft(after))) as RuleSetDocument;
      const shown = toDecisionTable(draft);

      expect(reader.errors(after)).toEqual(checkTable(after));
      expect(new TableReader(shown.head).draft(shown)).toEqual(draft);
      expect(checkTable(shown).map(({ code, rowId, columnName: name }) => [code, rowId, name])).toEqual(checkTable(after).map(({ code, rowId, columnName: name }) => [code, rowId, name]));
      if (checkTable(after).length > 0) {
        unfinished += 1;
        expect(checkRuleSet(draft)).not.toEqual([]);
      }
    }), { numRuns: runs });
    expect(unfinished).toBeGreaterThan(runs / 4);
  });

  it('say at which row and column a text does not fit, and what does', () => {
    const { errors } = applyTableEdit(table, { type: 'setCell', row: 1, column: placeOf('weight'), text: '"abc"' });

    expect(errors).toEqual([{ code: 'TYPE_MISMATCH', row: 1, rowId: 'r2', column: placeOf('weight'), columnName: 'weight', expected: { 'zh-CN': '数字，例如 5 或 > 5', en: 'a number such as 5 or > 5' } }]);
  });

  it('read the signs of an input method as those of FEEL, but not in texts', () => {
    const written = (name: string, typed: string): string | undefined => edited(table, { type: 'setCell', row: 0, column: placeOf(name), text: typed }).rows[0]?.cells[placeOf(name)]?.text;

    expect([written('weight', '≥ ６０'), written('weight', '［５．．１０）'), written('weight', '＞９０')]).toEqual(['>= 60', '[5..10)', '> 90']);
    expect([written('kidneys', '“差，重”、“正常”'), written('kidneys', '"差，重"'), written('kidneys', '差')]).toEqual(['"差，重", "正常"', '"差，重"', '差']);
    expect([written('output dose', '５０'), written('output route', '“iv”'), written('condition', 'weight ＞ 3 or kidneys ＝ “差”')]).toEqual(['50', '"iv"', 'weight > 3 or kidneys = "差"']);
    expect(written('message zh-CN', '超过 ９０，请核对')).toBe('超过 ９０，请核对');
  });

  it('keep a meaning that a cell only shows, when its text is written again', () => {
    const column = placeOf('condition');
    const shown = table.rows[2]?.cells[column]?.text ?? '';

    expect(edited(table, { type: 'setCell', row: 2, column, text: shown }).rows).toEqual(table.rows);
    expect(shown).toBe('weight > 90 or kidneys = "poor"');
  });

  it('copy a rule without its signature, under an id of its own', () => {
    const after = edited(table, { type: 'duplicateRow', row: 1 }, { type: 'duplicateRow', row: 1 });

    expect(after.rows.map(({ id }) => id)).toEqual(['r1', 'r2', 'r2-3', 'r2-2', 'r3']);
    expect(after.rows.map(({ rest }) => rest.signed !== undefined)).toEqual([false, true, false, false, false]);
  });

  it('take rows of texts as one edit, with rows added where it ends below the table', () => {
    const column = placeOf('output dose');
    const { table: after, inverse } = applyTableEdit(table, { type: 'paste', row: 2, rows: [[{ column, text: '7' }, { column: column + 1, text: '"po"' }], [{ column, text: '8' }, { column: column + 1, text: '"iv"' }]] });

    expect(after.rows.map(({ cells }) => [cells[column]?.text, cells[column + 1]?.text])).toEqual([['5', ''], ['weight * 2', '"iv"'], ['7', '"po"'], ['8', '"iv"']]);
    expect(blockToTsv(after, { row: 2, column, rows: 2, columns: 2 })).toBe('7\t"""po"""\n8\t"""iv"""\n');
    expect(applyTableEdit(after, inverse).table).toEqual(table);
  });

  it('declare inputs that cells can read from then on', () => {
    const cell: TableEdit = { type: 'setCell', row: 0, column: placeOf('condition'), text: 'age > 65' };
    const { table: after, errors } = applyTableEdit(table, { type: 'all', edits: [{ type: 'addInput', input: { name: 'age', type: 'number', unit: 'a' } }, cell] });

    expect(applyTableEdit(table, cell).errors).toMatchObject([{ code: 'FACT_UNDECLARED', rowId: 'r1' }]);
    expect(errors).toEqual([]);
    expect(checkTable(after)).toEqual([]);
    expect(applyTableEdit(after, { type: 'removeInput', name: 'age' }).refused?.en).toBe('age cannot be removed, it is read by row 1');
  });

  it('change what an input declares, and its column with it, but not the name and type that rules read', () => {
    const change = (name: string, input: RuleInput): ReturnType<typeof applyTableEdit> => applyTableEdit(table, { type: 'changeInput', name, input });

    expect(change('weight', { name: 'weight', type: 'number', unit: 'g' }).table.columns[placeOf('weight')]).toEqual({ kind: 'input', fact: 'weight', type: 'number', unit: 'g' });
    expect(change('weight', { name: 'mass', type: 'number' }).refused?.en).toBe('weight cannot be renamed, it is read by rows 1, 2, 3');
    expect(change('kidneys', { name: 'kidneys', type: 'number' }).refused?.['zh-CN']).toBe('kidneys 不能改类型，仍被使用：第 1、2、3 行');
    expect(change('drug', { name: 'weight', type: 'string' }).refused?.en).toBe('Expected another name: this one is taken');
    expect(change('born', { name: 'birthDay', type: 'dateTime' }).table.head.inputs.at(-1)).toEqual({ name: 'birthDay', type: 'dateTime' });
  });

  it('change the hit policy where the outputs allow it', () => {
    const set = (hitPolicy: HitPolicyName, aggregation?: Aggregation): ReturnType<typeof applyTableEdit> => applyTableEdit(table, { type: 'setHitPolicy', hitPolicy, ...(aggregation === undefined ? {} : { aggregation }) });
    const oneOutput = edited(table, { type: 'removeColumn', column: placeOf('output route') });

    expect(set('priority').table.head.hitPolicy).toBe('priority');
    expect(set('collect', 'sum').refused?.en).toContain('one result column');
    expect(applyTableEdit(oneOutput, { type: 'setHitPolicy', hitPolicy: 'outputOrder' }).refused?.en).toContain('allowed values');
    const summed = edited(oneOutput, { type: 'setHitPolicy', hitPolicy: 'collect', aggregation: 'sum' });
    expect(summed.head).toMatchObject({ hitPolicy: 'collect', aggregation: 'sum' });
    expect('aggregation' in edited(summed, { type: 'setHitPolicy', hitPolicy: 'first' }).head).toBe(false);
  });

  it('find an input in FEEL, in a filter, in a cell that cannot be read, in named conditions and as the time of another', () => {
    const filtered = edited(table, { type: 'setCell', row: 0, column: placeOf('output dose'), text: '[1, 2][item > sum([drug])]' }, { type: 'setCell', row: 1, column: placeOf('condition'), text: 'drug >>' }, { type: 'setCell', row: 2, column: placeOf('output dose'), text: 'string length("drug")' });
    const head = { ...table.head, inputs: table.head.inputs.map((input) => (input.name === 'weight' ? { ...input, observedAtInput: 'born' } : input)), conditions: { risk: { all: [{ fact: 'drug', operator: 'equal' as const, value: 'x' }] } } };

    expect(inputReaders(filtered, 'drug')).toEqual({ rows: [0, 1], conditions: [], inputs: [] });
    expect(inputReaders({ ...table, head }, 'drug')).toEqual({ rows: [], conditions: ['risk'], inputs: [] });
    expect(inputReaders({ ...table, head }, 'born')).toEqual({ rows: [], conditions: [], inputs: ['weight'] });
  });

  it('say which field of a declaration is wrong', () => {
    const fields = (input: RuleInput): string[] => inputProblems(input, document.inputs).map(({ field }) => field);

    expect(fields({ name: '体重', type: 'number', unit: '毫克', description: { 'zh-CN': '体重', en: ' ' } })).toEqual(['name', 'description', 'unit']);
    expect(fields({ name: 'a', type: 'number', allowedValues: [1, 'x'], maxAge: '2 weeks', observedAtInput: 'born' })).toEqual(['allowedValues', 'maxAge', 'whenMissing', 'observedAtInput']);
    expect(fields({ name: 'a', type: 'boolean', whenMissing: { policy: 'branch', value: 'no' } })).toEqual(['value']);
    expect(fields({ name: 'a', type: 'number', unit: 'mmol/L', maxAge: 'PT48H', whenMissing: { policy: 'person' }, description: text })).toEqual([]);
  });

  it('refuse what the table has no place for, in both languages', () => {
    const refusals = ([{ type: 'paste', row: 0, rows: [[{ column: table.columns.length, text: '1' }]] }, { type: 'addColumn', at: 0, column: { kind: 'input', fact: 'unknown', type: 'any' } }, { type: 'removeColumn', column: placeOf('level') }, { type: 'addRow', at: 9 }, { type: 'all', edits: [{ type: 'addRow', at: 0 }, { type: 'duplicateRow', row: 9 }] }] satisfies TableEdit[]).map((edit) => applyTableEdit(table, edit));

    expect(refusals.map(({ refused }) => refused?.en)).toEqual(['That place is outside of the table', 'There is no input named unknown', 'This column cannot be removed', 'That place is outside of the table', 'That place is outside of the table']);
    expect(refusals.every((refusal) => refusal.table === table)).toBe(true);
  });
});
