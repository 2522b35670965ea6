import type { BpmnDocument } from '../document.ts';
import { parseBpmnXml } from '../parse-bpmn-xml.ts';

/** Definitions around the given root elements, with the namespaces that tests use. */
export function definitionsXml(content: string, attributes = ''): string {
  return `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:careloop="urn:careloop:bpmn:1" xmlns:acme="urn:acme" id="defs" targetNamespace="urn:test"${attributes === '' ? '' : ` ${attributes}`}>${content}</bpmn:definitions>`;
}

/** A process named `p` around flow elements. */
export function processXml(content: string, more = ''): string {
  return definitionsXml(`${more}<bpmn:process id="p" isExecutable="true">${content}</bpmn:process>`);
}

/** `careloop:fields` around JSON. */
export function fieldsXml(fields: object): string {
  return `<bpmn:extensionElements><careloop:fields>${JSON.stringify(fields).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</careloop:fields></bpmn:extensionElements>`;
}

/** The document of a text that is expected to be one. */
export function documentOf(xml: string): BpmnDocument {
  const { document, findings } = parseBpmnXml(xml);
  if (!document) throw new Error(`Expected BPMN, but ${findings.map(({ message }) => message).join('; ')}`);
  return document;
}
