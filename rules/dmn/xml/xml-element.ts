/** An element of a DMN file as it stands there: names with the file's own prefixes, declarations of namespaces among the attributes. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}

export type XmlNode = XmlElement | { readonly text: string } | { readonly comment: string } | { readonly instruction: string };

/** A DMN file as JSON: all of it, with diagrams, comments and foreign extensions. */
export interface DmnDocument {
  readonly format: 'careloop-dmn/1';
  readonly definitions: XmlElement;
}

export function isElement(node: XmlNode): node is XmlElement {
  return 'children' in node;
}

export function localName({ name }: XmlElement): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Child elements of DMN itself, all or those of the names given. */
export function dmnChildren(element: XmlElement, ...names: readonly string[]): XmlElement[] {
  return element.children.filter(isElement).filter((child) => child.namespace === element.namespace && (names.length === 0 || names.includes(localName(child))));
}

export function dmnChild(element: XmlElement, ...names: readonly string[]): XmlElement | undefined {
  return dmnChildren(element, ...names)[0];
}

export function textOf(element: XmlElement): string {
  return element.children.map((node) => ('text' in node ? node.text : '')).join('');
}

/** The text of a child element, such as `text` or `typeRef`; undefined when there is none. */
export function childText(element: XmlElement, name: string): string | undefined {
  const child = dmnChild(element, name);
  return child && textOf(child);
}

export function attribute(element: XmlElement, name: string): string | undefined {
  return Object.hasOwn(element.attributes, name) ? element.attributes[name] : undefined;
}
