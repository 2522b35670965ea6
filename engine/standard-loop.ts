import type { StandardLoop } from './definition/index.ts';
import { bodyOf } from './body.ts';
import type { Execution, ExpressionContext } from './execution.ts';
import type { InnerCompletion } from './multi-instance.ts';
import type { ElementPlan } from './plan.ts';
import type { ElementInstance } from './state.ts';

/** Begins the loop; with `testBefore` it may end without having run. BPMN 2.0.2 §13.3.6. */
export function enterStandardLoop(execution: Execution, element: ElementPlan, body: ElementInstance): void {
  const loop = loopOf(element);
  const runs = !loop.testBefore || mayRepeat(execution, element, 0, { ...execution.variables(body.scopeId), loopCounter: 1 });
  const active = execution.draft.transition({ ...body, iteration: 0 }, 'active');
  if (runs) execution.queueInner(body.id);
  else execution.complete(active);
}

/** Starts the next repetition in a scope of its own. */
export function startIteration(execution: Execution, element: ElementPlan, body: ElementInstance): void {
  const loopCounter = (body.iteration ?? 0) + 1;
  const scope = { id: execution.draft.nextId('s'), parentId: body.scopeId, elementInstanceId: body.id, variables: { loopCounter } };
  execution.draft.put('scopes', scope);
  execution.activate(element, scope.id, { loopCounter });
}

/** Asks whether the loop goes on, over what this repetition brought. */
export function prepareIteration(execution: Execution, element: ElementPlan, inner: ElementInstance, context: ExpressionContext): InnerCompletion {
  const finished = (bodyOf(execution, inner).iteration ?? 0) + 1;
  return { output: null, isConditionMet: !mayRepeat(execution, element, finished, { ...context, loopCounter: loopOf(element).testBefore ? finished + 1 : finished }) };
}

/** Goes on with the next repetition or ends the loop. */
export function completeIteration(execution: Execution, element: ElementPlan, inner: ElementInstance, completion: InnerCompletion): void {
  const { draft } = execution;
  const body = bodyOf(execution, inner);
  const next = { ...body, iteration: (body.iteration ?? 0) + 1 };
  draft.put('elementInstances', next);
  draft.remove('elementInstances', inner.id);
  draft.remove('scopes', inner.scopeId);
  if (completion.isConditionMet) execution.complete(next);
  else execution.queueInner(body.id);
}

function mayRepeat(execution: Execution, element: ElementPlan, finished: number, context: ExpressionContext): boolean {
  const { condition, maximum } = loopOf(element);
  if (maximum !== undefined && finished >= maximum) return false;
  return condition === undefined || execution.test(condition, context, element.id, 'loop condition');
}

function loopOf(element: ElementPlan): StandardLoop {
  const loop = 'standardLoop' in element.definition ? element.definition.standardLoop : undefined;
  if (!loop) throw new Error(`Expected ${element.id} to have a loop marker, but it has none`);
  return loop;
}
