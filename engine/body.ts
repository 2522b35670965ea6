import type { Execution } from './execution.ts';
import type { ElementInstance } from './state.ts';

/** The body around an inner instance. */
export function bodyOf(execution: Execution, inner: ElementInstance): ElementInstance {
  const bodyId = execution.draft.state.scopes[inner.scopeId]?.elementInstanceId;
  const body = bodyId === undefined ? undefined : execution.draft.state.elementInstances[bodyId];
  if (!body) throw new Error(`Expected a body around ${inner.id}, but there is none`);
  return body;
}
