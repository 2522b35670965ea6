import type { ElementBehavior } from '../element-behavior.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import { evaluateOutputs } from '../mappings.ts';
import { openOwnScope } from '../own-scope.ts';
import type { ElementPlan } from '../plan.ts';
import { scopeOwnedBy } from '../scopes.ts';
import type { ElementInstance } from '../state.ts';

/**
 * Runs activities in no fixed order: those of `activeElements`, or all that no flow leads to, and those that people
 * begin. With a completion condition it ends when that holds; without one, when nothing runs. BPMN 2.0.2 §13.3.5.
 */
export const adHocSubProcess: ElementBehavior<'adHocSubProcess'> = {
  activate(execution, element, instance) {
    const chosen = chosenElements(execution, element, instance);
    const first = element.definition.ordering === 'sequential' ? chosen.slice(0, 1) : chosen;
    const upcoming = chosen.slice(first.length).map(({ id }) => id);
    const scopeId = openOwnScope(execution, element, upcoming.length > 0 ? { ...instance, upcoming } : instance);
    for (const activity of first) execution.queueStart(activity, scopeId);
    if (first.length === 0) execution.completeScopeIfDone(scopeId);
  },
  innerCompleted(execution, element, instance, scopeId) {
    if (!isComplete(execution, element, scopeId)) return;
    if (element.definition.cancelRemainingInstances !== false) execution.terminateScope(scopeId);
    const { upcoming: _dropped, ...rest } = instance;
    execution.draft.put('elementInstances', rest);
  },
  scopeDone(execution, element, instance, scopeId) {
    const [next, ...upcoming] = instance.upcoming ?? [];
    if (next !== undefined) {
      const { upcoming: _before, ...rest } = instance;
      execution.draft.put('elementInstances', upcoming.length > 0 ? { ...rest, upcoming } : rest);
      execution.activate(execution.element(next), scopeId);
    } else if (element.definition.completionCondition === undefined || isComplete(execution, element, scopeId)) execution.complete(instance);
  },
  retry(execution, element, instance) {
    execution.settleOwner(instance, scopeOwnedBy(execution.draft, instance.id).id);
  },
  results(execution, element, instance) {
    return evaluateOutputs(execution, element, scopeOwnedBy(execution.draft, instance.id).id, {});
  },
};

/** Begins one more activity, as a person decided. Raises ACTIVITY_NOT_AVAILABLE. */
export function activateAdHoc(execution: Execution, element: ElementPlan<'adHocSubProcess'>, instance: ElementInstance, activityId: string): void {
  const scopeId = scopeOwnedBy(execution.draft, instance.id).id;
  const activity = element.inner?.implicitStarts.find(({ id }) => id === activityId);
  if (!activity) return raise({ code: 'ACTIVITY_NOT_AVAILABLE', elementId: element.id, message: `Expected an activity that ${element.id} can begin with, but ${activityId} is none`, place: activityId });
  if (element.definition.ordering === 'sequential' && execution.draft.activeIn(scopeId) > 0) {
    return raise({ code: 'ACTIVITY_NOT_AVAILABLE', elementId: element.id, message: `Expected nothing to run in ${element.id}, whose activities go one at a time, but one does`, place: activityId });
  }
  execution.activate(activity, scopeId);
}

function chosenElements(execution: Execution, element: ElementPlan<'adHocSubProcess'>, instance: ElementInstance): readonly ElementPlan[] {
  const available = element.inner?.implicitStarts ?? [];
  const { activeElements } = element.definition;
  if (activeElements === undefined) return available;
  const ids = execution.evaluate(activeElements, execution.variables(instance.scopeId), element.id, 'active elements');
  const found = Array.isArray(ids) ? ids.map((id) => available.find((activity) => activity.id === id)) : [undefined];
  if (found.every((activity) => activity !== undefined)) return found;
  return raise({ code: 'COLLECTION_INVALID', elementId: element.id, message: `Expected the active elements of ${element.id} to be a list of ids with which it can begin, but they are not`, place: activeElements.slice(0, 100) });
}

function isComplete(execution: Execution, element: ElementPlan<'adHocSubProcess'>, scopeId: string): boolean {
  const { completionCondition } = element.definition;
  return completionCondition !== undefined && execution.test(completionCondition, execution.variables(scopeId), element.id, 'completion condition');
}
