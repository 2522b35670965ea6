import type { Rule, RuleSetDocument } from '#rules';
import { sameJson } from '../same-json.ts';
import { mergeRuleSets, ownChanges } from './merge-rule-sets.ts';

const rule = (id: string, value: number): Rule => ({
  id,
  name: { 'zh-CN': id, en: id },
  conditions: { all: [{ fact: 'k', operator: 'greaterThan', value }] },
  event: { type: 'x' },
  message: { 'zh-CN': id, en: id },
  source: { grade: 'A', reference: 'label', mark: 'S' },
});
const document = (rules: readonly Rule[], more: Partial<RuleSetDocument> = {}): RuleSetDocument => ({ format: 'careloop-rules/1', key: 'set', version: '1', name: { 'zh-CN': '钾', en: 'Potassium' }, domain: 'pharmacy', inputs: [{ name: 'k', type: 'number' }], outputs: [], rules: [...rules], ...more });
const limits = ({ rules }: RuleSetDocument): unknown => rules.map(({ id, conditions }) => [id, 'all' in conditions && conditions.all[0] !== undefined && 'value' in conditions.all[0] ? conditions.all[0].value : undefined]);

const base = document([rule('a', 1), rule('b', 2), rule('c', 3)]);

describe('my edits on top of what another person saved', () => {
  it('keep what each of us did to another rule', () => {
    const { document: merged, overlaps } = mergeRuleSets(base, document([rule('a', 10), rule('b', 2), rule('c', 3)]), document([rule('a', 1), rule('b', 20), rule('c', 3)]));

    expect(limits(merged)).toEqual([['a', 10], ['b', 20], ['c', 3]]);
    expect(overlaps).toEqual([]);
  });

  it('win where both changed the same rule, which is named', () => {
    const { document: merged, overlaps } = mergeRuleSets(base, document([rule('a', 10), rule('b', 2), rule('c', 3)]), document([rule('a', 11), rule('b', 2), rule('c', 3)]));

    expect(limits(merged)).toEqual([['a', 10], ['b', 2], ['c', 3]]);
    expect(overlaps).toEqual([{ list: 'rules', id: 'a', kind: 'changed' }]);
  });

  it('are no overlap where both did the same', () => {
    const same = document([rule('a', 10), rule('b', 2), rule('c', 3)]);

    expect(mergeRuleSets(base, same, document([rule('a', 10), rule('b', 2), rule('c', 3)])).overlaps).toEqual([]);
  });

  it('keep rules that either added, each after its neighbour, and drop those that either removed', () => {
    const mine = document([rule('a', 1), rule('mine', 5), rule('b', 2), rule('c', 3)]);
    const theirs = document([rule('a', 1), rule('b', 2), rule('theirs', 6)]);

    expect(limits(mergeRuleSets(base, mine, theirs).document)).toEqual([['a', 1], ['mine', 5], ['b', 2], ['theirs', 6]]);
  });

  it('name a rule that I removed and they changed, and leave it out', () => {
    const { document: merged, overlaps } = mergeRuleSets(base, document([rule('b', 2), rule('c', 3)]), document([rule('a', 9), rule('b', 2), rule('c', 3)]));

    expect(limits(merged)).toEqual([['b', 2], ['c', 3]]);
    expect(overlaps).toEqual([{ list: 'rules', id: 'a', kind: 'removed' }]);
  });

  it('keep the order of whoever changed it', () => {
    const moved = document([rule('c', 3), rule('a', 1), rule('b', 2)]);
    const changed = document([rule('a', 1), rule('b', 20), rule('c', 3)]);

    expect(limits(mergeRuleSets(base, moved, changed).document)).toEqual([['c', 3], ['a', 1], ['b', 20]]);
    expect(limits(mergeRuleSets(base, changed, moved).document)).toEqual([['c', 3], ['a', 1], ['b', 20]]);
  });

  it('keep members of the document that only one of us set or took away', () => {
    const withPolicy = document(base.rules, { hitPolicy: 'first' });

    expect(mergeRuleSets(base, document(base.rules, { name: { 'zh-CN': '血钾', en: 'K' } }), withPolicy).document).toMatchObject({ hitPolicy: 'first', name: { en: 'K' } });
    expect(mergeRuleSets(withPolicy, base, withPolicy).document).not.toHaveProperty('hitPolicy');
  });

  it('say what I did', () => {
    expect(ownChanges(base, document([rule('b', 22), rule('c', 3), rule('d', 4)], { inputs: [] }))).toEqual([
      { list: 'inputs', id: 'k', kind: 'removed' },
      { list: 'rules', id: 'a', kind: 'removed' },
      { list: 'rules', id: 'b', kind: 'changed' },
      { list: 'rules', id: 'd', kind: 'added' },
    ]);
  });
});

describe('the same JSON', () => {
  it('has the same members in any order, and tells apart what is not there', () => {
    expect(sameJson({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
    expect(sameJson({ a: 1 }, { a: 1, b: undefined })).toBe(true);
    expect([sameJson({ a: null }, {}), sameJson([1], [1, 2]), sameJson([], {}), sameJson('1', 1)]).toEqual([false, false, false, false]);
  });
});
