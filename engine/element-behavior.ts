import type { ElementType } from './definition/index.ts';
import type { Execution } from './execution.ts';
import type { Variables } from './json.ts';
import type { ElementPlan, FlowPlan } from './plan.ts';
import type { ElementInstance } from './state.ts';

/** How one BPMN element behaves. Every hook evaluates before it changes, so that an incident can run it again. */
export interface ElementBehavior<Type extends ElementType = ElementType> {
  /** A token has come over `flow`: true when the element begins now, false when the token waits or is consumed. */
  join?(execution: Execution, element: ElementPlan<Type>, scopeId: string, flow: FlowPlan): boolean;
  /**
   * Tokens wait at it and everything else in the scope has come to rest: lets them go on if nothing can still arrive.
   * True when something moved.
   */
  release?(execution: Execution, element: ElementPlan<Type>, scopeId: string): boolean;
  /** Begins the work; completes the instance or leaves it active. Failures become incidents of the instance. */
  activate(execution: Execution, element: ElementPlan<Type>, instance: ElementInstance): void;
  /** Values that the completion sets, given what it brought (`data`, `result`, `message`). None by default. */
  results?(execution: Execution, element: ElementPlan<Type>, instance: ElementInstance, completion: Variables): Variables;
  /** The flows to take; by default every unconditional one, every one whose condition holds, or the default. */
  leave?(execution: Execution, element: ElementPlan<Type>, instance: ElementInstance): readonly FlowPlan[];
  /** An activity in its scope has completed. */
  innerCompleted?(execution: Execution, element: ElementPlan<Type>, instance: ElementInstance, scopeId: string): void;
  /** Nothing flows in its scope any more; by default it completes. */
  scopeDone?(execution: Execution, element: ElementPlan<Type>, instance: ElementInstance, scopeId: string): void;
  /** What it had undone is undone. */
  compensated?(execution: Execution, element: ElementPlan<Type>, instance: ElementInstance): void;
  /** Stops what the instance has running outside. */
  terminate?(execution: Execution, element: ElementPlan<Type>, instance: ElementInstance): void;
  /** Does the work of an active instance once more, after an operator's decision. */
  retry?(execution: Execution, element: ElementPlan<Type>, instance: ElementInstance): void;
}
