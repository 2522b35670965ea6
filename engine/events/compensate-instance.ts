import { activeElements } from '../active-elements.ts';
import { cancel } from '../cancellation.ts';
import { isProcessUndoable } from '../compensation.ts';
import type { EngineEvent } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import type { ProcessState } from '../state.ts';
import { retryIncident } from './resolve-incident.ts';

type InstanceCompensated = Extract<EngineEvent, { type: 'instanceCompensated' }>;

/**
 * Undoes an instance that has completed, latest first, for the element instance of its caller that waits for that, and ends
 * it as cancelled. A later try, which an operator of the caller has asked for, goes on with what an earlier one has left, and
 * retries the incidents of an instance that runs. Fails: INSTANCE_NOT_ENDED, with the instance's id and where it waits, for
 * one that runs or, at the first try, has ended otherwise with something to undo. BPMN 2.0.2 §10.7.
 */
export function compensateInstance(execution: Execution, event: InstanceCompensated): void {
  const { draft } = execution;
  const { elementInstanceId, attempt, reason, actor } = event;
  const { status, parent } = draft.state;
  if (!parent || status === 'created') raise({ code: 'INSTANCE_NOT_ENDED', message: `Expected a called process that has completed, but it is ${parent ? status : 'called by none'}` });
  const isRetry = attempt > 1;
  const retried = isRetry && !draft.state.paused ? Object.values(draft.state.incidents).filter(({ allowed }) => allowed.includes('retry')) : [];
  if (status === 'running' && retried.length === 0) raise({ code: 'INSTANCE_NOT_ENDED', message: `Expected a called process that has ended, but instance ${draft.state.instanceId} ${standOf(draft.state)}` });
  if (status !== 'running' && status !== 'completed' && !isRetry && isProcessUndoable(execution)) raise({ code: 'INSTANCE_NOT_ENDED', message: `Expected a called process that has completed, but instance ${draft.state.instanceId} is ${status}` });

  draft.set({ parent: { ...parent, elementInstanceId, attempt } });
  if (status === 'running') {
    for (const { id } of retried) if (draft.state.incidents[id]) retryIncident(execution, id, { actor, reason });
    return;
  }
  draft.set({ status: 'running' });
  draft.unset('endedAt');
  cancel(execution, { reason, actor, compensate: true, isForCaller: true });
}

/** What a running instance does, for a person who decides whether to wait for it. */
function standOf(state: ProcessState): string {
  const incidents = Object.values(state.incidents).map(({ elementId, failure }) => `${elementId} (${failure.code})`);
  if (state.paused) return 'is paused';
  const doing = state.cancelling ? 'is still being undone' : 'runs again';
  return incidents.length > 0 ? `${doing} and has an incident at ${incidents.join(', ')}` : `${doing} and waits at ${activeElements(state).join(', ')}`;
}
