import type { ElementBehavior } from '../element-behavior.ts';
import type { Execution } from '../execution.ts';
import { addToken, takeTokens } from '../joins.ts';
import type { ElementPlan } from '../plan.ts';
import { requireScope } from '../scopes.ts';
import { selectFlows } from '../sequence-flows.ts';
import { filledFlows, mayStillArrive } from '../upstream.ts';

/**
 * Acts once its activation condition holds, then waits for what can still arrive and is reset. On the reset it takes
 * only flows with a condition that holds then (with `waitingForStart` false): a flow without a condition was taken when
 * the gateway acted. Conditions see `activationCount` and `waitingForStart`. BPMN 2.0.2 §13.4.5.
 */
export const complexGateway: ElementBehavior<'complexGateway'> = {
  join(execution, element, scopeId, flow) {
    if (element.incoming.length < 2) return true;
    const waiting = addToken(execution.draft, scopeId, element.id, flow.definition.id);
    if (usedFlows(execution, element, scopeId)) return false;
    const activationCount = Object.values(waiting).reduce((sum, count) => sum + count, 0);
    const { activationCondition } = element.definition;
    const context = { ...execution.variables(scopeId), activationCount, waitingForStart: true };
    if (activationCondition !== undefined && !execution.test(activationCondition, context, element.id, 'activation condition')) return false;
    const filled = filledFlows(execution, element, scopeId);
    takeTokens(execution.draft, scopeId, element.id, filled);
    putUsedFlows(execution, element, scopeId, filled);
    return true;
  },
  release(execution, element, scopeId) {
    const used = usedFlows(execution, element, scopeId);
    const arrived = filledFlows(execution, element, scopeId);
    if (!used || mayStillArrive(execution, element, scopeId, new Set([...used, ...arrived]))) return false;
    const rest = arrived.filter((id) => !used.includes(id));
    takeTokens(execution.draft, scopeId, element.id, rest);
    putUsedFlows(execution, element, scopeId, undefined);
    const context = { ...execution.variables(scopeId), activationCount: used.length + rest.length, waitingForStart: false };
    const conditional = element.outgoing.filter(({ definition }) => definition.condition !== undefined);
    for (const flow of conditional) if (execution.test(flow.definition.condition ?? 'false', context, element.id, `condition of ${flow.definition.id}`)) execution.takeFlow(flow, scopeId);
    return true;
  },
  activate(execution, _element, instance) {
    execution.complete(instance);
  },
  leave(execution, element, instance) {
    if (element.outgoing.length === 0) return [];
    const used = usedFlows(execution, element, instance.scopeId) ?? [];
    return selectFlows(execution, element, instance.scopeId, { activationCount: Math.max(1, used.length), waitingForStart: true });
  },
};

function usedFlows(execution: Execution, element: ElementPlan, scopeId: string): readonly string[] | undefined {
  return requireScope(execution.draft, scopeId).resetting?.[element.id];
}

function putUsedFlows(execution: Execution, element: ElementPlan, scopeId: string, flowIds: readonly string[] | undefined): void {
  const { resetting = {}, ...rest } = requireScope(execution.draft, scopeId);
  const { [element.id]: _before, ...others } = resetting;
  const next = flowIds === undefined ? others : { ...others, [element.id]: flowIds };
  execution.draft.put('scopes', Object.keys(next).length > 0 ? { ...rest, resetting: next } : rest);
  execution.draft.touchedScopes.add(scopeId);
}
