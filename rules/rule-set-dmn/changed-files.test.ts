import { describe, expect, it } from '@jest/globals';
import { evaluateDecision } from '../dmn/evaluate-decision.ts';
import { toDecisionModel } from '../dmn/to-decision-model.ts';
import { writeDmnXml } from '../dmn/xml/write-xml.ts';
import { checkRuleSet, type Rule, type RuleSetDocument } from '../index.ts';
import { fromDmn, toDmn } from './index.ts';

const text = (words: string): Rule['name'] => ({ 'zh-CN': words, en: words });
const rule = (id: string, conditions: Rule['conditions'], more: Partial<Rule> = {}): Rule => ({ id, name: text(id), conditions, event: { type: id }, message: text(`${id}!`), source: { grade: 'A', reference: 'label', mark: 'S' }, level: 'HARD', ...more });
const ruleSet: RuleSetDocument = {
  format: 'careloop-rules/1',
  key: 'dosing',
  version: '3',
  name: { 'zh-CN': '剂量', en: 'Dosing' },
  domain: 'pharmacy',
  inputs: [{ name: 'weight', type: 'number', unit: 'kg', required: true, whenMissing: { policy: 'stop' } }, { name: 'order', type: 'object' }, { name: 'if', type: 'boolean' }],
  outputs: [],
  conditions: { light: { all: [{ fact: 'weight', operator: 'lessThan', value: 20 }] } },
  rules: [
    rule('heavy', { all: [{ fact: 'weight', operator: 'greaterThan', value: 90 }] }),
    rule('either', { any: [{ fact: 'order', path: '$.dose', operator: 'greaterThan', value: 5 }, { condition: 'light' }] }, { priority: 2, adviseOnly: true }),
    rule('odd', { all: [{ fact: 'if', operator: 'equal', value: true }, { fact: 'weight', operator: 'in', value: [1] }] }),
  ],
};
const xml = writeDmnXml(toDmn(ruleSet).document);
const read = (changed: string): RuleSetDocument => {
  const { ruleSets, remaining } = fromDmn(changed);
  const [only] = ruleSets;
  if (!only) throw new Error(JSON.stringify(remaining));
  return only.ruleSet;
};
const change = (from: string, to: string): string => {
  if (!xml.includes(from)) throw new Error(`Expected ${from} in the file`);
  return xml.replace(from, to);
};

describe('an export that another tool has changed', () => {
  it('is judged highest priority first, and comes back in its own order', () => {
    expect([...xml.matchAll(/<rule id="(\w+)"/g)].map(([, id]) => id)).toEqual(['rule_either', 'rule_heavy', 'rule_odd']);
    expect(read(xml)).toEqual(ruleSet);
  });

  it('has the tests, level and texts of its cells', () => {
    const [heavy, either, odd] = ruleSet.rules;

    expect(read(change('&gt; 90', '[90..120)')).rules).toEqual([{ ...heavy, conditions: { all: [{ fact: 'weight', operator: 'greaterThanInclusive', value: 90 }, { fact: 'weight', operator: 'lessThan', value: 120 }] } }, either, odd]);
    expect(read(change('<text>(order.dose &gt; 5 or condition_1_dosing)', '<text>order.dose &gt; 7 and condition_1_dosing')).rules[1]).toEqual({ ...either, conditions: { all: [{ fact: 'order', path: '$.dose', operator: 'greaterThan', value: 7 }, { condition: 'light' }] } });
    expect(read(xml.replaceAll('&quot;HARD&quot;</text>', '&quot;WARN&quot;</text>')).rules.map(({ level }) => level)).toEqual(['WARN', 'WARN', 'WARN']);
    expect(read(change('<text>heavy!</text>', '<text>太重</text>')).rules[0]?.message).toEqual({ 'zh-CN': '太重', en: 'heavy!' });
    expect(read(change('<text>A</text>', '<text>C</text>')).rules[1]?.source.grade).toBe('C');
  });

  it('has a changed cell at the place that it had among the conditions', () => {
    const [row = ''] = /<rule id="rule_odd">.*?<\/rule>/s.exec(xml) ?? [];

    const { rules } = read(change(row, row.replace(/<text>.*?<\/text>/, '<text>&gt; 2</text>')));

    expect(rules[2]?.conditions).toEqual({ all: [{ fact: 'if', operator: 'equal', value: true }, { fact: 'weight', operator: 'greaterThan', value: 2 }] });
  });

  it('has its hit policy, its types and its named conditions', () => {
    expect(read(change('hitPolicy="COLLECT"', 'hitPolicy="UNIQUE"'))).toEqual({ ...ruleSet, hitPolicy: 'unique' });
    expect(read(change('<careloop:unit>kg', '<careloop:unit>g')).inputs[0]).toEqual({ ...ruleSet.inputs[0], unit: 'g' });
    expect(read(change('weight &lt; 20', 'weight &lt; 30')).conditions).toEqual({ light: { all: [{ fact: 'weight', operator: 'lessThan', value: 30 }] } });
  });

  it('has a new row after the one before it, with a source that only advises', () => {
    const row = `<rule id="new"><inputEntry><text>&gt; 200</text></inputEntry><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"HARD"</text></outputEntry>${'<annotationEntry><text/></annotationEntry>'.repeat(4)}<annotationEntry><text>ward round</text></annotationEntry><annotationEntry><text>D</text></annotationEntry><annotationEntry><text>G</text></annotationEntry></rule>`;
    const named = row.replace('<annotationEntry><text/></annotationEntry><annotationEntry><text/></annotationEntry><annotationEntry><text/></annotationEntry><annotationEntry><text/></annotationEntry>', ['新行', 'new row', '新', 'new'].map((words) => `<annotationEntry><text>${words}</text></annotationEntry>`).join(''));

    const changed = read(change('<rule id="rule_odd">', `${named}<rule id="rule_odd">`));

    expect(changed.rules.map(({ id }) => id)).toEqual(['heavy', 'new', 'either', 'odd']);
    expect(changed.rules[1]).toEqual({ id: 'new', name: { 'zh-CN': '新行', en: 'new row' }, level: 'HARD', conditions: { all: [{ fact: 'weight', operator: 'greaterThan', value: 200 }] }, event: { type: 'new' }, message: { 'zh-CN': '新', en: 'new' }, source: { grade: 'D', reference: 'ward round', mark: 'G' } });
    expect(fromDmn(change('<rule id="rule_odd">', `${row}<rule id="rule_odd">`)).remaining[0]?.reasons[0]).toMatchObject({ code: 'VALUE_MISSING', elementId: 'new' });
  });

  it('is read without what Careloop wrote beside it where that is damaged or gone', () => {
    const { conditions: _conditions, ...plain } = ruleSet;
    const plainXml = writeDmnXml(toDmn({ ...plain, rules: ruleSet.rules.filter(({ id }) => id === 'heavy') }).document);
    const damaged = fromDmn(plainXml.replace('&quot;format&quot;:&quot;careloop-rules/1&quot;', '&quot;format&quot;:&quot;other&quot;'));
    expect(damaged.ruleSets[0]?.findings.map(({ code }) => code)).toContain('EXTENSION_INVALID');
    expect(damaged.ruleSets[0]?.ruleSet).toMatchObject({ key: 'decision_dosing', version: '1' });

    const bare = plainXml.replace(/<careloop:rule(Set)?>[^<]*<\/careloop:rule(Set)?>/g, '');
    expect(fromDmn(bare).ruleSets[0]?.ruleSet.rules[0]).toMatchObject({ id: 'rule_heavy', level: 'HARD', message: text('heavy!'), source: { grade: 'A', reference: 'label', mark: 'S' } });
  });
});

