import type { BpmnElement, BpmnNode } from './document.ts';

/** Whether the node is an element and no text, comment or instruction. */
export function isElement(node: BpmnNode): node is BpmnElement {
  return 'name' in node;
}

export function attributeOf(element: BpmnElement, name: string): string | undefined {
  return element.attributes !== undefined && Object.hasOwn(element.attributes, name) ? element.attributes[name] : undefined;
}

export function idOf(element: BpmnElement): string | undefined {
  return attributeOf(element, 'id');
}

/** Child elements, all or those of one name. */
export function childrenOf(element: BpmnElement, name?: string): BpmnElement[] {
  return (element.children ?? []).filter(isElement).filter((child) => name === undefined || child.name === name);
}

export function childOf(element: BpmnElement, name: string): BpmnElement | undefined {
  return childrenOf(element, name)[0];
}

/** The text of an element, comments left out. */
export function textOf(element: BpmnElement): string {
  return element.text ?? (element.children ?? []).map((node) => ('name' in node ? '' : 'text' in node ? (node.text ?? '') : '')).join('');
}

/** `xsd:boolean`; undefined when the attribute is absent or no boolean. */
export function booleanOf(element: BpmnElement, name: string): boolean | undefined {
  const text = attributeOf(element, name)?.trim();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

/** The element and all elements inside it, in document order. */
export function* descendantsOf(element: BpmnElement): Generator<BpmnElement> {
  yield element;
  for (const child of element.children ?? []) if (isElement(child)) yield* descendantsOf(child);
}
