import { DOMParser, type Element, type Node } from '@xmldom/xmldom';

/**
 * Where two XML files differ as BPMN: element names with their namespaces, attributes, text and order, space between
 * elements and the choice of prefixes left out. Written over another parser than the product's, so that both cannot
 * be wrong in the same way.
 */
export function compareXml(expected: string, actual: string): string[] {
  const differences: string[] = [];
  compareElements(rootOf(expected), rootOf(actual), '', differences);
  return differences;
}

function rootOf(xml: string): Element {
  const problems: string[] = [];
  const document = new DOMParser({ onError: (level, message) => problems.push(`${level}: ${message}`) }).parseFromString(xml, 'text/xml');
  if (problems.length > 0 || !document.documentElement) throw new Error(`Expected well-formed XML, but ${problems.join('; ')}`);
  return document.documentElement;
}

function compareElements(expected: Element, actual: Element, path: string, differences: string[]): void {
  const here = `${path}/${nameOf(expected)}${expected.getAttribute('id') ? `#${expected.getAttribute('id')}` : ''}`;
  if (nameOf(expected) !== nameOf(actual)) {
    differences.push(`${here}: got ${nameOf(actual)}`);
    return;
  }
  const wanted = attributesOf(expected);
  const found = attributesOf(actual);
  for (const name of new Set([...wanted.keys(), ...found.keys()])) {
    if (wanted.get(name) !== found.get(name)) differences.push(`${here}@${name}: expected ${JSON.stringify(wanted.get(name))}, got ${JSON.stringify(found.get(name))}`);
  }
  const left = contentOf(expected);
  const right = contentOf(actual);
  if (left.length !== right.length) differences.push(`${here}: expected ${left.length} children, got ${right.length}`);
  for (const [index, child] of left.entries()) {
    const other = right[index];
    if (typeof child === 'string' || typeof other === 'string' || other === undefined) {
      if (child !== other) differences.push(`${here}: expected ${described(child)}, got ${described(other)}`);
    } else compareElements(child, other, here, differences);
  }
}

function described(content: Element | string | undefined): string {
  return content === undefined || typeof content === 'string' ? JSON.stringify(content) : nameOf(content);
}

function nameOf(element: Element): string {
  return `{${element.namespaceURI ?? ''}}${element.localName ?? element.nodeName}`;
}

function attributesOf(element: Element): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const attribute of Array.from(element.attributes)) {
    if (attribute.name === 'xmlns' || attribute.prefix === 'xmlns') continue;
    const name = `{${attribute.namespaceURI ?? ''}}${attribute.localName ?? attribute.name}`;
    attributes.set(name, name.endsWith('instance}type') ? qualified(element, attribute.value) : attribute.value);
  }
  return attributes;
}

/** `xsi:type` holds a name, whose prefix means a namespace. */
function qualified(element: Element, name: string): string {
  const [prefix, local] = name.includes(':') ? name.split(':') : ['', name];
  return `{${element.lookupNamespaceURI(prefix ?? '') ?? ''}}${local ?? ''}`;
}

/** Elements and text; text only where there is some, or nothing else. */
function contentOf(element: Element): (Element | string)[] {
  const nodes: Node[] = Array.from(element.childNodes);
  const content: (Element | string)[] = [];
  for (const node of nodes) {
    // Node types of DOM: 1 element, 3 text, 4 CDATA section.
    if (node.nodeType === 1) content.push(node as Element);
    else if (node.nodeType === 3 || node.nodeType === 4) {
      const last = content.at(-1);
      if (typeof last === 'string') content[content.length - 1] = last + (node.nodeValue ?? '');
      else content.push(node.nodeValue ?? '');
    }
  }
  const hasText = content.some((part) => typeof part === 'string' && part.trim() !== '');
  return hasText || content.every((part) => typeof part === 'string') ? content : content.filter((part) => typeof part !== 'string');
}
