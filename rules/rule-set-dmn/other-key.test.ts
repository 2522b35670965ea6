import { describe, expect, it } from '@jest/globals';
import { parseDmnXml } from '../dmn/parse-dmn-xml.ts';
import { writeDmnXml } from '../dmn/xml/write-xml.ts';
import type { RuleSetDocument } from '../index.ts';
import { fromDmn, toDmn } from './index.ts';

const foreign = (cell: string): string => `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:acme="urn:acme" id="m" name="m" namespace="urn:m">
  <inputData id="i" name="Body weight"><variable name="Body weight" typeRef="number"/></inputData>
  <decision id="_9f2" name="Dosing"><extensionElements><acme:owner who="pharmacy"/></extensionElements><variable name="Dosing"/><informationRequirement><requiredInput href="#i"/></informationRequirement>
  <decisionTable><input><inputExpression typeRef="number"><text>Body weight</text></inputExpression></input><output name="Dose" typeRef="number"/><rule id="r1"><inputEntry><text>${cell}</text></inputEntry><outputEntry><text>500</text></outputEntry></rule></decisionTable></decision>
</definitions>`;

const own: RuleSetDocument = {
  format: 'careloop-rules/1',
  key: 'first',
  version: '1',
  name: { 'zh-CN': '剂量', en: 'Dose' },
  domain: 'pharmacy',
  inputs: [{ name: 'age', type: 'number', required: true, whenMissing: { policy: 'stop' } }],
  outputs: [],
  conditions: { old: { all: [{ fact: 'age', operator: 'greaterThan', value: 65 }] } },
  rules: [{ id: 'a', name: { 'zh-CN': '甲', en: 'A' }, level: 'WARN', conditions: { all: [{ condition: 'old' }] }, event: { type: 'a' }, message: { 'zh-CN': '甲', en: 'A' }, source: { grade: 'A', mark: 'S', reference: 'label' } }],
};

describe('a rule set that has another key than its file', () => {
  it('goes back into the decision of another tool that it was read from', () => {
    const { ruleSets, document } = fromDmn(foreign('&gt; 5'));
    const ruleSet = { ...ruleSets[0]?.ruleSet, key: 'dosing', domain: 'pharmacy' } as RuleSetDocument;

    const written = writeDmnXml(toDmn(ruleSet, document, '_9f2').document);

    expect(written).toContain('<acme:owner who="pharmacy"/>');
    expect(written.match(/<decision /g)).toHaveLength(1);
    expect(fromDmn(written).ruleSets).toMatchObject([{ decisionId: '_9f2', ruleSet }]);
    expect(fromDmn(written).ruleSets[0]?.ruleSet).toEqual(ruleSet);
  });

  it('takes the named conditions of its file along, beside a rule set that had the key before', () => {
    const file = parseDmnXml(writeDmnXml(toDmn(own).document).replace('</definitions>', '<textAnnotation id="n"><text>a note</text></textAnnotation></definitions>')).document;
    const ruleSet = { ...own, key: 'second' };

    const written = writeDmnXml(toDmn(ruleSet, file, 'decision_first').document);

    expect(written).toContain('a note');
    expect(written.match(/<decision /g)).toHaveLength(2);
    expect(fromDmn(written)).toMatchObject({ remaining: [], ruleSets: [{ decisionId: 'decision_first', isOwn: true }] });
    expect(fromDmn(written).ruleSets[0]?.ruleSet).toEqual(ruleSet);
  });

  it('says of a cell that cannot be read where it is and what it holds', () => {
    const [decision] = fromDmn(foreign('&gt; "heavy"')).remaining;

    expect(decision?.reasons.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'TYPE_MISMATCH', elementId: 'r1', cell: { row: 1, column: 'Body_weight', text: '> "heavy"', expected: { 'zh-CN': expect.any(String) } } }]);
  });
});
