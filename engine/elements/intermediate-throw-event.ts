import type { ElementBehavior } from '../element-behavior.ts';
import { evaluateMappings } from '../mappings.ts';
import { correlationKeyOf } from '../waits.ts';

/** Sends a message, or only marks that the process came by. BPMN 2.0.2 §13.5.2. */
export const intermediateThrowEvent: ElementBehavior<'intermediateThrowEvent'> = {
  activate(execution, element, instance) {
    const { event } = element.definition;
    if (event) {
      const context = execution.variables(instance.scopeId);
      const correlationKey = correlationKeyOf(execution.evaluate(event.correlationKey ?? 'null', context, element.id, 'correlation key'), element.id, event.message);
      const payload = evaluateMappings(execution, event.mappings ?? [], context, element.id, 'message field');
      execution.draft.commands.push({ type: 'sendMessage', elementInstanceId: instance.id, message: event.message, correlationKey, payload });
      execution.draft.record('message.sent', { elementId: element.id, elementInstanceId: instance.id, detail: { message: event.message, correlationKey, payload } });
    }
    execution.complete(instance);
  },
};
