import { describe, expect, it } from '@jest/globals';
import { evaluateDecision, fromDecisionModel, parseDmnXml, toDecisionModel, writeDmnXml, type DecisionModel, type DmnDocument } from './index.ts';

const source = `<?xml version="1.0" encoding="UTF-8"?>
<dmn:definitions xmlns:dmn="http://www.omg.org/spec/DMN/20180521/MODEL/" xmlns:dmndi="http://www.omg.org/spec/DMN/20180521/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:acme="urn:acme" xmlns:careloop="urn:careloop:dmn:1" id="m" name="Dosing" namespace="urn:dosing" acme:tool="yes">
  <!-- kept -->
  <dmn:itemDefinition name="tDose"><dmn:extensionElements><careloop:unit>mg</careloop:unit></dmn:extensionElements><dmn:typeRef>number</dmn:typeRef><dmn:allowedValues><dmn:text>&gt;= 0</dmn:text></dmn:allowedValues></dmn:itemDefinition>
  <dmn:inputData id="i" name="Dose"><dmn:variable name="Dose" typeRef="tDose"/></dmn:inputData>
  <dmn:decision id="d" name="Too high"><dmn:extensionElements><acme:note>call &amp; ask</acme:note></dmn:extensionElements><dmn:variable name="Too high" typeRef="boolean"/><dmn:informationRequirement id="r"><dmn:requiredInput href="#i"/></dmn:informationRequirement><dmn:literalExpression><dmn:text>Dose &gt; 500</dmn:text></dmn:literalExpression></dmn:decision>
  <dmn:decision id="e" name="Other"><dmn:variable name="Other"/><dmn:literalExpression expressionLanguage="http://www.omg.org/spec/DMN/20180521/FEEL/"><dmn:text>1</dmn:text></dmn:literalExpression></dmn:decision>
  <dmn:textAnnotation id="t"><dmn:text>a note</dmn:text></dmn:textAnnotation>
  <dmndi:DMNDI><dmndi:DMNDiagram id="g"><dmndi:DMNShape id="s" dmnElementRef="d"><dc:Bounds x="1" y="2" width="3" height="4"/></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
</dmn:definitions>`;

function read(xml: string): DmnDocument {
  const { document, findings } = parseDmnXml(xml);
  if (!document) throw new Error(findings.map(({ message }) => message).join('; '));
  return document;
}

describe('a DMN file', () => {
  it('is written as DMN 1.5 with its diagram, comments and foreign parts', () => {
    const xml = writeDmnXml(read(source));

    expect(xml).toContain('xmlns:dmn="https://www.omg.org/spec/DMN/20230324/MODEL/"');
    expect(xml).toContain('xmlns:dmndi="https://www.omg.org/spec/DMN/20230324/DMNDI/"');
    for (const kept of ['acme:tool="yes"', '<acme:note>call &amp; ask</acme:note>', '<!-- kept -->', '<dc:Bounds x="1" y="2" width="3" height="4"/>', '<dmn:textAnnotation id="t">', 'expressionLanguage="https://www.omg.org/spec/DMN/20230324/FEEL/"']) expect(xml).toContain(kept);
    expect(toDecisionModel(read(xml))).toEqual(toDecisionModel(read(source)));
    expect(writeDmnXml(read(xml))).toBe(xml);
  });

  it('gives a model with units and types', () => {
    expect(toDecisionModel(read(source))).toMatchObject({
      findings: [],
      model: { name: 'Dosing', itemDefinitions: [{ name: 'tDose', typeRef: 'number', unit: 'mg', allowedValues: '>= 0' }], inputData: [{ id: 'i', variable: { name: 'Dose', typeRef: 'tDose' } }], decisions: [{ id: 'd', requirements: { information: ['i'] }, expression: { kind: 'literal', text: 'Dose > 500' } }, { id: 'e' }] },
    });
  });

  it('keeps what an edit does not touch, and loses what is removed', () => {
    const document = read(source);
    const { model } = toDecisionModel(document);
    const edited: DecisionModel = { ...model, decisions: model.decisions.filter(({ id }) => id === 'd').map((decision) => ({ ...decision, expression: { kind: 'literal', text: 'Dose > 400' } })), inputData: [...model.inputData, { id: 'w', name: 'Weight', variable: { name: 'Weight', typeRef: 'number' } }] };

    const written = read(writeDmnXml(fromDecisionModel(edited, document)));

    expect(toDecisionModel(written).model).toEqual(edited);
    const xml = writeDmnXml(written);
    for (const kept of ['<!-- kept -->', 'a note', '<dc:Bounds', '<careloop:unit>mg']) expect(xml).toContain(kept);
    expect(xml).not.toContain('"Other"');
    expect(writeDmnXml(fromDecisionModel(model, document))).toBe(writeDmnXml(document));
  });

  it('draws a simple diagram for a model without a file', () => {
    const { model } = toDecisionModel(read(source));

    const written = read(writeDmnXml(fromDecisionModel(model)));

    expect(toDecisionModel(written)).toEqual({ model, findings: [] });
    expect(writeDmnXml(written)).toContain('<dmndi:DMNShape id="shape_d" dmnElementRef="d">');
    expect(writeDmnXml(written)).toContain('<informationRequirement id="d_requires_i">');
    expect(writeDmnXml(written)).toContain('<dmndi:DMNEdge id="edge_d_requires_i" dmnElementRef="d_requires_i">');
    expect(evaluateDecision(toDecisionModel(written).model, 'Too high', { Dose: 600 }, { at: '2026-11-23T08:00:00Z' })).toMatchObject({ value: true, errors: [] });
  });
});

