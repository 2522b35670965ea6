import type { MultiInstance } from './definition/process-definition.ts';
import type { Execution, ExpressionContext } from './execution.ts';
import { raise } from './failure-raised.ts';
import type { Json } from './json.ts';
import { maximumMultiInstanceItems } from './limits.ts';
import type { ElementPlan } from './plan.ts';
import type { ElementInstance, Scope } from './state.ts';

/** What the completion of an inner instance means for its body. */
export interface InnerCompletion {
  readonly output: Json;
  /** The completion condition holds: what still runs is terminated. */
  readonly isConditionMet: boolean;
}

/**
 * Takes the collection and starts the first (sequential) or every (parallel) inner instance, each in its own scope.
 * Raises COLLECTION_INVALID, COLLECTION_TOO_LARGE. BPMN 2.0.2 §13.3.7.
 */
export function enterMultiInstance(execution: Execution, element: ElementPlan, body: ElementInstance): void {
  const marker = markerOf(element);
  const items = execution.evaluate(marker.collection, execution.variables(body.scopeId), element.id, 'collection');
  if (!Array.isArray(items)) return raise({ code: 'COLLECTION_INVALID', elementId: element.id, message: `Expected the collection of ${element.id} to be a list, but it is none`, place: marker.collection.slice(0, 100) });
  if (items.length > maximumMultiInstanceItems) return raise({ code: 'COLLECTION_TOO_LARGE', elementId: element.id, message: `Expected at most ${maximumMultiInstanceItems} items in the collection of ${element.id}, but there are ${items.length}` });
  // Array.isArray loses the element type of a readonly array.
  const list = items as readonly Json[];
  const active = execution.draft.transition({ ...body, multiInstance: { items: list, next: 0, completed: 0, outputs: list.map(() => null) } }, 'active');
  if (items.length === 0) execution.complete(active);
  else queueRemaining(execution, marker, active);
}

/** Queues what is still to be started: one when sequential, all when parallel. */
export function queueRemaining(execution: Execution, marker: MultiInstance, body: ElementInstance): void {
  const { items, next } = stateOf(body);
  const count = marker.sequential ? Math.min(1, items.length - next) : items.length - next;
  for (let index = 0; index < count; index += 1) execution.queueInner(body.id);
}

/** Starts the next inner instance. */
export function startInner(execution: Execution, element: ElementPlan, body: ElementInstance): void {
  const marker = markerOf(element);
  const multiInstance = stateOf(body);
  const loopCounter = multiInstance.next + 1;
  const scope: Scope = {
    id: execution.draft.nextId('s'),
    parentId: body.scopeId,
    elementInstanceId: body.id,
    variables: { [marker.elementVariable]: multiInstance.items[multiInstance.next] ?? null, loopCounter },
  };
  execution.draft.put('elementInstances', { ...body, multiInstance: { ...multiInstance, next: loopCounter } });
  execution.draft.put('scopes', scope);
  execution.activate(element, scope.id, { loopCounter });
}

/** Evaluates the output element and the completion condition of an inner instance that is about to complete. */
export function prepareInner(execution: Execution, element: ElementPlan, inner: ElementInstance, context: ExpressionContext, skipOutputs: boolean): InnerCompletion {
  const marker = markerOf(element);
  const { items, next, completed } = stateOf(bodyOf(execution, inner));
  if (skipOutputs) return { output: null, isConditionMet: false };
  const output = marker.outputElement === undefined ? null : execution.evaluate(marker.outputElement, context, element.id, 'output element');
  if (marker.completionCondition === undefined) return { output, isConditionMet: false };
  const counts = { numberOfInstances: items.length, numberOfCompletedInstances: completed + 1, numberOfActiveInstances: next - completed - 1, numberOfTerminatedInstances: 0 };
  return { output, isConditionMet: execution.test(marker.completionCondition, { ...context, ...counts }, element.id, 'completion condition') };
}

/** Counts the inner instance as completed and goes on with the next or with the end of the body. */
export function completeInner(execution: Execution, element: ElementPlan, inner: ElementInstance, completion: InnerCompletion): void {
  const { draft } = execution;
  const body = bodyOf(execution, inner);
  const multiInstance = stateOf(body);
  const outputs = [...multiInstance.outputs];
  outputs[(inner.loopCounter ?? 1) - 1] = completion.output;
  const next = { ...body, multiInstance: { ...multiInstance, completed: multiInstance.completed + 1, outputs } };
  draft.put('elementInstances', next);
  draft.remove('elementInstances', inner.id);
  draft.remove('scopes', inner.scopeId);
  if (completion.isConditionMet || next.multiInstance.completed === multiInstance.items.length) {
    for (const scope of draft.scopesOwnedBy(body.id)) execution.terminateScope(scope.id);
    execution.complete(next);
  } else if (markerOf(element).sequential) execution.queueInner(body.id);
}

function bodyOf(execution: Execution, inner: ElementInstance): ElementInstance {
  const bodyId = execution.draft.state.scopes[inner.scopeId]?.elementInstanceId;
  const body = bodyId === undefined ? undefined : execution.draft.state.elementInstances[bodyId];
  if (!body) throw new Error(`Expected a multi-instance body around ${inner.id}, but there is none`);
  return body;
}

function stateOf(body: ElementInstance): NonNullable<ElementInstance['multiInstance']> {
  if (!body.multiInstance) throw new Error(`Expected ${body.id} to be a multi-instance body, but it is none`);
  return body.multiInstance;
}

function markerOf(element: ElementPlan): MultiInstance {
  const marker = 'multiInstance' in element.definition ? element.definition.multiInstance : undefined;
  if (!marker) throw new Error(`Expected ${element.id} to have a multi-instance marker, but it has none`);
  return marker;
}
