import type { ElementBehavior } from '../element-behavior.ts';
import { addToken, takeTokens } from '../joins.ts';
import { selectFlows } from '../sequence-flows.ts';
import { filledFlows, mayStillArrive } from '../upstream.ts';

/**
 * Waits for every token that can still arrive, then takes each flow whose condition holds, or the default.
 * Fails: NO_FLOW_TAKEN. BPMN 2.0.2 §13.4.3.
 */
export const inclusiveGateway: ElementBehavior<'inclusiveGateway'> = {
  join(execution, element, scopeId, flow) {
    if (element.incoming.length < 2) return true;
    addToken(execution.draft, scopeId, element.id, flow.definition.id);
    return false;
  },
  release(execution, element, scopeId) {
    const filled = filledFlows(execution, element, scopeId);
    if (filled.length === 0 || mayStillArrive(execution, element, scopeId, new Set(filled))) return false;
    takeTokens(execution.draft, scopeId, element.id, filled);
    execution.activate(element, scopeId);
    return true;
  },
  activate(execution, _element, instance) {
    execution.complete(instance);
  },
  leave(execution, element, instance) {
    return element.outgoing.length === 0 ? [] : selectFlows(execution, element, instance.scopeId);
  },
};
