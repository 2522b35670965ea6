import { fireBoundaryEvent } from './elements/boundary-event.ts';
import type { Execution } from './execution.ts';
import type { BpmnError } from './failure.ts';
import { raiseIncident } from './incidents.ts';
import type { ElementPlan } from './plan.ts';
import type { ElementInstance } from './state.ts';

/**
 * Throws a modelled error from an instance to the nearest boundary event that catches it, from the activity
 * itself outwards; one without a code catches any. Fails: UNCAUGHT_BPMN_ERROR. BPMN 2.0.2 §10.5.7.
 */
export function throwBpmnError(execution: Execution, instance: ElementInstance, error: BpmnError): void {
  const { errorCode } = error;
  execution.draft.record('error.thrown', { elementId: instance.elementId, elementInstanceId: instance.id, detail: { errorCode, ...(error.message === undefined ? {} : { message: error.message }) } });
  for (let host: ElementInstance | undefined = instance; host; host = ownerOf(execution, host)) {
    const catching = host.loopCounter === undefined ? catchingEvent(execution.elementOf(host), errorCode) : undefined;
    if (!catching) continue;
    execution.draft.record('error.caught', { elementId: catching.id, elementInstanceId: host.id, detail: { errorCode } });
    fireBoundaryEvent(execution, host, catching, { error: { errorCode, message: error.message ?? null } });
    return;
  }
  raiseIncident(execution, instance, { code: 'UNCAUGHT_BPMN_ERROR', elementId: instance.elementId, message: `Expected a boundary event that catches error ${errorCode || '(no code)'}, but there is none`, place: errorCode }, ['retry', 'skip']);
}

function catchingEvent(element: ElementPlan, errorCode: string): ElementPlan<'boundaryEvent'> | undefined {
  const codeOf = ({ definition }: ElementPlan<'boundaryEvent'>) => (definition.event.kind === 'error' ? (definition.event.errorCode ?? '*') : undefined);
  return element.boundaryEvents.find((event) => codeOf(event) === errorCode) ?? element.boundaryEvents.find((event) => codeOf(event) === '*');
}

function ownerOf(execution: Execution, instance: ElementInstance): ElementInstance | undefined {
  const owner = execution.draft.state.scopes[instance.scopeId]?.elementInstanceId;
  return owner === undefined ? undefined : execution.draft.state.elementInstances[owner];
}
