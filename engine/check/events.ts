import { eventDefinitionsOf, isActivity, type BoundaryEvent, type EventDefinition, type FlowElement } from '../definition/index.ts';
import type { Report } from './report.ts';
import { isBegunFromOutside, type Surroundings } from './surroundings.ts';

/** What every element but a boundary event needs, and what its event definitions need. BPMN 2.0.2 §10.5. */
export function checkEvent(element: FlowElement, surroundings: Surroundings, report: Report): void {
  const { owner, incoming, definition, container, allIds } = surroundings;
  if (!isBegunFromOutside(element) && incoming(element.id).length === 0 && container.flowElements.some(({ type }) => type === 'startEvent')) {
    report('NOT_REACHABLE', element.id, `Expected a flow to lead to ${element.id}, but none does`, 'warning');
  }
  const definitions = 'event' in element ? eventDefinitionsOf(element.event) : [];
  for (const event of definitions) {
    if (event.kind === 'message' && event.correlationKey === undefined && !startsInstance(element, surroundings)) {
      report('CORRELATION_KEY_MISSING', element.id, `Expected a correlation key for message ${event.message}, but there is none`);
    }
    if (event.kind === 'timer' && event.calendar !== undefined && !definition.calendars?.[event.calendar]) report('CALENDAR_NOT_FOUND', element.id, `Expected calendar ${event.calendar} in the process, but there is none`);
    if (event.kind === 'cancel' && element.type === 'endEvent' && owner?.type !== 'transaction') report('CANCEL_OUTSIDE_TRANSACTION', element.id, `Expected cancel end event ${element.id} to stand in a transaction, but it does not`);
    if (event.kind === 'compensation' && event.waitForCompletion === false && !goesOnMeanwhile(element)) report('COMPENSATION_WAITED_FOR', element.id, `Expected ${element.id} to go on while it compensates, but it ${element.type === 'endEvent' ? 'ends its scope as well, and waits' : 'throws no compensation'}`, 'warning');
    if (event.kind === 'compensation' && event.activityRef !== undefined && !allIds.has(event.activityRef)) report('ACTIVITY_NOT_FOUND', element.id, `Expected ${element.id} to compensate an activity, but ${event.activityRef} is none`);
  }
}

/** Only what throws a compensation and does not end the scope in the same breath can go on meanwhile. */
function goesOnMeanwhile(element: FlowElement): boolean {
  if (element.type !== 'intermediateThrowEvent' && element.type !== 'endEvent') return false;
  return !eventDefinitionsOf(element.event).some(({ kind }) => kind === 'error' || kind === 'cancel' || kind === 'terminate');
}

function startsInstance(element: FlowElement, { incoming, elements }: Surroundings): boolean {
  // A start event's own checks know whether it starts the process or an event sub-process.
  if (element.type === 'startEvent' || (element.type === 'receiveTask' && element.instantiate === true)) return true;
  // Behind a starting gateway the first message decides; only a parallel one awaits the others. BPMN 2.0.2 §10.6.6.
  const sources = incoming(element.id).map(({ sourceRef }) => elements.get(sourceRef));
  return sources.length > 0 && sources.every((source) => source?.type === 'eventBasedGateway' && source.instantiate === true && source.eventGatewayType !== 'parallel');
}

/** An event on the border of an activity. BPMN 2.0.2 §10.5.4. */
export function checkBoundaryEvent(element: BoundaryEvent, { elements, outgoing }: Surroundings, report: Report): void {
  const host = elements.get(element.attachedToRef);
  if (!host) report('ATTACHED_TO_NOTHING', element.id, `Expected ${element.id} to be attached to an activity of its scope, but ${element.attachedToRef} is none`);
  else if (!isActivity(host)) report('ATTACHED_TO_NO_ACTIVITY', element.id, `Expected ${element.id} to be attached to an activity, but ${host.id} is a ${host.type}`);
  for (const event of eventDefinitionsOf(element.event)) {
    if (event.kind === 'error' && !element.cancelActivity) report('ERROR_NOT_INTERRUPTING', element.id, 'Expected an error boundary event to interrupt its activity, but cancelActivity is false');
    if (event.kind === 'cancel') checkCancel(element, host, report);
    if (event.kind === 'compensation') checkCompensation(element, event, elements, report);
  }
  if (element.event.kind !== 'compensation' && outgoing(element.id).length === 0) report('BOUNDARY_EVENT_LEADS_NOWHERE', element.id, `Expected a flow to leave boundary event ${element.id}, but none does`, 'warning');
}

function checkCancel(element: BoundaryEvent, host: FlowElement | undefined, report: Report): void {
  if (host && host.type !== 'transaction') report('CANCEL_OUTSIDE_TRANSACTION', element.id, `Expected cancel boundary event ${element.id} to be attached to a transaction, but ${host.id} is a ${host.type}`);
  if (!element.cancelActivity) report('ERROR_NOT_INTERRUPTING', element.id, 'Expected a cancel boundary event to interrupt its transaction, but cancelActivity is false');
}

function checkCompensation(element: BoundaryEvent, event: Extract<EventDefinition, { kind: 'compensation' }>, elements: Surroundings['elements'], report: Report): void {
  const handler = event.handler === undefined ? undefined : elements.get(event.handler);
  if (!handler || !isActivity(handler)) report('COMPENSATION_HANDLER_MISSING', element.id, `Expected compensation boundary event ${element.id} to name an activity as its handler, but it does not`);
  else if (!('isForCompensation' in handler) || !handler.isForCompensation) report('COMPENSATION_HANDLER_UNMARKED', element.id, `Expected handler ${handler.id} of ${element.id} to be marked isForCompensation, but it is not`);
}

/** Each link throw event has one catch event of its name in the same scope. BPMN 2.0.2 §10.5.5. */
export function checkLinks({ container }: Surroundings, report: Report): void {
  const targets = new Map<string, string>();
  for (const element of container.flowElements) {
    if (element.type !== 'intermediateCatchEvent' || element.event.kind !== 'link') continue;
    const { link } = element.event;
    if (targets.has(link)) report('LINK_AMBIGUOUS', element.id, `Expected one catch event for link ${link}, but there are more`);
    targets.set(link, element.id);
  }
  const sources = new Set<string>();
  for (const element of container.flowElements) {
    if (element.type !== 'intermediateThrowEvent' || element.event?.kind !== 'link') continue;
    sources.add(element.event.link);
    if (!targets.has(element.event.link)) report('LINK_TARGET_MISSING', element.id, `Expected a catch event for link ${element.event.link} in the same scope, but there is none`);
  }
  for (const [link, id] of targets) if (!sources.has(link)) report('NOT_REACHABLE', id, `Expected a throw event for link ${link}, but there is none`, 'warning');
}
