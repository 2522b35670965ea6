import { isBody } from '../activity-markers.ts';
import type { ElementType } from '../definition/index.ts';
import type { Execution } from '../execution.ts';
import type { ElementInstance } from '../state.ts';

/** The instance of this type that waits for an answer; undefined when it is gone, answered, or held by an incident. */
export function waitingInstance(execution: Execution, elementInstanceId: string, type: ElementType): ElementInstance | undefined {
  const instance = execution.draft.state.elementInstances[elementInstanceId];
  const isWaiting = instance?.status === 'active' && !isBody(instance) && execution.elementOf(instance).definition.type === type && !execution.hasIncident(elementInstanceId);
  return isWaiting ? instance : undefined;
}
