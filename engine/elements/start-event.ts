import type { ElementBehavior } from '../element-behavior.ts';

/** Lets the process or sub-process begin. The variables are set before. BPMN 2.0.2 §13.5.1. */
export const startEvent: ElementBehavior<'startEvent'> = {
  activate(execution, _element, instance) {
    execution.complete(instance);
  },
};
