import type { Execution, ExpressionContext } from './execution.ts';
import { raise } from './failure-raised.ts';
import type { ElementPlan, FlowPlan } from './plan.ts';

/**
 * The flows that a token takes from an activity or event: each without a condition, each whose condition
 * holds, and the default when none of the conditions holds.
 * Raises NO_FLOW_TAKEN when there are flows and none can be taken; CONDITION_NOT_BOOLEAN. BPMN 2.0.2 §13.2.1.
 */
export function selectFlows(execution: Execution, element: ElementPlan, scopeId: string, extra: ExpressionContext = {}): readonly FlowPlan[] {
  const { outgoing } = element;
  if (outgoing.every(({ definition }) => definition.condition === undefined) && !element.default) return outgoing;
  const context = { ...execution.variables(scopeId), ...extra };
  let anyConditionHolds = false;
  const taken: FlowPlan[] = [];
  for (const flow of outgoing) {
    if (flow === element.default) continue;
    if (flow.definition.condition === undefined) taken.push(flow);
    else if (holds(execution, element, flow, context)) {
      anyConditionHolds = true;
      taken.push(flow);
    }
  }
  if (!anyConditionHolds && element.default) taken.push(element.default);
  if (taken.length === 0) noFlowTaken(element);
  return taken;
}

/** Whether the flow's condition is true. */
export function holds(execution: Execution, element: ElementPlan, flow: FlowPlan, context: { readonly [name: string]: unknown }): boolean {
  const { condition, id } = flow.definition;
  return condition === undefined || execution.test(condition, context, element.id, `condition of ${id}`);
}

/** Raises NO_FLOW_TAKEN. */
export function noFlowTaken(element: ElementPlan): never {
  const conditions = element.outgoing.map(({ definition }) => definition.id).join(', ');
  return raise({ code: 'NO_FLOW_TAKEN', elementId: element.id, message: `Expected a condition of ${conditions} to hold or a default flow at ${element.id}, but none does` });
}
