import type { ElementBehavior } from '../element-behavior.ts';
import { eventResults } from '../event-results.ts';

/** Lets the process or sub-process begin. A process's variables are set before. BPMN 2.0.2 §13.5.1. */
export const startEvent: ElementBehavior<'startEvent'> = {
  activate(execution, _element, instance) {
    execution.complete(instance);
  },
  results(execution, element, instance, completion) {
    return eventResults(execution, element, instance.scopeId, completion);
  },
};
