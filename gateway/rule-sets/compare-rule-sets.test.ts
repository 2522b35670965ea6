import { compareRuleSets } from './compare-rule-sets.ts';

const rule = (id: string, value: number) => ({ id, name: { 'zh-CN': id, en: id }, conditions: { all: [{ fact: 'k', operator: 'greaterThan', value }] } });
const document = (...rules: object[]) => ({ key: 'set', version: '1', name: { 'zh-CN': '钾', en: 'Potassium' }, inputs: [{ name: 'k', type: 'number', unit: 'mmol/L' }], rules: rules as never });

describe('comparing rule sets', () => {
  it('says which rules were added, removed and changed, and in which field', () => {
    const difference = compareRuleSets(document(rule('a', 5), rule('b', 6)), document(rule('b', 6.5), rule('c', 7)));

    expect(difference.rules.map(({ id, kind, fields }) => [id, kind, fields])).toEqual([
      ['a', 'removed', []],
      ['b', 'changed', [{ path: 'conditions.all.0.value', before: 6, after: 6.5 }]],
      ['c', 'added', []],
    ]);
    expect([difference.document, difference.inputs]).toEqual([[], []]);
  });

  it('names only the rule that was moved, not those it passed', () => {
    const [a, b, c] = [rule('a', 1), rule('b', 2), rule('c', 3)];

    expect(compareRuleSets(document(a, b, c), document(c, a, b)).rules.map(({ id, kind, fromIndex, toIndex }) => [id, kind, fromIndex, toIndex])).toEqual([['c', 'moved', 2, 0]]);
  });

  it('tells a changed unit of an input, and a new member of the document, and leaves the version out', () => {
    const before = document(rule('a', 1));
    const after = { ...before, version: '2', hitPolicy: 'collect', inputs: [{ name: 'k', type: 'number', unit: 'meq/L' }] };

    expect(compareRuleSets(before, after)).toMatchObject({ document: [{ path: 'hitPolicy', after: 'collect' }], inputs: [{ id: 'k', kind: 'changed', fields: [{ path: 'unit', before: 'mmol/L', after: 'meq/L' }] }], rules: [] });
  });

  it('compares documents that are half written', () => {
    expect(compareRuleSets({ rules: 'none yet' }, { rules: [{}, { id: 'a' }] }).rules.map(({ id, kind }) => [id, kind])).toEqual([['#1', 'added'], ['a', 'added']]);
    expect(compareRuleSets(null, {}).rules).toEqual([]);
  });
});
