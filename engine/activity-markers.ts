import { bodyOf } from './body.ts';
import type { Execution, ExpressionContext } from './execution.ts';
import { completeInnerInstance, enterMultiInstance, prepareInnerInstance, queueRemaining, startInnerInstance, type InnerCompletion } from './multi-instance.ts';
import type { ElementPlan } from './plan.ts';
import { completeIteration, enterStandardLoop, prepareIteration, startIteration } from './standard-loop.ts';
import type { ElementInstance } from './state.ts';

export type { InnerCompletion } from './multi-instance.ts';

/** Whether the element is run by a multi-instance or loop marker. BPMN 2.0.2 §10.3.7. */
export function isRepeated({ definition }: ElementPlan): boolean {
  return ('multiInstance' in definition && definition.multiInstance !== undefined) || ('standardLoop' in definition && definition.standardLoop !== undefined);
}

/** Whether the instance is the body around the inner instances, which does no work of its own. */
export function isBody(instance: ElementInstance): boolean {
  return instance.multiInstance !== undefined || instance.iteration !== undefined;
}

/** Begins the body of a repeated activity. */
export function enterBody(execution: Execution, element: ElementPlan, body: ElementInstance): void {
  if ('standardLoop' in element.definition && element.definition.standardLoop) enterStandardLoop(execution, element, body);
  else enterMultiInstance(execution, element, body);
}

/** Starts the next inner instance of a body. */
export function startInner(execution: Execution, element: ElementPlan, body: ElementInstance): void {
  if (body.multiInstance) startInnerInstance(execution, element, body);
  else startIteration(execution, element, body);
}

/** Lets a body go on with what it has not begun yet. */
export function continueBody(execution: Execution, element: ElementPlan, body: ElementInstance): void {
  if (body.multiInstance) queueRemaining(execution, element, body);
  else execution.queueInner(body.id);
}

/** Evaluates what the end of an inner instance means, before anything changes. */
export function prepareInner(execution: Execution, element: ElementPlan, inner: ElementInstance, context: ExpressionContext, skipOutputs: boolean): InnerCompletion {
  return bodyOf(execution, inner).multiInstance ? prepareInnerInstance(execution, element, inner, context, skipOutputs) : prepareIteration(execution, element, inner, context);
}

/** Counts the inner instance as completed and goes on with the next or with the end of the body. */
export function completeInner(execution: Execution, element: ElementPlan, inner: ElementInstance, completion: InnerCompletion): void {
  if (bodyOf(execution, inner).multiInstance) completeInnerInstance(execution, element, inner, completion);
  else completeIteration(execution, element, inner, completion);
}
