import { armEventSubProcesses, prepareEventSubProcesses } from './event-sub-processes.ts';
import type { Execution } from './execution.ts';
import { evaluateInputs } from './mappings.ts';
import type { ElementPlan, ScopePlan } from './plan.ts';
import type { ElementInstance, Scope } from './state.ts';

/**
 * Opens the scope of a sub-process with its inputs and arms its event sub-processes. Everything is evaluated before
 * anything changes. Gives the scope's id. BPMN 2.0.2 §13.3.4.
 */
export function openOwnScope(execution: Execution, element: ElementPlan, instance: ElementInstance): string {
  const { draft } = execution;
  const inputs = evaluateInputs(execution, element, instance);
  const waits = prepareEventSubProcesses(execution, element.inner, { ...execution.variables(instance.scopeId), ...inputs });
  const scope: Scope = { id: draft.nextId('s'), parentId: instance.scopeId, elementInstanceId: instance.id, variables: inputs };
  const { trigger: _used, ...rest } = instance;
  draft.transition(rest, 'active');
  draft.put('scopes', scope);
  armEventSubProcesses(execution, instance.id, waits);
  return scope.id;
}

/** Begins what a scope begins with: its start event without an event, or everything that no flow leads to. */
export function beginScope(execution: Execution, plan: ScopePlan | undefined, scopeId: string): void {
  const { startEvents = [], implicitStarts = [] } = plan ?? {};
  const [start] = startEvents;
  if (start) return execution.activate(start, scopeId);
  for (const element of implicitStarts) execution.queueStart(element, scopeId);
  if (implicitStarts.length === 0) execution.completeScopeIfDone(scopeId);
}
