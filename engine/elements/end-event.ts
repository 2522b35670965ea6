import { throwBpmnError } from '../bpmn-error.ts';
import type { ElementBehavior } from '../element-behavior.ts';

/** Consumes the token; terminates the scope, or throws an error to the nearest scope that catches it. BPMN 2.0.2 §13.5.3. */
export const endEvent: ElementBehavior<'endEvent'> = {
  activate(execution, element, instance) {
    const { event } = element.definition;
    if (event?.kind === 'error') {
      throwBpmnError(execution, instance, { errorCode: event.errorCode ?? '' });
      return;
    }
    if (event?.kind === 'terminate') execution.terminateScope(instance.scopeId, instance.id);
    execution.complete(instance);
  },
};
