import type { ElementBehavior } from '../element-behavior.ts';
import { addToken, takeTokens } from '../joins.ts';

/** Waits for one token over each incoming flow, then takes every outgoing one. BPMN 2.0.2 §13.4.1. */
export const parallelGateway: ElementBehavior<'parallelGateway'> = {
  join(execution, element, scopeId, flow) {
    if (element.incoming.length < 2) return true;
    const waiting = addToken(execution.draft, scopeId, element.id, flow.definition.id);
    const flowIds = element.incoming.map(({ definition }) => definition.id);
    if (flowIds.some((id) => !waiting[id])) return false;
    takeTokens(execution.draft, scopeId, element.id, flowIds);
    return true;
  },
  activate(execution, _element, instance) {
    execution.complete(instance);
  },
};
