import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateDecision, fromDecisionModel, parseDmnXml, toDecisionModel, writeDmnXml, type DecisionModel } from '#dmn';
import { equal, feelText, isContext } from '../../rules/feel/standard/index.ts';
import { isOwnLevel, tckCases } from './dmn-tck/tck-cases.ts';

const cases = tckCases();
const models = new Map<string, DecisionModel>();

/** Models that are not DMN are left out: what imports them says so. */
function othersOf(name: string, others: readonly string[]): DecisionModel[] {
  return others.flatMap((xml, index) => (parseDmnXml(xml).document ? [modelOf(`${name} beside ${index}`, xml)] : []));
}

function modelOf(name: string, xml: string): DecisionModel {
  let model = models.get(name);
  if (!model) {
    const { document, findings } = parseDmnXml(xml);
    if (!document) throw new Error(`Expected ${name} to be DMN, but ${findings.map(({ message }) => message).join('; ')}`);
    model = toDecisionModel(document).model;
    models.set(name, model);
  }
  return model;
}

/** Equal by value; numbers to twelve digits, since the expected ones are cut at different places. */
function agrees(actual: unknown, expected: unknown): boolean {
  if (typeof actual === 'number' && typeof expected === 'number') return Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected));
  if (Array.isArray(actual) && Array.isArray(expected)) return actual.length === expected.length && actual.every((item, index) => agrees(item, expected[index]));
  if (isContext(actual) && isContext(expected)) return Object.keys(actual).length === Object.keys(expected).length && Object.keys(expected).every((key) => Object.hasOwn(actual, key) && agrees(actual[key], expected[key]));
  return equal(actual, expected) === true;
}

/** The value that is meant: of a service with several outputs, the one of the decision that the result names. */
function outputOf(value: unknown, output: string | undefined): unknown {
  return output !== undefined && isContext(value) && Object.hasOwn(value, output) ? value[output] : value;
}

const suite = cases.length > 0 ? describe : describe.skip;

suite('the DMN TCK through import and evaluation (skipped without it)', () => {
  it.each(cases.map((test) => [`${test.model} ${test.id}`, test] as const))('%s', (_name, { model, xml, others, inputs, results }) => {
    for (const { node, output, expected, isError } of results) {
      const { value: answer, errors } = evaluateDecision(modelOf(model, xml), node, inputs, { at: '2026-11-23T08:00:00Z', imported: othersOf(model, others) });

      const value = outputOf(answer, output);
      const agreed = agrees(value, isError ? null : expected);

      // A null that is expected may have a reason, also inside of a value: to the TCK both are the same. Our own level has none.
      expect({ node, agrees: agreed, value: feelText(value, true), errors: isError || expected === null || (agreed && !isOwnLevel) ? [] : errors }).toEqual({ node, agrees: true, value: expect.any(String), errors: [] });
    }
  });

  it.each([...new Map(cases.map(({ model, xml }) => [model, xml]))])('%s is the same after an export', (name, xml) => {
    const { document } = parseDmnXml(xml);
    if (!document) throw new Error(`Expected ${name} to be DMN`);

    expect(parseDmnXml(writeDmnXml(document)).document).toEqual(document);

    const imported = toDecisionModel(document);
    const rebuilt = parseDmnXml(writeDmnXml(fromDecisionModel(imported.model))).document;
    expect(rebuilt && toDecisionModel(rebuilt)).toEqual(imported);
  });
});

describe('the comparison of results', () => {
  it.each([[1, 1 + 1e-14], [[1, { a: 'x' }], [1, { a: 'x' }]], [null, null]])('accepts %j for %j', (actual, expected) => {
    expect(agrees(actual, expected)).toBe(true);
  });

  it.each([[1, 1.000001], [[1], [1, 2]], [{ a: 1 }, { a: 1, b: null }], [null, 0], ['1', 1], [true, 'true']])('refuses %j for %j', (actual, expected) => {
    expect(agrees(actual, expected)).toBe(false);
  });
});

