import { describe, expect, it } from '@jest/globals';
import { compiledModel, decisionJson, evaluateDecision, fromDecisionModel, parseDmnXml, toDecisionModel, writeDmnXml, type DecisionModel } from './index.ts';

const at = '2026-11-23T08:00:00Z';
const dmn = 'https://www.omg.org/spec/DMN/20230324/MODEL/';
const literal = (text: string): string => `<literalExpression><text>${text}</text></literalExpression>`;
const imports = (name: string, namespace: string): string => `<import name="${name}" namespace="${namespace}" importType="${dmn}"/>`;
const needs = (...references: string[]): string => references.map((href) => (/#f/.test(href) ? `<knowledgeRequirement><requiredKnowledge href="${href}"/></knowledgeRequirement>` : `<informationRequirement><required${/#i/.test(href) ? 'Input' : 'Decision'} href="${href}"/></informationRequirement>`)).join('');
const decision = (id: string, text: string, references: readonly string[] = [], type = ''): string => `<decision id="${id}" name="${id}"><variable name="${id}"${type === '' ? '' : ` typeRef="${type}"`}/>${needs(...references)}${literal(text)}</decision>`;

function modelOf(namespace: string, inner: string): DecisionModel {
  const { document } = parseDmnXml(`<definitions xmlns="${dmn}" namespace="${namespace}" name="${namespace}" id="m">${inner}</definitions>`);
  if (!document) throw new Error('Expected DMN');
  return toDecisionModel(document).model;
}

/** Weights: a type with a limit, input data, a decision, a knowledge model and a service. */
const weights = modelOf('urn:weights', `<itemDefinition name="tWeight"><typeRef>number</typeRef><allowedValues><text>(0..500]</text></allowedValues></itemDefinition>
  <itemDefinition name="tPatient"><itemComponent name="weight"><typeRef>tWeight</typeRef></itemComponent><itemComponent name="re-admitted"><typeRef>boolean</typeRef></itemComponent></itemDefinition>
  <inputData id="i1" name="Body weight"><variable name="Body weight" typeRef="tWeight"/></inputData>
  ${decision('doubled', 'Body weight * 2', ['#i1'])}
  <businessKnowledgeModel id="f1" name="per kilo"><variable name="per kilo"/><encapsulatedLogic><formalParameter name="dose" typeRef="number"/><formalParameter name="weight" typeRef="tWeight"/>${literal('dose * weight')}</encapsulatedLogic></businessKnowledgeModel>
  <decisionService id="f2" name="twice"><variable name="twice" typeRef="number"/><outputDecision href="#doubled"/><inputData href="#i1"/></decisionService>`);
const run = (model: DecisionModel, name: string, inputs: Record<string, unknown> = {}, imported = [weights]) => evaluateDecision(model, name, inputs, { at, imported });

const dosing = modelOf('urn:dosing', `${imports('w', 'urn:weights')}<itemDefinition name="tLight"><typeRef>w.tWeight</typeRef></itemDefinition>
  <inputData id="i2" name="Patient"><variable name="Patient" typeRef="w.tPatient"/></inputData>
  ${decision('from decision', 'w.doubled + 1', ['urn:weights#doubled'])}
  ${decision('from input', 'w.Body weight + 1', ['urn:weights#i1'])}
  ${decision('from function', 'w.per kilo(2, 10) + w.per kilo(dose: 1, weight: 5)', ['urn:weights#f1'])}
  ${decision('from service', 'w.twice(7)', ['urn:weights#f2'])}
  ${decision('typed', 'Patient.re-admitted and Patient.weight instance of w.tWeight', ['#i2'])}
  ${decision('too heavy', '501', [], 'tLight')}
  ${decision('bound', '0', []).replace(literal('0'), `<invocation>${literal('w.per kilo')}<binding><parameter name="dose"/>${literal('3')}</binding><binding><parameter name="weight"/>${literal('4')}</binding></invocation>`).replace('<invocation>', `${needs('urn:weights#f1')}<invocation>`)}`);

describe('a model that imports another', () => {
  it.each([
    ['from decision', { 'w.Body weight': 10 }, 21], ['from decision', { w: { 'Body weight': 10 } }, 21], ['from decision', { 'Body weight': 10 }, 21], ['from decision', { 'urn:weights#Body weight': 10 }, 21],
    ['from decision', { 'w.doubled': 5 }, 6], ['from input', { 'w.Body weight': 3 }, 4], ['from function', {}, 25], ['from service', {}, 14],
    ['typed', { Patient: { weight: 70, 're-admitted': true } }, true], ['bound', {}, 12], ['w.doubled', { 'w.Body weight': 4 }, 8], ['w.twice', { 'w.Body weight': 4 }, 8], ['w.per kilo', { dose: 2, weight: 3 }, 6],
  ])('gives %s for %j', (name, inputs, expected) => {
    const { value, errors } = run(dosing, name, inputs);

    expect({ value: decisionJson(value), errors }).toEqual({ value: expected, errors: [] });
  });

  it('holds values to the imported types', () => {
    expect(run(dosing, 'too heavy')).toMatchObject({ value: null, errors: [{ code: 'TYPE_MISMATCH' }] });
    expect(run(dosing, 'from input', { 'w.Body weight': 900 })).toMatchObject({ value: null, errors: [{ code: 'INPUT_INVALID', elementId: 'urn:weights#i1' }] });
    expect(run(dosing, 'from input', { 'x.Body weight': 1 }).errors).toMatchObject([{ code: 'INPUT_UNKNOWN' }]);
  });

  it('names what it has worked out, and takes names without a prefix from an import without a name', () => {
    expect(run(dosing, 'from decision', { 'w.Body weight': 10 }).values).toEqual({ 'w.doubled': 20, 'from decision': 21 });

    const plain = modelOf('urn:plain', `${imports('', 'urn:weights')}${decision('d', 'doubled + per kilo(1, 1)', ['urn:weights#doubled', 'urn:weights#f1'], 'tWeight')}`);
    expect(run(plain, 'd', { 'Body weight': 4 })).toMatchObject({ value: 9, errors: [] });
  });

  it('reaches a model over another, which two may import', () => {
    const middle = (letter: string): DecisionModel => modelOf(`urn:${letter}`, `${imports('w', 'urn:weights')}${decision(letter, 'w.Body weight', ['urn:weights#i1'])}`);
    const top = modelOf('urn:top', `${imports('first', 'urn:a')}${imports('second', 'urn:b')}${decision('d', 'first.a + second.b + first.w.Body weight', ['urn:a#a', 'urn:b#b', 'urn:weights#i1'])}`);

    expect(run(top, 'd', { 'first.w.Body weight': 2 }, [weights, middle('a'), middle('b')])).toMatchObject({ value: 6, errors: [] });
  });

  it('is the same after an export', () => {
    const written = parseDmnXml(writeDmnXml(fromDecisionModel(dosing, undefined, [weights]))).document;
    const xml = written && writeDmnXml(written);

    expect(written && toDecisionModel(written).model).toEqual(dosing);
    expect(xml).toContain('<requiredDecision href="urn:weights#doubled"/>');
    expect(xml).toContain('<import name="w" namespace="urn:weights"');
  });
});

describe('imports that do not work', () => {
  const findings = (model: DecisionModel, imported: readonly DecisionModel[]) => compiledModel(model, imported).findings.map(({ code }) => code);

  it('names a model that is not given, and one that is no DMN', () => {
    expect(new Set(findings(dosing, []))).toEqual(new Set(['IMPORT_NOT_FOUND', 'REFERENCE_NOT_FOUND', 'TYPE_NOT_FOUND']));
    expect(run(dosing, 'from decision', {}, [])).toMatchObject({ value: null });
    expect(findings(modelOf('urn:x', '<import name="p" namespace="urn:p" importType="http://www.dmg.org/PMML-4_2"/>'), [])).toEqual(['IMPORT_UNSUPPORTED']);
  });

  it('ends imports, requirements and types that go in a circle', () => {
    const first = modelOf('urn:1', `${imports('two', 'urn:2')}<itemDefinition name="a"><typeRef>two.b</typeRef></itemDefinition>${decision('d1', 'two.d2', ['urn:2#d2'])}`);
    const second = modelOf('urn:2', `${imports('one', 'urn:1')}<itemDefinition name="b"><typeRef>one.a</typeRef></itemDefinition>${decision('d2', 'one.d1', ['urn:1#d1'])}`);

    expect(findings(first, [second])).toContain('IMPORT_CIRCULAR');
    expect(run(first, 'd1', {}, [second])).toMatchObject({ value: null });
  });

  it('takes the first of two models of one namespace', () => {
    expect(findings(dosing, [weights, modelOf('urn:weights', '')])).toEqual(['IMPORT_AMBIGUOUS']);
  });
});
