import { bodyOf } from './body.ts';
import type { EventDefinition, MultiInstance } from './definition/index.ts';
import type { Execution, ExpressionContext } from './execution.ts';
import { raise } from './failure-raised.ts';
import type { Json } from './json.ts';
import { maximumMultiInstanceItems } from './limits.ts';
import type { ElementPlan } from './plan.ts';
import type { ElementInstance, Scope } from './state.ts';
import { performThrow, prepareThrow, type PreparedThrow } from './throwing/throw-event.ts';

/** What the completion of an inner instance means for its body. */
export interface InnerCompletion {
  readonly output: Json;
  /** The completion condition holds: what still runs is terminated. */
  readonly isConditionMet: boolean;
  /** What the marker's behavior throws. */
  readonly throws?: readonly PreparedThrow[];
}

/**
 * Takes the collection and starts the first (sequential) or every (parallel) inner instance, each in its own scope.
 * Raises COLLECTION_INVALID, COLLECTION_TOO_LARGE. BPMN 2.0.2 §13.3.7.
 */
export function enterMultiInstance(execution: Execution, element: ElementPlan, body: ElementInstance): void {
  const items = evaluateItems(execution, element, body);
  const active = execution.draft.transition({ ...body, multiInstance: { items, next: 0, completed: 0, outputs: items.map(() => null) } }, 'active');
  if (items.length === 0) execution.complete(active);
  else queueRemaining(execution, element, active);
}

function evaluateItems(execution: Execution, element: ElementPlan, body: ElementInstance): readonly Json[] {
  const { collection, cardinality = 'null' } = markerOf(element);
  const source = collection ?? cardinality;
  const value = execution.evaluate(source, execution.variables(body.scopeId), element.id, collection === undefined ? 'cardinality' : 'collection');
  const count = Array.isArray(value) ? value.length : value;
  const isCount = typeof count === 'number' && Number.isInteger(count) && count >= 0;
  if (!isCount || Array.isArray(value) !== (collection !== undefined)) {
    const expected = collection === undefined ? `the cardinality of ${element.id} to be a whole number` : `the collection of ${element.id} to be a list`;
    return raise({ code: 'COLLECTION_INVALID', elementId: element.id, message: `Expected ${expected}, but it is none`, place: source.slice(0, 100) });
  }
  if (count > maximumMultiInstanceItems) return raise({ code: 'COLLECTION_TOO_LARGE', elementId: element.id, message: `Expected at most ${maximumMultiInstanceItems} items in the collection of ${element.id}, but there are ${count}` });
  // Array.isArray loses the element type of a readonly array.
  return Array.isArray(value) ? (value as readonly Json[]) : Array.from({ length: count }, () => null);
}

/** Queues what is still to be started: one when sequential, all when parallel. */
export function queueRemaining(execution: Execution, element: ElementPlan, body: ElementInstance): void {
  const marker = markerOf(element);
  const { items, next } = stateOf(body);
  const count = marker.sequential ? Math.min(1, items.length - next) : items.length - next;
  for (let index = 0; index < count; index += 1) execution.queueInner(body.id);
}

/** Starts the next inner instance. */
export function startInnerInstance(execution: Execution, element: ElementPlan, body: ElementInstance): void {
  const marker = markerOf(element);
  const multiInstance = stateOf(body);
  const loopCounter = multiInstance.next + 1;
  const scope: Scope = {
    id: execution.draft.nextId('s'),
    parentId: body.scopeId,
    elementInstanceId: body.id,
    variables: { ...(marker.elementVariable === undefined ? {} : { [marker.elementVariable]: multiInstance.items[multiInstance.next] ?? null }), loopCounter },
  };
  execution.draft.put('elementInstances', { ...body, multiInstance: { ...multiInstance, next: loopCounter } });
  execution.draft.put('scopes', scope);
  execution.activate(element, scope.id, { loopCounter });
}

/** Evaluates the output element and the completion condition of an inner instance that is about to complete. */
export function prepareInnerInstance(execution: Execution, element: ElementPlan, inner: ElementInstance, context: ExpressionContext, skipOutputs: boolean): InnerCompletion {
  const marker = markerOf(element);
  const { items, next, completed } = stateOf(bodyOf(execution, inner));
  if (skipOutputs) return { output: null, isConditionMet: false };
  const counts = { numberOfInstances: items.length, numberOfCompletedInstances: completed + 1, numberOfActiveInstances: next - completed - 1, numberOfTerminatedInstances: 0 };
  const throws = marker.behavior ? behaviorEvents(execution, element, marker.behavior, completed, { ...context, ...counts }).flatMap((event) => prepareThrow(execution, element, event, context)) : [];
  const output = marker.outputElement === undefined ? null : execution.evaluate(marker.outputElement, context, element.id, 'output element');
  if (marker.completionCondition === undefined) return { output, isConditionMet: false, throws };
  return { output, throws, isConditionMet: execution.test(marker.completionCondition, { ...context, ...counts }, element.id, 'completion condition') };
}

/** Counts the inner instance as completed and goes on with the next or with the end of the body. */
export function completeInnerInstance(execution: Execution, element: ElementPlan, inner: ElementInstance, completion: InnerCompletion): void {
  const { draft } = execution;
  for (const [ordinal, prepared] of (completion.throws ?? []).entries()) {
    performThrow(execution, inner, prepared, ordinal);
    // An interrupting event around the activity has ended the whole body.
    if (!draft.state.elementInstances[inner.id]) return;
  }
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

/** Which events the completion of an instance throws. BPMN 2.0.2 table 10.30. */
function behaviorEvents(execution: Execution, element: ElementPlan, behavior: NonNullable<MultiInstance['behavior']>, completedBefore: number, context: ExpressionContext): EventDefinition[] {
  if (behavior.kind === 'none') return [behavior.event];
  if (behavior.kind === 'one') return completedBefore === 0 ? [behavior.event] : [];
  return behavior.definitions.filter(({ condition }) => execution.test(condition, context, element.id, 'condition of a completion event')).map(({ event }) => event);
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
