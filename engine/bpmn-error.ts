import { stopUndoing } from './cancellation.ts';
import { rootScopeId } from './draft.ts';
import type { Execution } from './execution.ts';
import type { BpmnError } from './failure.ts';
import { raiseIncident } from './incidents.ts';
import type { ElementPlan } from './plan.ts';
import { propagate } from './propagation.ts';
import { requireScope } from './scopes.ts';
import type { ElementInstance } from './state.ts';
import { closeEventWaits, definitionsOf } from './waits.ts';

/** From this semantics on, an error end event that nothing catches ends the instance. */
const failsInstance = 2;
/** From this semantics on, an error of a called process passes through a called process that does not catch it. */
const passesOn = 3;

/**
 * Throws a modelled error outwards to the nearest event that catches it; one without a code catches any.
 * An error end event that nothing catches ends the instance as failed, and so does an error out of a called process
 * where the instance has itself been called; any other throw becomes an incident.
 * Fails: UNCAUGHT_BPMN_ERROR. BPMN 2.0.2 §10.5.7.
 */
export function throwBpmnError(execution: Execution, instance: ElementInstance, error: BpmnError): void {
  const { errorCode, message } = error;
  execution.draft.record('error.thrown', { elementId: instance.elementId, elementInstanceId: instance.id, detail: { errorCode, ...(message === undefined ? {} : { message }) } });
  if (propagate(execution, instance, (element) => catches(element, errorCode), { error: { errorCode, message: message ?? null } }, 'error.caught', { errorCode })) return;
  if (endsInstance(execution, instance)) {
    failInstance(execution, error);
    return;
  }
  raiseIncident(execution, instance, { code: 'UNCAUGHT_BPMN_ERROR', elementId: instance.elementId, message: `Expected an event that catches error ${errorCode || '(no code)'}, but there is none`, place: errorCode }, ['retry', 'skip']);
}

function endsInstance(execution: Execution, instance: ElementInstance): boolean {
  const { semantics, parent } = execution.draft.state;
  const { type } = execution.elementOf(instance).definition;
  return (type === 'endEvent' && semantics >= failsInstance) || (type === 'callActivity' && parent !== undefined && semantics >= passesOn);
}

/** Ends the whole instance with a modelled error. */
function failInstance(execution: Execution, error: BpmnError): void {
  const { draft } = execution;
  execution.terminateScope(rootScopeId);
  stopUndoing(execution);
  closeEventWaits(execution, rootScopeId);
  draft.set({ status: 'failed', endedAt: execution.at });
  draft.record('instance.failed', { reason: error.errorCode, detail: { errorCode: error.errorCode } });
  draft.commands.push({ type: 'endInstance', status: 'failed', variables: requireScope(draft, rootScopeId).variables, error });
}

function catches(element: ElementPlan, errorCode: string): 'code' | 'any' | undefined {
  const codes = definitionsOf(element).flatMap((event) => (event.kind === 'error' ? [event.errorCode] : []));
  return codes.includes(errorCode) ? 'code' : codes.includes(undefined) ? 'any' : undefined;
}
