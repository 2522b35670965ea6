import { allElements, eventDefinitionsOf, isSubProcess, type FlowContainer, type FlowElement, type ProcessDefinition } from '../definition/index.ts';
import type { CheckFinding } from './finding.ts';
import type { Report } from './report.ts';
import { isEventSubProcess, surroundingsOf, type Surroundings } from './surroundings.ts';

/** Rules of BPMN that the interpreter can run without, yet whose breach is hardly meant. */
export function connectionFindings(definition: ProcessDefinition): CheckFinding[] {
  const findings: CheckFinding[] = [];
  const report: Report = (code, elementId, message, severity = 'error') => findings.push({ code, severity, elementId, message });
  const byId = new Map(allElements(definition).map((element) => [element.id, element]));
  const visit = (surroundings: Surroundings): void => {
    checkDoubledFlows(surroundings, report);
    for (const element of surroundings.container.flowElements) {
      checkElement(element, surroundings, byId, report);
      if (isSubProcess(element)) visit(surroundingsOf(element, element, definition, surroundings.allIds));
    }
  };
  visit(surroundingsOf(definition, undefined, definition, new Set(byId.keys())));
  return findings;
}

function checkElement(element: FlowElement, surroundings: Surroundings, byId: ReadonlyMap<string, FlowElement>, report: Report): void {
  const { outgoing, owner, definition } = surroundings;
  const flows = outgoing(element.id);
  if (element.type === 'startEvent' && flows.length === 0) report('START_EVENT_LEADS_NOWHERE', element.id, `Expected a flow to leave start event ${element.id}, but none does`, 'warning');
  if (element.type.endsWith('Gateway')) checkGateway(element, surroundings, report);
  else if (flows.length === 1 && flows[0]?.condition !== undefined) report('CONDITION_ALONE', flows[0].id, `Expected another flow beside ${flows[0].id}, which may not be taken, but there is none`, 'warning');
  if ('instantiate' in element && element.instantiate && owner) report('INSTANTIATE_IN_SUB_PROCESS', element.id, `Expected only elements of the process itself to start it, but ${element.id} stands in ${owner.id}`);
  if (element.type === 'callActivity' && element.calledElement === definition.key) report('CALLS_ITSELF', element.id, `Expected ${element.id} to call another process, but it calls ${definition.key}`, 'warning');
  if (element.type === 'boundaryEvent') checkBoundary(element, surroundings, report);
  if (element.type === 'transaction') checkTransaction(element, surroundings, report);
  if (isSubProcess(element)) checkSubProcess(element, surroundings, report);
  if (element.type === 'userTask') checkSeparation(element, byId, report);
  checkMappings(element, report);
  checkCompensationThrow(element, byId, surroundings, report);
}

/** Several flows in, several out, or both. BPMN 2.0.2 §10.6. */
function checkGateway(element: FlowElement, { incoming, outgoing }: Surroundings, report: Report): void {
  if (outgoing(element.id).length === 0) report('GATEWAY_LEADS_NOWHERE', element.id, `Expected a flow to leave gateway ${element.id}, but none does`, 'warning');
  else if (incoming(element.id).length < 2 && outgoing(element.id).length < 2 && element.type !== 'eventBasedGateway') report('GATEWAY_POINTLESS', element.id, `Expected gateway ${element.id} to part or join flows, but it has one flow in and one out`, 'warning');
}

/** Two flows between the same elements carry two tokens. BPMN 2.0.2 §8.3.13. */
function checkDoubledFlows({ container }: Surroundings, report: Report): void {
  const seen = new Set<string>();
  for (const { id, sourceRef, targetRef, condition } of container.sequenceFlows) {
    const ends = `${sourceRef} ${targetRef}`;
    if (condition === undefined && seen.has(ends)) report('FLOW_DOUBLED', id, `Expected one flow from ${sourceRef} to ${targetRef}, but there are more: each carries a token`, 'warning');
    seen.add(ends);
  }
}

/** BPMN 2.0.2 §10.5.4, §10.5.6. */
function checkBoundary(element: Extract<FlowElement, { type: 'boundaryEvent' }>, { container, elements }: Surroundings, report: Report): void {
  if (isEventSubProcess(elements.get(element.attachedToRef))) report('BOUNDARY_AT_EVENT_SUB_PROCESS', element.id, `Expected no boundary event at event sub-process ${element.attachedToRef}, but ${element.id} is one`);
  const catches = (other: FlowElement): string[] => ('event' in other ? eventDefinitionsOf(other.event) : []).flatMap((event) => {
    if (event.kind === 'error') return [`error ${event.errorCode ?? '(any)'}`];
    if (event.kind === 'escalation') return [`escalation ${event.escalationCode ?? '(any)'}`];
    return event.kind === 'cancel' || event.kind === 'compensation' ? [event.kind] : [];
  });
  const index = container.flowElements.indexOf(element);
  const earlier = container.flowElements.slice(0, index).filter((other) => other.type === 'boundaryEvent' && other.attachedToRef === element.attachedToRef).flatMap(catches);
  for (const caught of catches(element)) if (earlier.includes(caught)) report('CAUGHT_TWICE', element.id, `Expected one event at ${element.attachedToRef} for ${caught}, but ${element.id} is a second one that never happens`, 'warning');
}

