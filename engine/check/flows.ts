import { isActivity, type FlowElement, type SequenceFlow } from '../definition/index.ts';
import type { Report } from './report.ts';
import { isEventSubProcess, type Surroundings } from './surroundings.ts';

/** Where a sequence flow may begin and end, and where it may have a condition. BPMN 2.0.2 §8.3.13. */
export function checkFlow(flow: SequenceFlow, { elements }: Surroundings, report: Report): void {
  const source = elements.get(flow.sourceRef);
  const target = elements.get(flow.targetRef);
  if (!source) report('SOURCE_NOT_FOUND', flow.id, `Expected ${flow.id} to begin at an element of its scope, but ${flow.sourceRef} is none`);
  if (!target) report('TARGET_NOT_FOUND', flow.id, `Expected ${flow.id} to lead to an element of its scope, but ${flow.targetRef} is none`);
  if (source) checkSource(flow, source, report);
  if (target) checkTarget(flow, target, report);
}

function checkSource(flow: SequenceFlow, source: FlowElement, report: Report): void {
  if (source.type === 'endEvent') report('FLOW_FROM_END_EVENT', flow.id, `Expected no flow to leave end event ${source.id}, but ${flow.id} does`);
  if (isEventSubProcess(source)) report('FLOW_AT_EVENT_SUB_PROCESS', flow.id, `Expected no flow to leave event sub-process ${source.id}, but ${flow.id} does`);
  if ('isForCompensation' in source && source.isForCompensation) report('FLOW_AT_COMPENSATION_HANDLER', flow.id, `Expected no flow to leave compensation handler ${source.id}, but ${flow.id} does`);
  if (source.type === 'boundaryEvent' && source.event.kind === 'compensation') report('FLOW_FROM_COMPENSATION_EVENT', flow.id, `Expected compensation boundary event ${source.id} to name a handler, but flow ${flow.id} leaves it`);
  if (source.type === 'intermediateThrowEvent' && source.event?.kind === 'link') report('FLOW_FROM_LINK', flow.id, `Expected no flow to leave link ${source.id}, which jumps, but ${flow.id} does`);
  if (flow.condition !== undefined && !canHaveConditions(source)) {
    report('CONDITION_NOT_ALLOWED', flow.id, `Expected conditions only on flows that leave activities and exclusive, inclusive or complex gateways, but ${source.id} is a ${source.type}`);
  }
}

function checkTarget(flow: SequenceFlow, target: FlowElement, report: Report): void {
  if (target.type === 'startEvent') report('FLOW_TO_START_EVENT', flow.id, `Expected no flow to lead to start event ${target.id}, but ${flow.id} does`);
  if (target.type === 'boundaryEvent') report('FLOW_TO_BOUNDARY_EVENT', flow.id, `Expected no flow to lead to boundary event ${target.id}, but ${flow.id} does`);
  if (isEventSubProcess(target)) report('FLOW_AT_EVENT_SUB_PROCESS', flow.id, `Expected no flow to lead to event sub-process ${target.id}, but ${flow.id} does`);
  if ('isForCompensation' in target && target.isForCompensation) report('FLOW_AT_COMPENSATION_HANDLER', flow.id, `Expected no flow to lead to compensation handler ${target.id}, but ${flow.id} does`);
  if ('instantiate' in target && target.instantiate) report('FLOW_TO_INSTANTIATING_ELEMENT', flow.id, `Expected no flow to lead to ${target.id}, which starts the process, but ${flow.id} does`);
  if (target.type === 'intermediateCatchEvent' && target.event.kind === 'link') report('FLOW_TO_LINK', flow.id, `Expected no flow to lead to link ${target.id}, which is jumped to, but ${flow.id} does`);
}

function canHaveConditions(element: FlowElement): boolean {
  return isActivity(element) || element.type === 'exclusiveGateway' || element.type === 'inclusiveGateway' || element.type === 'complexGateway';
}
