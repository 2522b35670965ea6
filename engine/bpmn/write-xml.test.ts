import fc from 'fast-check';
import type { BpmnDocument, BpmnElement } from './document.ts';
import { parseBpmnXml } from './parse-bpmn-xml.ts';
import { documentOf, processXml } from './testing/bpmn-text.ts';
import { writeBpmnXml } from './write-xml.ts';

describe('writeBpmnXml', () => {
  it('writes with the prefixes of the source', () => {
    const document = documentOf('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:omgdc="http://www.omg.org/spec/DD/20100524/DC"><process id="p"/><omgdc:Bounds x="1.50"/></definitions>');

    expect(writeBpmnXml(document)).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:omgdc="http://www.omg.org/spec/DD/20100524/DC">\n  <process id="p"/>\n  <omgdc:Bounds x="1.50"/>\n</definitions>\n');
  });

  it.each([
    ['comments and instructions', '<!-- one --><bpmn:task id="a"><!-- two --></bpmn:task><?acme do it?>'],
    ['space that is all there is', '<bpmn:documentation>  \n </bpmn:documentation>'],
    ['mixed content', '<bpmn:documentation>one <acme:b>two</acme:b><!-- c --> three</bpmn:documentation>'],
    ['line breaks in attributes', '<bpmn:task id="a" name="one&#10;two&#13;&#9;&quot;&lt;&amp;"/>'],
    ['CDATA', '<bpmn:documentation><![CDATA[a < b && c]]> and more</bpmn:documentation>'],
    ['a namespace redeclared inside', '<bpmn:extensionElements><x xmlns="urn:x"><y xmlns="urn:y" a="1"/><z xmlns=""/></x></bpmn:extensionElements>'],
    ['a known prefix bound to something else', '<bpmn:extensionElements><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/" dc:a="1" xmlns:bpmn="urn:mine"><bpmn:own bpmn:b="2"/></dc:title></bpmn:extensionElements>'],
    ['a known element inside a rebound prefix', '<bpmn:extensionElements><acme:a xmlns:bpmn="urn:mine" xmlns:k="http://www.omg.org/spec/BPMN/20100524/MODEL"><k:task/></acme:a></bpmn:extensionElements>'],
    ['characters beyond the first plane', '<bpmn:task id="a" name="💊"/>'],
  ])('keeps %s', (_what, content) => {
    const document = documentOf(processXml(content));

    expect(documentOf(writeBpmnXml(document))).toEqual(document);
  });

  it('declares a namespace that the document uses without having declared it', () => {
    const document: BpmnDocument = { format: 'careloop-bpmn/1', prefixes: { bpmn: 'urn:taken' }, definitions: { name: 'bpmn:definitions', attributes: { 'xsi:schemaLocation': 'a b' } } };

    const again = parseBpmnXml(writeBpmnXml(document)).document;

    expect(again?.definitions).toEqual(document.definitions);
  });

  it('throws for a character that XML cannot hold', () => {
    const document: BpmnDocument = { format: 'careloop-bpmn/1', prefixes: {}, definitions: { name: 'bpmn:definitions', attributes: { name: '\u0001' } } };

    expect(() => writeBpmnXml(document)).toThrow('Expected text that XML can hold');
  });

  it('gives back any tree', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '<', '&', '"', "'", ']]>', '\n', '\r', '\t', ' ', '药', '💊') });
    const attributes = fc.dictionary(fc.constantFrom('id', 'name', 'acme:a', 'xsi:type', 'xml:lang'), text.filter((value) => !value.includes(':')), { minKeys: 1 });
    const { tree } = fc.letrec<{ tree: BpmnElement; leaf: BpmnElement; branch: BpmnElement }>((tie) => ({
      leaf: fc.record({ name: fc.constantFrom('bpmn:task', 'dc:Bounds', 'careloop:fields'), attributes, text: text.filter((value) => value !== '') }, { requiredKeys: ['name'] }),
      branch: fc.record({ name: fc.constantFrom('bpmn:process', 'bpmndi:BPMNShape'), attributes, children: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }) }, { requiredKeys: ['name', 'children'] }),
      tree: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('branch')),
    }));

    fc.assert(
      fc.property(tree, (child) => {
        const document: BpmnDocument = { format: 'careloop-bpmn/1', prefixes: { acme: 'urn:acme' }, definitions: { name: 'bpmn:definitions', children: [child] } };
        expect(parseBpmnXml(writeBpmnXml(document)).document?.definitions).toEqual(document.definitions);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
