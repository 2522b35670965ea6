import { isBody } from './activity-markers.ts';
import { continueCancellation } from './cancellation.ts';
import { continueCompensation, isProcessUndoable } from './compensation.ts';
import { isActivity } from './definition/index.ts';
import { rootScopeId } from './draft.ts';
import { behaviorOf } from './elements/registry.ts';
import type { Execution } from './execution.ts';
import { failureOf } from './failure-raised.ts';
import { raiseIncident } from './incidents.ts';
import type { Variables } from './json.ts';
import type { ElementPlan } from './plan.ts';
import type { ElementInstance } from './state.ts';
import { closeEventWaits } from './waits.ts';

/** Completes the scope when nothing flows in it any more. BPMN 2.0.2 §13.3.4. */
export function completeScopeIfDone(execution: Execution, scopeId: string): void {
  const { draft } = execution;
  const scope = draft.state.scopes[scopeId];
  if (!scope || !execution.isAtRest(scopeId)) return;
  // Tokens at joins are looked at when everything rests.
  if (scope.joins) draft.touchedScopes.add(scopeId);
  else if (scopeId === rootScopeId) endProcess(execution, scope.variables);
  else endScope(execution, scopeId, scope.isSnapshot === true);
}

/** Lets the owner of the scope know that an activity in it has completed. */
export function tellOwner(execution: Execution, element: ElementPlan, scopeId: string): void {
  const owner = ownerOf(execution, scopeId);
  if (owner && isActivity(element.definition)) askOwner(execution, owner, scopeId);
}

/** Asks the owner of a scope once more whether it is done, after an operator's decision. */
export function settleOwner(execution: Execution, owner: ElementInstance, scopeId: string): void {
  askOwner(execution, owner, scopeId);
  execution.completeScopeIfDone(scopeId);
}

/** Goes on with an instance whose compensation is done. */
export function compensated(execution: Execution, instance: ElementInstance): void {
  const element = execution.elementOf(instance);
  guard(execution, instance, () => behaviorOf(element).compensated?.(execution, element, instance));
}

function askOwner(execution: Execution, owner: ElementInstance, scopeId: string): void {
  const element = execution.elementOf(owner);
  guard(execution, owner, () => behaviorOf(element).innerCompleted?.(execution, element, owner, scopeId));
}

function ownerOf(execution: Execution, scopeId: string): ElementInstance | undefined {
  const { scopes, elementInstances } = execution.draft.state;
  const ownerId = scopes[scopeId]?.elementInstanceId;
  return ownerId === undefined ? undefined : elementInstances[ownerId];
}

function endScope(execution: Execution, scopeId: string, isCompensation: boolean): void {
  const owner = ownerOf(execution, scopeId);
  if (!owner) {
    if (isCompensation) continueCancellation(execution);
    return;
  }
  if (isCompensation) continueCompensation(execution, owner.id);
  else if (!owner.compensating) {
    const element = execution.elementOf(owner);
    const { scopeDone } = behaviorOf(element);
    if (scopeDone && !isBody(owner)) guard(execution, owner, () => scopeDone(execution, element, owner, scopeId));
    else execution.complete(owner);
  }
}

function endProcess(execution: Execution, variables: Variables): void {
  const { draft } = execution;
  if (draft.state.status !== 'running' || draft.state.cancelling) return;
  closeEventWaits(execution, rootScopeId);
  draft.set({ status: 'completed', endedAt: execution.at });
  draft.record('instance.completed');
  draft.commands.push({ type: 'endInstance', status: 'completed', variables, ...(isProcessUndoable(execution) ? { isUndoable: true } : {}) });
}

/** A failure becomes an incident of the instance. */
function guard(execution: Execution, instance: ElementInstance, action: () => void): void {
  try {
    action();
  } catch (error) {
    const current = execution.draft.state.elementInstances[instance.id] ?? instance;
    raiseIncident(execution, current, { elementId: instance.elementId, ...failureOf(error) }, ['retry', 'skip']);
  }
}