/** BPMN 2.0.2 §10.3.5. */
function checkTransaction(element: Extract<FlowElement, { type: 'transaction' }>, { container }: Surroundings, report: Report): void {
  const cancels = element.flowElements.some((inner) => inner.type === 'endEvent' && eventDefinitionsOf(inner.event).some(({ kind }) => kind === 'cancel'));
  const isCaught = container.flowElements.some((other) => other.type === 'boundaryEvent' && other.attachedToRef === element.id && other.event.kind === 'cancel');
  if (cancels && !isCaught) report('CANCEL_UNCAUGHT', element.id, `Expected a cancel boundary event on transaction ${element.id}, which can be cancelled, but there is none`);
}

/** BPMN 2.0.2 §10.3.5, §10.5.2. */
function checkSubProcess(element: Extract<FlowElement, { flowElements: FlowElement[] }>, { container }: Surroundings, report: Report): void {
  const names = (element.variables ?? []).map(({ name }) => name);
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) report('DUPLICATE_VARIABLE', element.id, `Expected variables to be declared once, but ${element.id} declares ${name} twice`);
  if (!isEventSubProcess(element)) return;
  if (element.multiInstance ?? element.standardLoop) report('EVENT_SUB_PROCESS_MARKER', element.id, `Expected event sub-process ${element.id} to run once for each event, but it has a marker`);
  if (!startsByCompensation(element)) return;
  const first = container.flowElements.find((other) => isSubProcess(other) && isEventSubProcess(other) && startsByCompensation(other));
  if (first && first !== element) report('COMPENSATION_HANDLER_DOUBLED', element.id, `Expected one compensation event sub-process in a scope, but ${element.id} is a second one beside ${first.id}, and would never run`);
}

function startsByCompensation({ flowElements }: FlowContainer): boolean {
  return flowElements.some((element) => element.type === 'startEvent' && element.event?.kind === 'compensation');
}

function checkSeparation(element: Extract<FlowElement, { type: 'userTask' }>, byId: ReadonlyMap<string, FlowElement>, report: Report): void {
  for (const id of element.separation ?? []) {
    const other = byId.get(id);
    if (id === element.id) report('SEPARATION_FROM_ITSELF', id, `Expected separation of ${id} to name another task, but it names itself`);
    else if (other && other.type !== 'userTask') report('SEPARATION_NOT_A_TASK', element.id, `Expected separation of ${element.id} to name a user task, but ${id} is a ${other.type}`, 'warning');
  }
}

function checkMappings(element: FlowElement, report: Report): void {
  const events = 'event' in element ? eventDefinitionsOf(element.event) : [];
  const lists = [...('inputs' in element ? [element.inputs] : []), ...('outputs' in element ? [element.outputs] : []), ...events.map((event) => ('mappings' in event ? event.mappings : undefined))];
  for (const mappings of lists) {
    const targets = (mappings ?? []).map(({ target }) => target);
    for (const target of new Set(targets.filter((name, index) => targets.indexOf(name) !== index))) report('MAPPING_DOUBLED', element.id, `Expected one mapping for ${target} at ${element.id}, but there are more, of which the last one counts`, 'warning');
  }
}

/** BPMN 2.0.2 §10.7. */
function checkCompensationThrow(element: FlowElement, byId: ReadonlyMap<string, FlowElement>, { container }: Surroundings, report: Report): void {
  if (element.type !== 'endEvent' && element.type !== 'intermediateThrowEvent') return;
  for (const event of eventDefinitionsOf(element.event)) {
    const undone = event.kind === 'compensation' && event.activityRef !== undefined ? byId.get(event.activityRef) : undefined;
    // A called process may undo itself: that is for its own check.
    if (!undone || isSubProcess(undone) || undone.type === 'callActivity') continue;
    const hasHandler = [container, ...[...byId.values()].filter(isSubProcess)].some(({ flowElements }) => flowElements.some((other) => other.type === 'boundaryEvent' && other.attachedToRef === undone.id && other.event.kind === 'compensation'));
    if (!hasHandler) report('NOTHING_TO_COMPENSATE', element.id, `Expected ${undone.id} to have a compensation boundary event, but ${element.id} undoes it and there is none`, 'warning');
  }
}
