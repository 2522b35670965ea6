import { modelNamespace } from '../namespaces.ts';
import type { XmlElement, XmlNode } from './xml-element.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

/** An element of DMN; attributes without a value are left out. */
export function dmnElement(name: string, attributes: Attributes = {}, children: readonly (XmlNode | undefined)[] = []): XmlElement {
  return element(name, modelNamespace, attributes, children);
}

/** An element of another namespace, its prefix included in the name. */
export function element(name: string, namespace: string, attributes: Attributes = {}, children: readonly (XmlNode | undefined)[] = []): XmlElement {
  return {
    name,
    namespace,
    attributes: Object.fromEntries(Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    children: children.filter((child) => child !== undefined),
  };
}

/** `<name><text>…</text></name>`, the form of all cells and expressions. */
export function textElement(name: string, text: string, attributes: Attributes = {}): XmlElement {
  return dmnElement(name, attributes, [plainText('text', text)]);
}

export function plainText(name: string, text: string): XmlElement {
  return dmnElement(name, {}, text === '' ? [] : [{ text }]);
}
