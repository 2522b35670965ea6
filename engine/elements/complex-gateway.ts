import type { ElementBehavior } from '../element-behavior.ts';
import type { Execution } from '../execution.ts';
import { addToken, takeTokens, tokensAt } from '../joins.ts';
import type { ElementPlan } from '../plan.ts';
import { requireScope } from '../scopes.ts';
import { selectFlows } from '../sequence-flows.ts';
import { filledFlows, mayStillArrive } from '../upstream.ts';

/** From this semantics on, tokens that came before the reset count for the next round at once. */
const actsAfterReset = 3;
/** From this semantics on, the tokens with which the gateway has acted do not count on its reset: they are gone. */
const countsWhatIsThere = 3;

/**
 * Acts once its activation condition holds, then waits for what can still arrive and is reset. On the reset it takes
 * only flows with a condition that holds then (with `waitingForStart` false): a flow without a condition was taken when
 * the gateway acted. Conditions see `activationCount` and `waitingForStart`. BPMN 2.0.2 §13.4.5.
 */
export const complexGateway: ElementBehavior<'complexGateway'> = {
  join(execution, element, scopeId, flow) {
    if (element.incoming.length < 2) return true;
    addToken(execution.draft, scopeId, element.id, flow.definition.id);
    return !usedFlows(execution, element, scopeId) && takesTokens(execution, element, scopeId);
  },
  release(execution, element, scopeId) {
    const used = usedFlows(execution, element, scopeId);
    const arrived = filledFlows(execution, element, scopeId);
    if (!used || mayStillArrive(execution, element, scopeId, new Set([...used, ...arrived]))) return false;
    const rest = arrived.filter((id) => !used.includes(id));
    takeTokens(execution.draft, scopeId, element.id, rest);
    putUsedFlows(execution, element, scopeId, undefined);
    const activationCount = execution.draft.state.semantics >= countsWhatIsThere ? rest.length : used.length + rest.length;
    const context = { ...execution.variables(scopeId), activationCount, waitingForStart: false };
    const conditional = element.outgoing.filter(({ definition }) => definition.condition !== undefined);
    for (const flow of conditional) if (execution.test(flow.definition.condition ?? 'false', context, element.id, `condition of ${flow.definition.id}`)) execution.takeFlow(flow, scopeId);
    // Tokens of the next round may have come while it waited for the reset.
    if (execution.draft.state.semantics >= actsAfterReset && takesTokens(execution, element, scopeId)) execution.activate(element, scopeId);
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

/** Takes a token of each filled flow if the activation condition holds over those that wait. */
function takesTokens(execution: Execution, element: ElementPlan<'complexGateway'>, scopeId: string): boolean {
  const activationCount = Object.values(tokensAt(execution.draft, scopeId, element.id)).reduce((sum, count) => sum + count, 0);
  if (activationCount === 0) return false;
  const { activationCondition } = element.definition;
  const context = { ...execution.variables(scopeId), activationCount, waitingForStart: true };
  if (activationCondition !== undefined && !execution.test(activationCondition, context, element.id, 'activation condition')) return false;
  const filled = filledFlows(execution, element, scopeId);
  takeTokens(execution.draft, scopeId, element.id, filled);
  putUsedFlows(execution, element, scopeId, filled);
  return true;
}

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
