import type { ElementBehavior } from '../element-behavior.ts';
import { evaluateInputs, evaluateOutputs } from '../mappings.ts';
import type { Scope } from '../state.ts';

/** Runs its own flow in its own scope, which begins with the inputs and vanishes after the outputs. BPMN 2.0.2 §13.3.4. */
export const subProcess: ElementBehavior<'subProcess'> = {
  activate(execution, element, instance) {
    const scope: Scope = { id: execution.draft.nextId('s'), parentId: instance.scopeId, elementInstanceId: instance.id, variables: evaluateInputs(execution, element, instance) };
    execution.draft.transition(instance, 'active');
    execution.draft.put('scopes', scope);
    const start = element.inner?.startEvents[0];
    if (start) execution.activate(start, scope.id);
  },
  results(execution, element, instance) {
    const own = execution.draft.scopesOwnedBy(instance.id)[0];
    return evaluateOutputs(execution, element, own?.id ?? instance.scopeId, {});
  },
};
