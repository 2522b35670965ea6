import type { ElementBehavior } from '../element-behavior.ts';
import { holds, noFlowTaken } from '../sequence-flows.ts';

/**
 * Takes the first outgoing flow whose condition is true, in modelled order; otherwise the default.
 * Fails: NO_FLOW_TAKEN when neither exists; CONDITION_NOT_BOOLEAN. BPMN 2.0.2 §13.4.2.
 */
export const exclusiveGateway: ElementBehavior<'exclusiveGateway'> = {
  activate(execution, _element, instance) {
    execution.complete(instance);
  },
  leave(execution, element, instance) {
    if (element.outgoing.length === 0) return [];
    const context = execution.variables(instance.scopeId);
    for (const flow of element.outgoing) {
      if (flow !== element.default && holds(execution, element, flow, context)) return [flow];
    }
    return element.default ? [element.default] : noFlowTaken(element);
  },
};
