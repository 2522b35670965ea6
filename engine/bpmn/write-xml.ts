import { EngineError } from '../failure.ts';
import type { BpmnDocument, BpmnElement, BpmnNode } from './document.ts';
import { descendantsOf, isElement } from './element-access.ts';
import { namespaceOfPrefix, splitName, xmlNamespace } from './namespaces.ts';

type Scope = Readonly<Record<string, string>>;

// What XML 1.0 cannot hold, even escaped (§2.2): controls, lone surrogates, U+FFFE and U+FFFF.
const impossible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * The XML of a document, in UTF-8, with the prefixes that its source used. Reading it again gives an equal document.
 * Throws EngineError TEXT_NOT_XML for a character that XML cannot hold.
 */
export function writeBpmnXml(document: BpmnDocument): string {
  const prefixes = completePrefixes(document);
  const declarations = Object.entries(prefixes).map(([prefix, uri]): [string, string] => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri]);
  const root: BpmnElement = { ...document.definitions, attributes: Object.fromEntries([...declarations, ...Object.entries(document.definitions.attributes ?? {})]) };
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  writeElement(root, { xml: xmlNamespace }, '', parts);
  parts.push('\n');
  return parts.join('');
}

/** The document's own prefixes, and one more for each known namespace that it uses without having declared it. */
function completePrefixes({ prefixes, definitions }: BpmnDocument): Scope {
  const used = new Set<string>();
  for (const element of descendantsOf(definitions)) {
    for (const name of [element.name, ...Object.keys(element.attributes ?? {})]) used.add(splitName(name).prefix);
    used.add(splitName(element.attributes?.['xsi:type'] ?? '').prefix);
  }
  const complete: Record<string, string> = { ...prefixes };
  for (const [prefix, uri] of Object.entries(namespaceOfPrefix)) {
    if (used.has(prefix) && !Object.values(complete).includes(uri)) complete[freePrefix(prefix, complete)] = uri;
  }
  return complete;
}

function freePrefix(wanted: string, scope: Scope): string {
  let prefix = wanted;
  for (let count = 1; prefix in scope; count += 1) prefix = `${wanted}${count}`;
  return prefix;
}

function writeElement(element: BpmnElement, outer: Scope, indent: string, parts: string[]): void {
  const scope: Record<string, string> = { ...outer };
  const attributes: [string, string][] = [];
  for (const [name, value] of Object.entries(element.attributes ?? {})) {
    if (name === 'xmlns') scope[''] = value;
    else if (name.startsWith('xmlns:')) scope[name.slice(6)] = value;
  }
  const declare = (prefix: string, uri: string): string => {
    scope[prefix] = uri;
    attributes.push([prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri]);
    return prefix;
  };
  const tag = elementName(element, scope, declare);
  for (const [name, value] of Object.entries(element.attributes ?? {})) {
    attributes.push([attributeName(name, scope, declare), name === 'xsi:type' ? attributeName(value, scope, declare, true) : value]);
  }
  parts.push('<', tag, ...attributes.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`));
  writeContent(element, tag, scope, indent, parts);
}

function writeContent({ text, children }: BpmnElement, tag: string, scope: Scope, indent: string, parts: string[]): void {
  if (text === undefined && children === undefined) {
    parts.push('/>');
    return;
  }
  parts.push('>');
  if (text !== undefined) parts.push(escapeText(text));
  // Added space would become content where elements and text are mixed.
  const isMixed = children !== undefined && !(children.some(isElement) && children.every((node) => isElement(node) || !('text' in node)));
  for (const node of children ?? []) {
    if (!isMixed) parts.push('\n', indent, '  ');
    writeNode(node, scope, `${indent}  `, parts);
  }
  if (children !== undefined && !isMixed) parts.push('\n', indent);
  parts.push('</', tag, '>');
}

function writeNode(node: BpmnNode, scope: Scope, indent: string, parts: string[]): void {
  if (isElement(node)) writeElement(node, scope, indent, parts);
  else if ('comment' in node) parts.push('<!--', checked(node.comment), '-->');
  else if ('instruction' in node) parts.push('<?', checked(node.instruction), '?>');
  else parts.push(escapeText(node.text));
}

type Declare = (prefix: string, uri: string) => string;

function elementName({ name, namespace }: BpmnElement, scope: Scope, declare: Declare): string {
  const { uri, prefix, local } = splitName(name);
  if (uri !== undefined) return qualified(prefixFor(uri, prefix, scope, declare, true), local);
  if ((scope[prefix] ?? '') !== (namespace ?? '')) declare(prefix, namespace ?? '');
  return name;
}

function attributeName(name: string, scope: Scope, declare: Declare, canBeDefault = false): string {
  const { uri, prefix, local } = splitName(name);
  return uri === undefined ? name : qualified(prefixFor(uri, prefix, scope, declare, canBeDefault), local);
}

/** A prefix that stands for the namespace here. An attribute without a prefix would have no namespace. */
function prefixFor(uri: string, wanted: string, scope: Scope, declare: Declare, canBeDefault: boolean): string {
  const found = Object.keys(scope).find((prefix) => scope[prefix] === uri && (canBeDefault || prefix !== ''));
  return found ?? declare(freePrefix(wanted === '' ? 'ns' : wanted, scope), uri);
}

function qualified(prefix: string, local: string): string {
  return prefix === '' ? local : `${prefix}:${local}`;
}

function escapeText(text: string): string {
  return checked(text).replace(/[&<>\r]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '&#13;');
}

function escapeAttribute(text: string): string {
  return checked(text).replace(/[&<>"\r\n\t]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? `&#${character.charCodeAt(0)};`);
}

function checked(text: string): string {
  if (impossible.test(text)) throw new EngineError('TEXT_NOT_XML', 'Expected text that XML can hold, but it has a control character or half a character');
  return text;
}
