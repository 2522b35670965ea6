import type { FlowElement, ProcessDefinition, SequenceFlow, SubProcess } from '../definition/process-definition.ts';
import type { DefinitionFinding } from '../failure.ts';
import { checkAssignments } from './assignments.ts';
import { expressionSources, flowExpressionSources } from '../expression-sources.ts';
import { parseFeelExpression } from '../expressions.ts';

/** Adds a finding about an element. */
export type Report = (code: string, elementId: string, message: string, severity?: DefinitionFinding['severity']) => void;
interface Container {
  readonly flowElements: readonly FlowElement[];
  readonly sequenceFlows: readonly SequenceFlow[];
}

/** What can be said about a definition without running it: references, ids, flows and expressions. */
export function structureFindings(definition: ProcessDefinition): DefinitionFinding[] {
  const findings: DefinitionFinding[] = [];
  const report: Report = (code, elementId, message, severity = 'error') => findings.push({ code, severity, elementId, message });
  checkIds(definition, report, findings);
  const ids = new Set(allElements(definition).map(({ id }) => id));
  checkContainer(definition, definition.key, ids, report);
  checkAssignments(definition, new Set(definition.variables.map(({ name }) => name)), report);
  if (definition.subject !== undefined) checkExpression(definition.subject, 'subject', definition.key, report);
  return findings;
}

/** Every flow element, sub-processes and what they hold included. */
export function allElements(container: Pick<Container, 'flowElements'>): FlowElement[] {
  return container.flowElements.flatMap((element) => (element.type === 'subProcess' ? [element, ...allElements(element)] : [element]));
}

function allFlows(container: Container): SequenceFlow[] {
  const inner = container.flowElements.filter((element): element is SubProcess => element.type === 'subProcess');
  return [...container.sequenceFlows, ...inner.flatMap(allFlows)];
}

function checkIds(definition: ProcessDefinition, report: Report, findings: DefinitionFinding[]): void {
  const seen = new Set<string>();
  for (const { id } of [...allElements(definition), ...allFlows(definition)]) {
    if (seen.has(id)) report('DUPLICATE_ID', id, `Expected ids to be unique in the whole process, but ${id} is used twice`);
    seen.add(id);
    if (isReserved(id)) report('RESERVED_NAME', id, `Expected an id that is no member of every object, but ${id} is one`);
  }
  const names = new Set<string>();
  for (const [index, { name }] of definition.variables.entries()) {
    if (names.has(name)) findings.push({ code: 'DUPLICATE_VARIABLE', severity: 'error', path: `/variables/${index}`, message: `Expected variables to be declared once, but ${name} is declared twice` });
    names.add(name);
    if (isReserved(name)) findings.push({ code: 'RESERVED_NAME', severity: 'error', path: `/variables/${index}`, message: `Expected a name that is no member of every object, but ${name} is one` });
  }
}

/** State is looked up by id and name: `constructor` or `__proto__` would find what nobody put there. */
function isReserved(name: string): boolean {
  return name in {};
}

function checkContainer(container: Container, ownerId: string, allIds: ReadonlySet<string>, report: Report): void {
  const elements = new Map(container.flowElements.map((element) => [element.id, element]));
  checkStartEvents(container, ownerId, report);
  for (const flow of container.sequenceFlows) checkFlow(flow, elements, report);
  for (const element of container.flowElements) {
    checkElement(element, container, elements, allIds, report);
    for (const { source, field } of expressionSources(element)) checkExpression(source, field, element.id, report);
    if (element.type === 'subProcess') checkContainer(element, element.id, allIds, report);
  }
}

function checkStartEvents(container: Container, ownerId: string, report: Report): void {
  const starts = container.flowElements.filter((element) => element.type === 'startEvent');
  const plain = starts.filter((element) => element.event === undefined);
  if (starts.length === 0) report('START_EVENT_MISSING', ownerId, `Expected a start event in ${ownerId}, but there is none`);
  if (plain.length > 1) report('START_EVENT_AMBIGUOUS', ownerId, `Expected one start event without a message in ${ownerId}, but there are ${plain.length}`);
  if ('type' in container) {
    for (const start of starts) if (start.event) report('START_EVENT_IN_SUB_PROCESS', start.id, 'Expected the start event of an embedded sub-process to have no message, but it has one');
  }
  const messages = new Set<string>();
  for (const start of starts) {
    if (!start.event) continue;
    if (messages.has(start.event.message)) report('START_EVENT_AMBIGUOUS', start.id, `Expected one start event for message ${start.event.message}, but there are more`);
    messages.add(start.event.message);
    if (start.event.correlationKey !== undefined) report('CORRELATION_KEY_UNEXPECTED', start.id, 'Expected a start event to have no correlation key, but it has one', 'warning');
  }
}

