import { isBody } from '../activity-markers.ts';
import { throwBpmnError } from '../bpmn-error.ts';
import { askForCompensation, concludeCallCompensation } from '../call-compensation.ts';
import type { ChildOrigin, EngineEvent } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import { closeIncident, raiseIncident } from '../incidents.ts';
import type { ElementInstance, Incident } from '../state.ts';
import { throwEscalation } from '../throwing/escalation.ts';

type Event<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/** From this semantics on, a completed call without a handler of its own is undone by the process that it called. */
const undoneByChild = 3;

/** A call that can still be answered: it waits, or its child did not end well and nobody has decided yet. */
interface OpenCall {
  readonly instance: ElementInstance;
  readonly incident: Incident | undefined;
}

/**
 * The called process has ended well; where it is to be undone and had run again meanwhile, it is asked once more. Fails for
 * one that was reopened: CALL_NOT_WAITING.
 */
export function completeChild(execution: Execution, event: Event<'childCompleted'>): void {
  const undoing = findCall(execution, event)?.instance.undoes && resumedCall(execution, event, 'undoing');
  if (undoing?.undoes) return askForCompensation(execution, undoing, undoing.undoes);
  const instance = resumedCall(execution, event);
  if (!instance) return;
  execution.draft.record('child.completed', { elementId: instance.elementId, elementInstanceId: instance.id });
  const isUndoable = event.isUndoable === true && execution.draft.state.semantics >= undoneByChild;
  execution.complete(isUndoable ? { ...instance, isUndoable } : instance, { child: event.variables });
}

/** The called process has undone itself. Fails when nobody waits for that: CALL_NOT_WAITING. */
export function completeChildCompensation(execution: Execution, event: Event<'childCompensated'>): void {
  const instance = resumedCall(execution, event, 'undoing');
  if (!instance) return;
  execution.draft.record('child.compensated', { elementId: instance.elementId, elementInstanceId: instance.id });
  concludeCallCompensation(execution, instance);
}

/** The called process has ended with an error that nothing in it caught. Fails for one that was reopened: CALL_NOT_WAITING. */
export function throwChildError(execution: Execution, event: Event<'childThrewError'>): void {
  const call = openCall(execution, event, 'any');
  if (call?.instance.undoes) return failUndoing(execution, call, `error ${event.error.errorCode || '(no code)'}`);
  const instance = resumedCall(execution, event);
  if (instance) throwBpmnError(execution, instance, event.error);
}

/** The called process has thrown an escalation that nothing in it caught; it goes on. Fails for one that was reopened: CALL_NOT_WAITING. */
export function throwChildEscalation(execution: Execution, event: Event<'childEscalated'>): void {
  const call = openCall(execution, event, 'any');
  if (call) throwEscalation(execution, call.instance, event);
}

/** The called process could not be started, or was cancelled. Fails for one that was reopened: CALL_NOT_WAITING. */
export function failChild(execution: Execution, event: Event<'childFailed'>): void {
  const call = openCall(execution, event, 'any');
  // One that was reopened and has failed again leaves its caller where it is.
  if (!call || call.incident) return;
  raiseIncident(execution, call.instance, { elementId: call.instance.elementId, ...event.failure }, ['retry', 'skip']);
}

/** Nothing around a call that has completed catches what goes wrong while it is undone: a person decides. */
function failUndoing(execution: Execution, { instance, incident }: OpenCall, what: string): void {
  if (incident) return;
  raiseIncident(execution, instance, { code: 'CHILD_FAILED', elementId: instance.elementId, message: `Expected the called process to undo what it has done, but it ended with ${what}` }, ['retry', 'skip']);
}

/** What is waited for: the end of a called process, or that it has undone itself. */
type Awaited = 'end' | 'undoing' | 'any';

/** The call, whose incident a child that was reopened has settled. */
function resumedCall(execution: Execution, event: ChildOrigin, awaited: Awaited = 'end'): ElementInstance | undefined {
  const { instance, incident } = openCall(execution, event, awaited) ?? {};
  if (instance && incident) {
    closeIncident(execution, incident.id);
    execution.draft.record('incident.resolved', { elementId: instance.elementId, elementInstanceId: instance.id, detail: { incidentId: incident.id, resolution: 'childReopened' } });
  }
  return instance;
}

/**
 * Undefined for a call that is gone, or that has called again: what comes late has no effect. A child that was reopened
 * has been heard of before; that nobody waits for it any more is for a person to know.
 */
function openCall(execution: Execution, event: ChildOrigin, awaited: Awaited): OpenCall | undefined {
  const found = findCall(execution, event);
  const call = found && (awaited === 'any' || (awaited === 'undoing') === (found.instance.undoes !== undefined)) ? found : undefined;
  if (!call && event.isReopened) raise({ code: 'CALL_NOT_WAITING', message: 'Expected a call that waits for the reopened process, but it has gone on or has called again' });
  return call;
}

function findCall(execution: Execution, { elementInstanceId, attempt, isReopened }: ChildOrigin): OpenCall | undefined {
  const { elementInstances, incidents } = execution.draft.state;
  // One that was reopened before anybody asked it to undo itself still tells of the call itself.
  const instance = elementInstances[elementInstanceId] ?? (isReopened ? Object.values(elementInstances).find(({ undoes }) => undoes?.elementInstanceId === elementInstanceId && (attempt ?? undoes.attempt) === undoes.attempt) : undefined);
  if (instance?.status !== 'active' || isBody(instance) || execution.elementOf(instance).definition.type !== 'callActivity') return undefined;
  const [incident] = Object.values(incidents).filter((open) => open.elementInstanceId === instance.id);
  // Every try to undo a call asks the same instance: it may answer an earlier one while none is under way.
  const isCurrent = instance.undoes && incident ? true : instance.id === elementInstanceId && (attempt === undefined || attempt === instance.attempt);
  if (!isCurrent || (incident && (!isReopened || incident.failure.code !== 'CHILD_FAILED'))) return undefined;
  return { instance, incident };
}
