import type { FlowElement } from '../definition/index.ts';
import type { Report } from './report.ts';
import type { Surroundings } from './surroundings.ts';

/** The flows that leave a gateway. BPMN 2.0.2 §10.6. */
export function checkGateway(element: FlowElement, surroundings: Surroundings, report: Report): void {
  if (element.type === 'exclusiveGateway' || element.type === 'inclusiveGateway') checkConditions(element, surroundings, report);
  if (element.type === 'eventBasedGateway') checkEvents(element, surroundings, report);
}

function checkConditions(element: Extract<FlowElement, { default?: string | undefined }>, { outgoing }: Surroundings, report: Report): void {
  const flows = outgoing(element.id);
  if (flows.length < 2) return;
  for (const flow of flows) {
    if (flow.condition === undefined && flow.id !== element.default && element.type === 'exclusiveGateway') {
      report('CONDITION_MISSING', flow.id, `Expected a condition on ${flow.id}, which leaves exclusive gateway ${element.id} and is not its default, but there is none`);
    }
  }
  const defaultFlow = flows.find(({ id }) => id === element.default);
  if (defaultFlow?.condition !== undefined) report('CONDITION_ON_DEFAULT', defaultFlow.id, `Expected the default flow of ${element.id} to have no condition, but ${defaultFlow.id} has one`, 'warning');
}

/** Only events and receive tasks stand behind an event-based gateway, each behind it alone. BPMN 2.0.2 §10.6.6. */
function checkEvents(element: Extract<FlowElement, { type: 'eventBasedGateway' }>, { elements, incoming, outgoing, container }: Surroundings, report: Report): void {
  const flows = outgoing(element.id);
  if (flows.length < 2) report('EVENT_GATEWAY_NEEDS_CHOICE', element.id, `Expected at least two flows to leave event-based gateway ${element.id}, but there are ${flows.length}`);
  if (element.eventGatewayType === 'parallel' && !element.instantiate) report('EVENT_GATEWAY_PARALLEL', element.id, `Expected only a gateway that starts the process to be parallel, but ${element.id} does not start it`);
  const targets = flows.flatMap(({ targetRef }) => elements.get(targetRef) ?? []);
  for (const target of targets) {
    const isEvent = (target.type === 'intermediateCatchEvent' && target.event.kind !== 'link') || target.type === 'receiveTask';
    if (!isEvent) report('EVENT_GATEWAY_TARGET', target.id, `Expected an intermediate catch event or a receive task behind ${element.id}, but ${target.id} is a ${target.type}`);
    if (incoming(target.id).length > 1) report('EVENT_GATEWAY_TARGET', target.id, `Expected ${target.id} to be reached from ${element.id} alone, but other flows lead to it`);
    if (container.flowElements.some((other) => other.type === 'boundaryEvent' && other.attachedToRef === target.id)) report('EVENT_GATEWAY_TARGET', target.id, `Expected no boundary event on ${target.id}, which stands behind ${element.id}, but there is one`);
  }
  const hasMessage = targets.some((target) => target.type === 'intermediateCatchEvent' && target.event.kind === 'message');
  if (hasMessage && targets.some(({ type }) => type === 'receiveTask')) report('EVENT_GATEWAY_TARGET', element.id, `Expected either message events or receive tasks behind ${element.id}, but there are both`);
}
