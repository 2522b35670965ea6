import { prepareInner, type InnerCompletion } from './activity-markers.ts';
import { behaviorOf } from './elements/registry.ts';
import type { Execution, ExpressionContext } from './execution.ts';
import { raise } from './failure-raised.ts';
import type { Variables } from './json.ts';
import type { ElementPlan } from './plan.ts';
import { resolveAssignments, type Assignment } from './scopes.ts';
import type { ElementInstance } from './state.ts';

/** Everything that the completion of an instance sets and says, evaluated before anything changes. */
export interface PreparedCompletion {
  readonly assignments: readonly Assignment[];
  readonly ledger?: { readonly loop: string; readonly step: string; readonly item: string };
  readonly inner?: InnerCompletion;
}

/** Evaluates outputs, ledger mark and, for an instance of a repeated activity, what its end means for the body. */
export function prepareCompletion(execution: Execution, element: ElementPlan, instance: ElementInstance, completion: Variables, skipOutputs: boolean): PreparedCompletion {
  const { definition } = element;
  const { plan, draft } = execution;
  if (instance.multiInstance) {
    const target = 'multiInstance' in definition ? definition.multiInstance?.outputCollection : undefined;
    const values = target === undefined || skipOutputs ? {} : { [target]: instance.multiInstance.outputs };
    return { assignments: resolveAssignments(plan, draft, instance.scopeId, values, element.id) };
  }
  if (instance.iteration !== undefined) return { assignments: [] };
  const values = skipOutputs ? {} : (behaviorOf(element).results?.(execution, element, instance, completion) ?? {});
  const assignments = resolveAssignments(plan, draft, instance.scopeId, values, element.id);
  const own = element.inner ? draft.scopesOwnedBy(instance.id)[0]?.id : undefined;
  const context = { ...execution.variables(own ?? instance.scopeId), ...completion, ...values };
  const mark = 'ledger' in definition ? definition.ledger : undefined;
  const ledger = mark && !skipOutputs ? { loop: mark.loop, step: mark.step, item: ledgerItem(execution, mark.item, context, element.id) } : undefined;
  const inner = instance.loopCounter === undefined ? undefined : prepareInner(execution, element, instance, context, skipOutputs);
  return { assignments, ...(ledger ? { ledger } : {}), ...(inner ? { inner } : {}) };
}

function ledgerItem(execution: Execution, source: string, context: ExpressionContext, elementId: string): string {
  const item = execution.evaluate(source, context, elementId, 'item of the ledger mark');
  if ((typeof item === 'string' && item !== '') || typeof item === 'number') return String(item);
  return raise({ code: 'EXPRESSION_FAILED', elementId, message: 'Expected the item of the ledger mark to be an id, but it is none', place: 'ledger.item' });
}
