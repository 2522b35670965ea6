import { sequenceFlowFields } from '../careloop-fields.ts';
import type { BpmnElement } from '../document.ts';
import { attributeOf, childrenOf, idOf, textOf } from '../element-access.ts';
import { isFlowElementName } from '../metamodel.ts';
import type { ImportContext } from './import-context.ts';
import { optional } from './read-event.ts';
import { readFields, type Candidate } from './read-fields.ts';
import { executableType, readFlowElement, readScopeVariables } from './read-flow-element.ts';
import { readName } from './read-text.ts';

/** Flow elements that carry data and are drawn, not run. */
const drawnOnly: ReadonlySet<string> = new Set(['bpmn:dataObject', 'bpmn:dataObjectReference', 'bpmn:dataStoreReference']);

/** The nodes and flows of a process or sub-process, flows in the order in which their source has them as outgoing. */
export function readContainer(container: BpmnElement, lanes: ReadonlyMap<string, BpmnElement>, outerLane: string | undefined, context: ImportContext): Candidate {
  const flowElements: Candidate[] = [];
  const flows: Candidate[] = [];
  const outgoing = new Map<string, string[]>();
  for (const element of childrenOf(container)) {
    if (!isFlowElementName(element.name) || drawnOnly.has(element.name)) continue;
    const id = idOf(element);
    const type = executableType(element);
    if (id === undefined) reportWithoutId(element, container, context);
    else if (element.name === 'bpmn:sequenceFlow') flows.push(readFlow(element, id, context));
    else if (type === undefined) context.report('ELEMENT_NOT_EXECUTABLE', id, `Expected an element that can be executed, but ${id} is ${element.name.replace('bpmn:', 'a ')}; it can be drawn`);
    else {
      const laneElement = lanes.get(id);
      const lane = (laneElement && attributeOf(laneElement, 'name')) || outerLane;
      flowElements.push(readFlowElement(element, type, { lane, readScope: (inner, innerLane) => readScope(inner, lanes, innerLane, context) }, context));
      outgoing.set(id, childrenOf(element, 'bpmn:outgoing').flatMap((child) => context.idOf(textOf(child)) ?? []));
    }
  }
  checkDirections(container, flows, context);
  return { flowElements, sequenceFlows: inOutgoingOrder(flows, outgoing) };
}

/** A gateway parts and joins whatever its `gatewayDirection` says, but one that says otherwise is hardly meant. BPMN 2.0.2 table 10.51. */
function checkDirections(container: BpmnElement, flows: readonly Candidate[], context: ImportContext): void {
  for (const element of childrenOf(container)) {
    const id = idOf(element);
    const direction = attributeOf(element, 'gatewayDirection');
    const end = direction === 'Converging' ? 'sourceRef' : direction === 'Diverging' ? 'targetRef' : undefined;
    if (id === undefined || end === undefined || flows.filter((flow) => flow[end] === id).length < 2) continue;
    const [may, where] = end === 'sourceRef' ? ['leave', 'joins only'] : ['lead to', 'parts only'];
    context.report('GATEWAY_DIRECTION', id, `Expected one flow to ${may} gateway ${id}, which ${where} by its gatewayDirection, but there are more`, 'warning');
  }
}

function readScope(container: BpmnElement, lanes: ReadonlyMap<string, BpmnElement>, lane: string | undefined, context: ImportContext): Candidate {
  const inner = readContainer(container, lanes, lane, context);
  const id = idOf(container) ?? '';
  if (Array.isArray(inner['flowElements']) && inner['flowElements'].length === 0) context.report('SUB_PROCESS_EMPTY', id, `Expected sub-process ${id} to hold something, but it is empty`);
  return { ...readScopeVariables(container, context), ...inner };
}

function reportWithoutId(element: BpmnElement, container: BpmnElement, context: ImportContext): void {
  context.report('ID_MISSING', idOf(container) ?? '', `Expected every flow element of ${idOf(container) ?? 'the process'} to have an id, but a ${element.name.replace('bpmn:', '')} has none`);
}

function readFlow(flow: BpmnElement, id: string, context: ImportContext): Candidate {
  const { name, ...fields } = readFields(flow, sequenceFlowFields, id, context);
  return {
    id,
    ...readName(flow, { name }),
    sourceRef: context.idOf(attributeOf(flow, 'sourceRef')),
    targetRef: context.idOf(attributeOf(flow, 'targetRef')),
    ...optional('condition', context.expression(flow, 'bpmn:conditionExpression', id)),
    ...fields,
  };
}

/** Flows keep their places; where several leave one node, they change places until they are in its order. */
function inOutgoingOrder(flows: readonly Candidate[], outgoing: ReadonlyMap<string, readonly string[]>): Candidate[] {
  const bySource = new Map<unknown, number[]>();
  for (const [index, flow] of flows.entries()) {
    const places = bySource.get(flow['sourceRef']);
    if (places) places.push(index);
    else bySource.set(flow['sourceRef'], [index]);
  }
  const ordered = [...flows];
  for (const [source, places] of bySource) {
    if (places.length < 2) continue;
    const order = outgoing.get(String(source)) ?? [];
    const rank = (flow: Candidate): number => (order.includes(String(flow['id'])) ? order.indexOf(String(flow['id'])) : order.length);
    const sorted = flowsAt(places, flows).sort((left, right) => rank(left) - rank(right));
    for (const [index, place] of places.entries()) {
      const flow = sorted[index];
      if (flow) ordered[place] = flow;
    }
  }
  return ordered;
}

function flowsAt(places: readonly number[], flows: readonly Candidate[]): Candidate[] {
  return places.map((place) => flows[place]).filter((flow) => flow !== undefined);
}