function checkFlow(flow: SequenceFlow, elements: ReadonlyMap<string, FlowElement>, report: Report): void {
  const source = elements.get(flow.sourceRef);
  const target = elements.get(flow.targetRef);
  if (!source) report('SOURCE_NOT_FOUND', flow.id, `Expected ${flow.id} to begin at an element of its scope, but ${flow.sourceRef} is none`);
  if (!target) report('TARGET_NOT_FOUND', flow.id, `Expected ${flow.id} to lead to an element of its scope, but ${flow.targetRef} is none`);
  if (source?.type === 'endEvent') report('FLOW_FROM_END_EVENT', flow.id, `Expected no flow to leave end event ${source.id}, but ${flow.id} does`);
  if (target?.type === 'startEvent') report('FLOW_TO_START_EVENT', flow.id, `Expected no flow to lead to start event ${target.id}, but ${flow.id} does`);
  if (target?.type === 'boundaryEvent') report('FLOW_TO_BOUNDARY_EVENT', flow.id, `Expected no flow to lead to boundary event ${target.id}, but ${flow.id} does`);
  if (flow.condition !== undefined && source && !canHaveConditions(source)) {
    report('CONDITION_NOT_ALLOWED', flow.id, `Expected conditions only on flows that leave activities and exclusive gateways, but ${source.id} is a ${source.type}`);
  }
  for (const { source: text, field } of flowExpressionSources(flow)) checkExpression(text, field, flow.id, report);
}

function canHaveConditions(element: FlowElement): boolean {
  return 'default' in element || ['userTask', 'serviceTask', 'businessRuleTask', 'scriptTask', 'subProcess', 'exclusiveGateway'].includes(element.type);
}

function checkElement(element: FlowElement, container: Container, elements: ReadonlyMap<string, FlowElement>, allIds: ReadonlySet<string>, report: Report): void {
  const outgoing = container.sequenceFlows.filter((flow) => flow.sourceRef === element.id);
  const incoming = container.sequenceFlows.filter((flow) => flow.targetRef === element.id);
  if ('default' in element && element.default !== undefined && !outgoing.some((flow) => flow.id === element.default)) {
    report('DEFAULT_NOT_OUTGOING', element.id, `Expected the default flow of ${element.id} to leave it, but ${element.default} does not`);
  }
  if (element.type === 'boundaryEvent') checkAttachment(element.id, elements.get(element.attachedToRef), element.attachedToRef, report);
  else if (element.type !== 'startEvent' && incoming.length === 0) report('NOT_REACHABLE', element.id, `Expected a flow to lead to ${element.id}, but none does`, 'warning');
  if (element.type === 'boundaryEvent' && element.event.kind === 'error' && !element.cancelActivity) {
    report('ERROR_NOT_INTERRUPTING', element.id, 'Expected an error boundary event to interrupt its activity, but cancelActivity is false');
  }
  if ((element.type === 'intermediateCatchEvent' || element.type === 'boundaryEvent') && element.event.kind === 'message' && element.event.correlationKey === undefined) {
    report('CORRELATION_KEY_MISSING', element.id, `Expected a correlation key for message ${element.event.message}, but there is none`);
  }
  if (element.type === 'intermediateThrowEvent' && element.event && element.event.correlationKey === undefined) {
    report('CORRELATION_KEY_MISSING', element.id, `Expected a correlation key for message ${element.event.message}, but there is none`);
  }
  if (element.type === 'exclusiveGateway') checkGatewayFlows(element.id, element.default, outgoing, report);
  if (element.type === 'userTask') {
    for (const id of element.separation ?? []) if (!allIds.has(id)) report('SEPARATION_NOT_FOUND', element.id, `Expected separation to name an element, but ${id} is none`);
  }
}

function checkAttachment(id: string, host: FlowElement | undefined, hostId: string, report: Report): void {
  if (!host) report('ATTACHED_TO_NOTHING', id, `Expected ${id} to be attached to an activity of its scope, but ${hostId} is none`);
  else if (!['userTask', 'serviceTask', 'businessRuleTask', 'scriptTask', 'subProcess'].includes(host.type)) {
    report('ATTACHED_TO_NO_ACTIVITY', id, `Expected ${id} to be attached to an activity, but ${hostId} is a ${host.type}`);
  }
}

function checkGatewayFlows(id: string, defaultFlow: string | undefined, outgoing: readonly SequenceFlow[], report: Report): void {
  if (outgoing.length < 2) return;
  for (const flow of outgoing) {
    if (flow.condition === undefined && flow.id !== defaultFlow) report('CONDITION_MISSING', flow.id, `Expected a condition on ${flow.id}, which leaves exclusive gateway ${id} and is not its default, but there is none`);
  }
}

function checkExpression(source: string, field: string, elementId: string, report: Report): void {
  try {
    parseFeelExpression(source);
  } catch (error) {
    report('EXPRESSION_UNPARSABLE', elementId, `Expected FEEL in ${field}, but ${error instanceof Error ? error.message : 'it cannot be parsed'}`);
  }
}
