import type { Actor } from './actor.ts';
import type { ExpressionContext, Execution } from './execution.ts';
import { requireScope, scopePlanOf } from './scopes.ts';
import type { ScopePlan } from './plan.ts';
import type { Variables } from './json.ts';
import { closeEventWaits, openWait, prepareWaits, type PreparedWait } from './waits.ts';

/** Evaluates what starts the event sub-processes of a scope that is about to open. */
export function prepareEventSubProcesses(execution: Execution, plan: ScopePlan | undefined, context: ExpressionContext): PreparedWait[] {
  return (plan?.eventSubProcesses ?? []).flatMap(({ start }) => prepareWaits(execution, start, context));
}

/** Opens what starts them; `hostId` is the owner of the scope, `root` for the process. */
export function armEventSubProcesses(execution: Execution, hostId: string, waits: readonly PreparedWait[]): void {
  for (const wait of waits) openWait(execution, hostId, wait);
}

/**
 * Starts the event sub-process of the start event in the scope. An interrupting one ends what flows there and
 * keeps the others from starting. BPMN 2.0.2 §13.5.4.
 */
export function triggerEventSubProcess(execution: Execution, scopeId: string, startElementId: string, completion: Variables, actor?: Actor): void {
  const scope = requireScope(execution.draft, scopeId);
  const found = scopePlanOf(execution.plan, execution.draft, scope)?.eventSubProcesses.find(({ start }) => start.id === startElementId);
  if (!found || scope.isInterrupted) return;
  if (found.start.definition.isInterrupting !== false) {
    execution.terminateScope(scopeId);
    closeEventWaits(execution, scope.elementInstanceId ?? scopeId, (elementId) => execution.element(elementId).definition.type === 'startEvent');
    execution.draft.put('scopes', { ...requireScope(execution.draft, scopeId), isInterrupted: true });
  }
  const instance = execution.begin(found.element, scopeId, { trigger: { startElementId, completion, ...(actor ? { actor } : {}) } });
  execution.enter(instance);
}
