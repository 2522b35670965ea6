import { asCurrentNamespace } from '../namespaces.ts';
import { isElement, localName, type DmnDocument, type XmlElement, type XmlNode } from './xml-element.ts';

// Control characters, halves of characters and the two that are none: XML 1.0 §2.2 has no way to write them.
const impossible = new RegExp('[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\uFFFE\\uFFFF]|\\p{Surrogate}', 'u');

/** The file as DMN 1.5 XML, with everything that the document holds. Fails: a RangeError for text that XML cannot hold. */
export function writeDmnXml({ definitions }: DmnDocument): string {
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  writeElement(definitions, '', parts, feelPrefixes(definitions));
  return `${parts.join('')}\n`;
}

/** Prefixes that DMN 1.1 puts before the names of FEEL's own types; later versions have none. */
function feelPrefixes({ attributes }: XmlElement): ReadonlySet<string> {
  return new Set(Object.entries(attributes).filter(([name, uri]) => name.startsWith('xmlns:') && asCurrentNamespace(uri).endsWith('/FEEL/')).map(([name]) => `${name.slice(6)}:`));
}

function writeElement(element: XmlElement, indent: string, parts: string[], prefixes: ReadonlySet<string>): void {
  parts.push('<', element.name);
  for (const [name, value] of Object.entries(element.attributes)) parts.push(` ${name}="${escape(current(name, value, prefixes))}"`);
  if (element.children.length === 0) {
    parts.push('/>');
    return;
  }
  parts.push('>');
  const isMixed = element.children.some((child) => 'text' in child);
  for (const child of element.children) {
    if (!isMixed) parts.push(`\n${indent}  `);
    writeNode(child, element, `${indent}  `, parts, prefixes);
  }
  if (!isMixed) parts.push(`\n${indent}`);
  parts.push('</', element.name, '>');
}

function writeNode(node: XmlNode, parent: XmlElement, indent: string, parts: string[], prefixes: ReadonlySet<string>): void {
  if (isElement(node)) writeElement(node, indent, parts, prefixes);
  else if ('comment' in node) parts.push('<!--', possible(node.comment), '-->');
  else if ('instruction' in node) parts.push('<?', possible(node.instruction), '?>');
  else parts.push(escape(localName(parent) === 'typeRef' ? withoutPrefix(node.text, prefixes) : node.text));
}

function current(name: string, value: string, prefixes: ReadonlySet<string>): string {
  if (name === 'xmlns' || name.startsWith('xmlns:') || name === 'expressionLanguage' || name === 'typeLanguage') return asCurrentNamespace(value);
  return name === 'typeRef' ? withoutPrefix(value, prefixes) : value;
}

function withoutPrefix(type: string, prefixes: ReadonlySet<string>): string {
  const prefix = [...prefixes].find((candidate) => type.startsWith(candidate));
  return prefix === undefined ? type : type.slice(prefix.length);
}

function escape(text: string): string {
  return possible(text).replace(/[&<>"\r]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '&#13;');
}

function possible(text: string): string {
  if (impossible.test(text)) throw new RangeError('Expected text that XML can hold, but it has a control character or half a character');
  return text;
}