describe('a file that is not read', () => {
  const dmn = (inner: string): string => `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="x">${inner}</definitions>`;

  it.each([
    ['entities', `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${dmn('&b;')}`, 'XML_DOCTYPE'],
    ['half a file', dmn('').slice(0, 40), 'XML_MALFORMED'],
    ['another format', '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', 'ROOT_UNKNOWN'],
    ['no root', '', 'XML_MALFORMED'],
    ['great depth', dmn('<a>'.repeat(300) + '</a>'.repeat(300)), 'XML_TOO_DEEP'],
  ])('says why for %s', (_what, xml, code) => {
    const { document, findings } = parseDmnXml(xml);

    expect(document).toBeUndefined();
    expect(findings).toMatchObject([{ code, severity: 'error' }]);
  });

  it('counts its bounds', () => {
    expect(parseDmnXml(dmn('<decision/>'.repeat(20)), { maximumElements: 10 }).findings).toMatchObject([{ code: 'XML_TOO_MANY_ELEMENTS' }]);
    expect(parseDmnXml(dmn(''), { maximumLength: 10 }).findings).toMatchObject([{ code: 'FILE_TOO_LARGE' }]);
  });
});

describe('what a file holds that is not executed', () => {
  const wrap = (inner: string): string => `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:m" name="x">${inner}</definitions>`;
  const codesOf = (inner: string): (string | undefined)[][] => toDecisionModel(read(wrap(inner))).findings.map(({ code, elementId }) => [code, elementId]);

  it.each([
    ['<decision id="d" name="d"/>', [['LOGIC_MISSING', 'd']]],
    ['<decision id="d" name="d"><informationRequirement><requiredInput href="#gone"/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>', [['REFERENCE_NOT_FOUND', 'd']]],
    ['<decision id="d" name="d"><informationRequirement><requiredInput href="urn:other#i"/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>', [['IMPORT_NOT_FOUND', 'd']]],
    ['<decision id="d" name="d"><conditional><if/><then><literalExpression><text>1</text></literalExpression></then></conditional></decision>', [['EXPRESSION_MISSING', 'd'], ['EXPRESSION_MISSING', 'd']]],
    ['<inputData id="a" name="a"/><inputData id="a" name="b"/>', [['DUPLICATE_ID', 'a']]],
    ['<mystery id="q"/>', [['ELEMENT_UNKNOWN', 'q']]],
    ['<decision id="d" name="d"><decisionTable hitPolicy="BEST"/></decision>', [['HIT_POLICY_UNKNOWN', 'd']]],
  ])('is named: %s', (inner, expected) => {
    expect(codesOf(inner)).toEqual(expected);
  });
});