describe('several rule sets in one file', () => {
  const other: RuleSetDocument = { ...ruleSet, key: 'other', name: text('Other'), conditions: { light: { all: [{ fact: 'weight', operator: 'lessThan', value: 10 }] } } };

  it('leave each other alone', () => {
    const both = toDmn(other, fromDmn(xml).document);

    expect(both.findings).toEqual([]);
    expect(fromDmn(writeDmnXml(both.document)).ruleSets.map((each) => each.ruleSet)).toEqual([ruleSet, other]);
  });

  it('do not change the unit of what both read', () => {
    const inGrams: RuleSetDocument = { ...other, inputs: other.inputs.map((input) => (input.name === 'weight' ? { ...input, unit: 'g' } : input)) };

    const both = toDmn(inGrams, fromDmn(xml).document);

    expect(both.findings.map(({ code, elementId }) => [code, elementId])).toEqual([['INPUT_DIFFERS', 'input_weight']]);
    expect(fromDmn(writeDmnXml(both.document)).ruleSets[0]?.ruleSet).toEqual(ruleSet);
  });
});

describe('texts that XML cannot hold', () => {
  it('are shown with another character, and come back as they were', () => {
    const odd = 'a\u0001\uFFFE\uD800 ';
    const given: RuleSetDocument = {
      ...ruleSet,
      name: { 'zh-CN': odd, en: odd },
      inputs: ruleSet.inputs.map((input) => (input.name === 'weight' ? { ...input, unit: odd } : input)),
      outputs: [{ name: 'said', type: 'string', allowedValues: [odd, 'b'], default: odd }],
      annotations: [odd, 'line\nbreak'],
      conditions: { [odd]: { all: [{ fact: 'order', path: '$.name', operator: 'equal', value: odd }] } },
      rules: [rule('odd', { all: [{ fact: 'order', path: '$.name', operator: 'in', value: [odd, 'b'] }, { condition: odd }] }, { message: { 'zh-CN': odd, en: ` ${odd}` }, source: { grade: 'A', reference: odd, mark: 'S' }, annotations: { [odd]: odd, 'line\nbreak': '\r\n' }, event: { type: odd, params: { said: odd } } })],
    };

    expect(checkRuleSet(given)).toEqual([]);
    expect(read(writeDmnXml(toDmn(given).document))).toEqual(given);
  });
});

describe('a condition that FEEL has no words for', () => {
  it('is named with its rule, never fires elsewhere, and comes back', () => {
    const given: RuleSetDocument = { ...ruleSet, rules: [rule('deep', { all: [{ fact: 'order', path: '$..dose', operator: 'contains', value: 5 }] }), rule('not', { not: { fact: 'order', path: '$.items[*].dose', operator: 'contains', value: 5 } })] };

    const { document, findings } = toDmn(given);

    expect(findings.map(({ code, severity, elementId }) => [code, severity, elementId])).toEqual([['CONDITION_NOT_EXECUTABLE', 'error', 'deep'], ['CONDITION_NOT_EXECUTABLE', 'error', 'not']]);
    expect(evaluateDecision(toDecisionModel(document).model, 'Dosing', { weight: 5, order: { dose: 5, items: [] }, fact_if: true }, { at: '2026-11-23T08:00:00Z' }).value).toBeNull();
    expect(read(writeDmnXml(document))).toEqual(given);
  });
});