describe('the reading of test files', () => {
  const service = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:example:doses" name="doses" id="_doses">
  <inputData name="Weight" id="_weight"><variable name="Weight" typeRef="number"/></inputData>
  <decision name="Basis" id="_basis"><variable name="Basis" typeRef="number"/><literalExpression><text>99</text></literalExpression></decision>
  <decision name="Dose" id="_dose"><variable name="Dose" typeRef="number"/>
    <informationRequirement><requiredInput href="#_weight"/></informationRequirement><informationRequirement><requiredDecision href="#_basis"/></informationRequirement>
    <literalExpression><text>Weight * Basis</text></literalExpression></decision>
  <decision name="Started" id="_started"><variable name="Started" typeRef="date"/><literalExpression><text>@"2026-11-23"</text></literalExpression></decision>
  <businessKnowledgeModel name="Twice" id="_twice"><variable name="Twice"/><encapsulatedLogic><formalParameter name="value" typeRef="number"/><literalExpression><text>value * 2</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
  <decisionService name="Dosing" id="_dosing"><variable name="Dosing"/><outputDecision href="#_dose"/><outputDecision href="#_started"/><inputDecision href="#_basis"/><inputData href="#_weight"/></decisionService>
</definitions>`;
  const tests = `<?xml version="1.0" encoding="UTF-8"?>
<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <modelName>doses.dmn</modelName>
  <testCase id="service" type="decisionService" invocableName="Dosing">
    <inputNode name="Weight"><value xsi:type="xsd:decimal">7</value></inputNode><inputNode name="Basis"><value xsi:type="xsd:decimal">3</value></inputNode>
    <resultNode name="Dose" type="decision"><expected><value xsi:type="xsd:decimal">21</value></expected></resultNode>
    <resultNode name="Started" type="decision"><expected><value xsi:type="xsd:date">2026-11-23</value></expected></resultNode>
    <resultNode name="Dosing" type="decisionService"><expected><component name="Dose"><value xsi:type="xsd:decimal">21</value></component><component name="Started"><value xsi:type="xsd:date">2026-11-23</value></component></expected></resultNode>
  </testCase>
  <testCase id="without its input decision" type="decisionService" invocableName="Dosing">
    <inputNode name="Weight"><value xsi:type="xsd:decimal">7</value></inputNode>
    <resultNode name="Dose" type="decision" errorResult="true"><expected><value xsi:nil="true"/></expected></resultNode>
  </testCase>
  <testCase id="knowledge" type="bkm" invocableName="Twice"><inputNode name="value"><value xsi:type="xsd:decimal">4</value></inputNode><resultNode name="Twice" type="bkm"><expected><value xsi:type="xsd:decimal">8</value></expected></resultNode></testCase>
  <testCase id="values">
    <inputNode name="Weight"><list><item><value xsi:nil="true"/></item><item><value xsi:type="xsd:string"/></item><item><value xsi:type="xsd:boolean">1</value></item><item><list/></item><item xsi:nil="true"/></list></inputNode>
    <inputNode name="Basis"><component name="when"><value xsi:type="xsd:dateTime">2026-11-23T08:00:00+08:00</value></component><component name="long"><value xsi:type="xsd:duration">P1DT1H</value></component><component name="none" xsi:nil="true"/></inputNode>
  </testCase>
</testCases>`;

  it('takes services, knowledge models, lists, components, nil and the types of XML Schema', () => {
    const folder = mkdtempSync(join(tmpdir(), 'careloop-tck-'));
    writeFileSync(join(folder, 'doses.dmn'), `\uFEFF${service}`);
    writeFileSync(join(folder, 'doses-test-01.xml'), tests);
    writeFileSync(join(folder, 'other.xml'), '<other/>');

    const read = tckCases(folder);

    rmSync(folder, { recursive: true });
    const model = modelOf('doses', read[0]?.xml ?? '');
    const answers = read.map(({ inputs, results }) => results.map(({ node, output, expected, isError }) => agrees(outputOf(evaluateDecision(model, node, inputs, { at: '2026-11-23T08:00:00Z' }).value, output), isError ? null : expected)));
    expect(answers).toEqual([[true, true, true], [true], [true], []]);
    expect(feelText(read[3]?.inputs, true)).toBe('{Weight: [null, "", true, [], null], Basis: {when: 2026-11-23T08:00:00+08:00, long: P1DT1H, none: null}}');
  });
});
