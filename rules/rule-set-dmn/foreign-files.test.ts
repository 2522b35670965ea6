import { describe, expect, it } from '@jest/globals';
import { parseDmnXml } from '../dmn/parse-dmn-xml.ts';
import { writeDmnXml } from '../dmn/xml/write-xml.ts';
import { compileRuleSet, evaluateRuleSet } from '../index.ts';
import { fromDmn, toDmn } from './index.ts';

const at = '2026-11-23T08:00:00Z';
const table = (rows: string, attributes = ''): string => `<decisionTable id="t" ${attributes}><input id="c1"><inputExpression typeRef="number"><text>Body weight</text></inputExpression></input><input id="c2"><inputExpression><text>Route</text></inputExpression></input><output id="o1" name="Dose" typeRef="tDose"/><annotation name="Why"/>${rows}</decisionTable>`;
const row = (id: string, weight: string, route: string, dose: string, why = ''): string => `<rule id="${id}"><inputEntry><text>${weight}</text></inputEntry><inputEntry><text>${route}</text></inputEntry><outputEntry><text>${dose}</text></outputEntry><annotationEntry><text>${why}</text></annotationEntry></rule>`;
const rows = row('r1', '&lt; 20', '"iv"', 'Body weight * 15', 'a child') + row('r2', '&gt;= 20', '-', '500');
const file = (logic: string, more = ''): string => `<d:definitions xmlns:d="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:acme="urn:acme" id="m" name="m" namespace="urn:m" acme:made="by hand">
  <itemDefinition name="tWeight"><extensionElements><c:unit xmlns:c="urn:careloop:dmn:1">kg</c:unit></extensionElements><typeRef>number</typeRef></itemDefinition>
  <itemDefinition name="tRoute"><typeRef>string</typeRef><allowedValues><text>"iv", "po"</text></allowedValues></itemDefinition>
  <itemDefinition name="tDose"><typeRef>number</typeRef></itemDefinition>
  <inputData id="i" name="Body weight"><variable name="Body weight" typeRef="tWeight"/></inputData>
  <inputData id="j" name="Route"><variable name="Route" typeRef="tRoute"/></inputData>
  <decision id="dosing" name="Dosing"><description>how much</description><extensionElements><acme:owner who="pharmacy"/></extensionElements><variable name="Dosing"/><informationRequirement id="q1"><requiredInput href="#i"/></informationRequirement><informationRequirement><requiredInput href="#j"/></informationRequirement>${logic}</decision>
  ${more}
  <textAnnotation id="n"><text>a note</text></textAnnotation>
</d:definitions>`;
const reasonsOf = (xml: string): string[][] => fromDmn(xml).remaining.map(({ decision, reasons }) => [decision, ...reasons.map(({ code }) => code)]);

