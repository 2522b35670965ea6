import type { Actor } from './actor.ts';
import type { Draft } from './draft.ts';
import type { EngineEvent } from './event.ts';
import type { Json, Variables } from './json.ts';
import type { ElementPlan, FlowPlan, ProcessPlan } from './plan.ts';
import type { ElementInstance } from './state.ts';

/** The FEEL names that an evaluation sees. */
export type ExpressionContext = { readonly [name: string]: unknown };
export type BeginOptions = Pick<ElementInstance, 'loopCounter' | 'trigger'>;

/** Who ended the work, and whether the outputs are left out. */
export interface CompletionOptions {
  readonly actor?: Actor;
  /** An operator has decided so. */
  readonly skipOutputs?: boolean;
}

/** One step as the behaviours of elements see it: the plan, the state that is drafted, and what moves tokens. */
export interface Execution {
  readonly plan: ProcessPlan;
  readonly draft: Draft;
  readonly event: EngineEvent;
  /** The instant of the event. */
  readonly at: string;

  elementOf(instance: Pick<ElementInstance, 'elementId'>): ElementPlan;
  /** Throws when the plan has no such element: the state belongs to another definition. */
  element(elementId: string): ElementPlan;
  /** What is visible in the scope. */
  variables(scopeId: string): Variables;
  /** Raises EXPRESSION_FAILED. */
  evaluate(source: string, context: ExpressionContext, elementId: string, purpose: string): Json;
  /** Raises CONDITION_NOT_BOOLEAN, EXPRESSION_FAILED. */
  test(source: string, context: ExpressionContext, elementId: string, purpose: string): boolean;

  takeFlow(flow: FlowPlan, scopeId: string): void;
  /** Puts a new token at the element. */
  queueStart(element: ElementPlan, scopeId: string): void;
  /** Lets the next inner instances of a repeated activity begin. */
  queueInner(bodyId: string): void;
  /** Where the scope's tokens are: at elements that run, on their way, and waiting at joins. */
  tokenPositions(scopeId: string): ElementPlan[];
  /** Nothing in the scope runs or is on its way; tokens may wait at joins. */
  isAtRest(scopeId: string): boolean;

  /** Creates an instance of the element in the scope and lets it begin. */
  activate(element: ElementPlan, scopeId: string, options?: BeginOptions): void;
  /** Creates and records an instance without running it. */
  begin(element: ElementPlan, scopeId: string, options?: BeginOptions): ElementInstance;
  /** Runs an `activating` instance; a failure becomes its incident. */
  enter(instance: ElementInstance): void;
  /** Ends the instance's work: applies its outputs and takes the flows that leave it. `completion` is what the outputs see. */
  complete(instance: ElementInstance, completion?: Variables, options?: CompletionOptions): void;
  /** Ends the instance and all that flows in it, without outputs. */
  terminate(instance: ElementInstance): void;
  /** Ends everything that flows in the scope, except one instance; tokens on their way and at joins are gone. */
  terminateScope(scopeId: string, except?: string): void;
  hasIncident(elementInstanceId: string): boolean;

  /** Completes the scope when nothing flows in it any more. BPMN 2.0.2 §13.3.4. */
  completeScopeIfDone(scopeId: string): void;
  /** Asks the owner of a scope once more whether it is done, after an operator's decision. */
  settleOwner(owner: ElementInstance, scopeId: string): void;
  /** Goes on with an instance whose compensation is done. */
  compensated(instance: ElementInstance): void;
}
