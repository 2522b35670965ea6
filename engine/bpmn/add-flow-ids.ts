import type { DefinitionFinding } from '../failure.ts';
import type { BpmnElement, BpmnNode } from './document.ts';
import { descendantsOf, idOf, isElement } from './element-access.ts';

/**
 * Gives each sequence flow without an id one of its own, and says so: an id is optional there, and nothing but a default
 * has to name a flow (BPMN 2.0.2 table 8.5). Anything else without an id stays as it is, and cannot be executed.
 */
export function addFlowIds(root: BpmnElement): { readonly root: BpmnElement; readonly findings: readonly DefinitionFinding[] } {
  const elements = [...descendantsOf(root)];
  if (!elements.some(isNamelessFlow)) return { root, findings: [] };
  const taken = new Set(elements.map(idOf));
  const findings: DefinitionFinding[] = [];
  let count = 0;
  const nextId = (): string => {
    do count += 1;
    while (taken.has(`flow_${count}`));
    return `flow_${count}`;
  };
  const named = (element: BpmnElement): BpmnElement => {
    const children = element.children?.map((child: BpmnNode) => (isElement(child) ? named(child) : child));
    const inside = children === undefined ? element : { ...element, children };
    if (!isNamelessFlow(element)) return inside;
    const id = nextId();
    findings.push({ code: 'FLOW_ID_ADDED', severity: 'warning', elementId: id, message: `Expected every sequence flow to have an id, but one has none; it is called ${id}` });
    return { ...inside, attributes: { id, ...element.attributes } };
  };
  return { root: named(root), findings };
}

function isNamelessFlow(element: BpmnElement): boolean {
  return element.name === 'bpmn:sequenceFlow' && idOf(element) === undefined;
}