describe('a decision table of another tool', () => {
  it('is a rule set whose inputs are required and whose rows only advise', () => {
    const { ruleSets, remaining } = fromDmn(file(table(rows)));

    expect(remaining).toEqual([]);
    expect(ruleSets[0]?.findings.map(({ code, severity }) => [code, severity])).toEqual([['VALUES_NOT_REFUSED', 'warning'], ['TABLE_OF_OTHERS', 'warning']]);
    expect(ruleSets[0]?.ruleSet).toMatchObject({
      key: 'dosing',
      name: { en: 'Dosing' },
      hitPolicy: 'unique',
      inputs: [{ name: 'Body_weight', type: 'number', unit: 'kg', required: true, description: { en: 'Body weight' } }, { name: 'Route', type: 'string', required: true, allowedValues: ['iv', 'po'] }],
      outputs: [{ name: 'Dose', type: 'number' }],
      annotations: ['Why'],
      rules: [
        { id: 'r1', name: { en: 'a child' }, conditions: { all: [{ fact: 'Body_weight', operator: 'lessThan', value: 20 }, { fact: 'Route', operator: 'equal', value: 'iv' }] }, event: { type: 'r1', params: { Dose: { feel: 'Body_weight * 15' } } }, source: { grade: 'D', mark: 'G', reference: 'DMN: Dosing, row 1' }, annotations: { Why: 'a child' } },
        { id: 'r2', name: { 'zh-CN': '第 2 行', en: 'Row 2' }, conditions: { all: [{ fact: 'Body_weight', operator: 'greaterThanInclusive', value: 20 }] } },
      ],
    });
    const compiled = compileRuleSet(ruleSets[0]?.ruleSet as never);
    expect(evaluateRuleSet(compiled, { Body_weight: 12, Route: 'iv' }, { at })).toMatchObject({ outputs: { Dose: 180 }, findings: [{ ruleId: 'r1' }] });
    expect(evaluateRuleSet(compiled, { Route: 'iv' }, { at })).toMatchObject({ failure: { code: 'MISSING_POLICY_UNDECLARED', fact: 'Body_weight' } });
  });

  it('keeps what is foreign when the rule set goes back into its file', () => {
    const xml = file(table(rows), '<decision id="other" name="Other"><variable name="Other"/><literalExpression><text>1</text></literalExpression></decision>');
    const { ruleSets, document } = fromDmn(xml);
    const [imported] = ruleSets;
    if (!imported || !document) throw new Error('Expected a rule set');
    const changed = { ...imported.ruleSet, rules: imported.ruleSet.rules.map((rule) => (rule.id === 'r2' ? { ...rule, event: { type: 'r2', params: { Dose: 400 } } } : rule)) };

    const written = writeDmnXml(toDmn(changed, document).document);

    for (const kept of ['acme:made="by hand"', '<acme:owner who="pharmacy"/>', 'how much', '"Other"', 'a note', 'id="q1"', '<d:decision id="dosing"', 'id="c1"', '<d:rule id="r1"']) expect(written).toContain(kept);
    expect(written.match(/<(d:)?decision /g)).toHaveLength(2);
    const again = fromDmn(written);
    expect(again.ruleSets[0]?.ruleSet).toEqual(changed);
    expect(writeDmnXml(toDmn(changed, again.document).document)).toBe(written);
  });

  it('leaves our prefix to what has it in the file', () => {
    const xml = file(table(rows)).replace('xmlns:acme="urn:acme"', 'xmlns:careloop="urn:acme" xmlns:acme="urn:acme"').replace('<acme:owner', '<careloop:ruleSet');
    const { ruleSets, document } = fromDmn(xml);
    const [imported] = ruleSets;
    if (!imported) throw new Error('Expected a rule set');

    const again = fromDmn(writeDmnXml(toDmn(imported.ruleSet, document).document));

    expect(again.ruleSets).toMatchObject([{ ruleSet: imported.ruleSet, findings: [] }]);
    expect(writeDmnXml(toDmn(imported.ruleSet, document).document)).toContain('<careloop:ruleSet who="pharmacy"/>');
  });

  it.each([
    ['other logic', file('<literalExpression><text>1</text></literalExpression>'), ['Dosing', 'NO_DECISION_TABLE']],
    ['another decision', file(`<informationRequirement><requiredDecision href="#other"/></informationRequirement>${table(rows)}`, '<decision id="other" name="Other"><literalExpression><text>1</text></literalExpression></decision>'), ['Dosing', 'REQUIRES_DECISION']],
    ['itself', file(`<informationRequirement><requiredDecision href="#dosing"/></informationRequirement>${table(rows)}`), ['Dosing', 'REQUIRES_DECISION']],
    ['a knowledge model', file(`<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>${table(rows)}`, '<businessKnowledgeModel id="k" name="k"/>'), ['Dosing', 'REQUIRES_KNOWLEDGE']],
    ['an expression as input', file(table(rows).replace('<text>Route</text>', '<text>upper case(Route)</text>')), ['Dosing', 'INPUT_NOT_A_FACT']],
    ['a cell that cannot be read', file(table(row('r1', '5 +', '-', '1'))), ['Dosing', 'FEEL_INVALID']],
    ['a cell of another type', file(table(row('r1', '"heavy"', '-', '1'))), ['Dosing', 'TYPE_MISMATCH']],
    ['an unknown name', file(table(row('r1', '&gt; Height', '-', '1'))), ['Dosing', 'FACT_UNDECLARED']],
    ['a row that is too short', file(table('<rule><inputEntry><text>-</text></inputEntry></rule>')), ['Dosing', 'TABLE_SHAPE']],
    ['values as a range', file(table(rows).replace('typeRef="tDose"/>', 'typeRef="tDose"><outputValues><text>[1..9]</text></outputValues></output>')), ['Dosing', 'OUTPUT_UNSUPPORTED']],
    ['a type of time', file(table(rows)).replace('<typeRef>number</typeRef></itemDefinition>\n  <inputData', '<typeRef>time</typeRef></itemDefinition>\n  <inputData'), ['Dosing', 'TYPE_UNSUPPORTED']],
  ])('stays a decision model with %s', (_what, xml, expected) => {
    expect(reasonsOf(xml)).toContainEqual(expected);
  });

  it('refuses entities and files that are no DMN', () => {
    expect(fromDmn(`<!DOCTYPE d [<!ENTITY a "aa">]>${file(table(rows))}`).findings).toMatchObject([{ code: 'XML_DOCTYPE' }]);
    expect(fromDmn('<definitions/>').findings).toMatchObject([{ code: 'ROOT_UNKNOWN' }]);
    expect(parseDmnXml('').findings).toMatchObject([{ code: 'XML_MALFORMED' }]);
  });

  it('leaves a table of more than 10,000 rows a decision model', () => {
    const many = file(table(row('r', '&gt; 1', '-', '1').repeat(10_001).replace(/ id="r"/g, '')));

    expect(reasonsOf(many)).toEqual([['Dosing', 'TABLE_TOO_LARGE']]);
  });

  it('takes names that are part of every object as plain names', () => {
    const xml = file(table(rows)).replaceAll('Body weight', '__proto__').replaceAll('"Dose"', '"constructor"');
    const [imported] = fromDmn(xml).ruleSets;

    expect(imported?.ruleSet.inputs.map(({ name }) => name)).toEqual(['input_1', 'Route']);
    expect(imported?.ruleSet.outputs.map(({ name }) => name)).toEqual(['output_1']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
