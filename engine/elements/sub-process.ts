import type { ElementBehavior } from '../element-behavior.ts';
import { evaluateOutputs } from '../mappings.ts';
import { beginScope, openOwnScope } from '../own-scope.ts';
import { scopeOwnedBy } from '../scopes.ts';

/**
 * Runs its own flow in its own scope, which begins with the inputs and vanishes after the outputs. An event
 * sub-process begins with the event that started it. BPMN 2.0.2 §13.3.4, §13.5.4.
 */
export const subProcess: ElementBehavior<'subProcess'> = {
  activate(execution, element, instance) {
    const { trigger } = instance;
    const scopeId = openOwnScope(execution, element, instance);
    if (!trigger) return beginScope(execution, element.inner, scopeId);
    const start = execution.begin(execution.element(trigger.startElementId), scopeId);
    execution.complete(start, trigger.completion, trigger.actor ? { actor: trigger.actor } : {});
  },
  results(execution, element, instance) {
    return evaluateOutputs(execution, element, scopeOwnedBy(execution.draft, instance.id).id, {});
  },
};
