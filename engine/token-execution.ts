import { enterBody, isBody, isRepeated, startInner } from './activity-markers.ts';
import type { Draft } from './draft.ts';
import { completeElement } from './element-completion.ts';
import { armBoundaryEvents, prepareBoundaryEvents } from './elements/boundary-event.ts';
import { behaviorOf } from './elements/registry.ts';
import type { EngineEvent } from './event.ts';
import type { BeginOptions, CompletionOptions, Execution, ExpressionContext } from './execution.ts';
import { evaluateCondition, evaluateExpression, type Expression } from './expressions.ts';
import { failureOf } from './failure-raised.ts';
import { raiseIncident } from './incidents.ts';
import { takeQuantity } from './joins.ts';
import type { Json, Variables } from './json.ts';
import { assertTransition } from './lifecycle.ts';
import { maximumActivationsPerStep } from './limits.ts';
import type { ElementPlan, FlowPlan, ProcessPlan } from './plan.ts';
import { compensated, completeScopeIfDone, settleOwner } from './scope-completion.ts';
import { requireScope, visibleVariables } from './scopes.ts';
import { meetConditions, raiseDeadlocks, releaseJoins, throwsSignal } from './settling.ts';
import type { ElementInstance } from './state.ts';
import { budgetFailure } from './step-budget.ts';
import { TokenQueue, type TokenArrival } from './token-queue.ts';
import { closeWaits } from './waits.ts';

/** From this semantics on, a condition is asked as soon as a variable has been set. */
const asksConditionsAtOnce = 3;

/** Moves tokens until every one waits. */
export class TokenExecution implements Execution {
  readonly plan: ProcessPlan;
  readonly draft: Draft;
  readonly event: EngineEvent;
  readonly #queue = new TokenQueue();
  readonly #activations = new Map<string, number>();
  #activationCount = 0;

  constructor(plan: ProcessPlan, draft: Draft, event: EngineEvent) {
    this.plan = plan;
    this.draft = draft;
    this.event = event;
  }

  get at(): string {
    return this.event.at;
  }

  elementOf(instance: Pick<ElementInstance, 'elementId'>): ElementPlan {
    return this.element(instance.elementId);
  }

  element(elementId: string): ElementPlan {
    const element = this.plan.elementsById.get(elementId);
    if (!element) throw new Error(`Expected element ${elementId} in the definition, but there is none`);
    return element;
  }

  variables(scopeId: string): Variables {
    return visibleVariables(this.draft, scopeId);
  }

  evaluate(source: string, context: ExpressionContext, elementId: string, purpose: string): Json {
    return evaluateExpression(this.#expression(source), context, this.at, { elementId, purpose });
  }

  test(source: string, context: ExpressionContext, elementId: string, purpose: string): boolean {
    return evaluateCondition(this.#expression(source), context, this.at, { elementId, purpose });
  }

  takeFlow(flow: FlowPlan, scopeId: string): void {
    this.#queue.push({ kind: 'token', flow, scopeId });
  }

  queueStart(element: ElementPlan, scopeId: string): void {
    this.#queue.push({ kind: 'start', element, scopeId });
  }

  queueInner(bodyId: string): void {
    this.#queue.pushInner(bodyId);
  }

  /** Moves every token until it waits; then what depends on all others: joins, late signals, conditions, deadlocks. */
  run(): void {
    do this.#drain();
    while (releaseJoins(this) || this.#arriveLate() || meetConditions(this) || raiseDeadlocks(this));
  }

  tokenPositions(scopeId: string): ElementPlan[] {
    const running = Object.values(this.draft.state.elementInstances).filter((instance) => instance.scopeId === scopeId && !instance.isBesideFlow);
    const joined = Object.keys(this.draft.state.scopes[scopeId]?.joins ?? {});
    return [...running.map((instance) => this.elementOf(instance)), ...this.#queue.targetsIn(scopeId), ...joined.map((id) => this.element(id))];
  }

  isAtRest(scopeId: string): boolean {
    return this.#queue.tokensIn(scopeId) === 0 && this.draft.activeIn(scopeId) === 0;
  }

  #drain(): void {
    for (let arrival = this.#next(); arrival; arrival = this.#next()) {
      if (arrival.kind === 'inner') this.#startInner(arrival.bodyId);
      else if (!this.draft.state.scopes[arrival.scopeId]) continue;
      else if (arrival.kind === 'start') this.activate(arrival.element, arrival.scopeId);
      else if (throwsSignal(arrival.flow.target)) this.#queue.postpone(arrival);
      else this.#arrive(arrival);
    }
  }

  /** The next token to move. A condition is asked before, while the activity that it interrupts still runs. BPMN 2.0.2 §10.5.5. */
  #next(): ReturnType<TokenQueue['shift']> {
    if (this.draft.state.semantics >= asksConditionsAtOnce) while (meetConditions(this));
    return this.#queue.shift();
  }

  /** A signal is thrown when all others rest, so that everything that is about to wait for it does. */
  #arriveLate(): boolean {
    const arrival = this.#queue.shiftLate();
    if (arrival && this.draft.state.scopes[arrival.scopeId]) this.#arrive(arrival);
    return arrival !== undefined;
  }

  #arrive({ flow, scopeId }: TokenArrival): void {
    const element = flow.target;
    try {
      if (this.#mayBegin(element, scopeId, flow)) this.activate(element, scopeId);
      else this.completeScopeIfDone(scopeId);
    } catch (error) {
      raiseIncident(this, this.begin(element, scopeId), { elementId: element.id, ...failureOf(error) }, ['retry', 'skip']);
    }
  }

  /** Joins and activities that need several tokens wait for them. */
  #mayBegin(element: ElementPlan, scopeId: string, flow: FlowPlan): boolean {
    const quantity = 'startQuantity' in element.definition ? (element.definition.startQuantity ?? 1) : 1;
    if (quantity > 1) return takeQuantity(this.draft, scopeId, element.id, flow.definition.id, quantity);
    return behaviorOf(element).join?.(this, element, scopeId, flow) ?? true;
  }

  #startInner(bodyId: string): void {
    const body = this.draft.state.elementInstances[bodyId];
    if (!body || !isBody(body) || body.status !== 'active') return;
    if (this.#activationCount < maximumActivationsPerStep) startInner(this, this.elementOf(body), body);
    else if (!this.hasIncident(bodyId)) raiseIncident(this, body, budgetFailure(body.elementId, this.#activations), ['retry']);
  }

  activate(element: ElementPlan, scopeId: string, options: BeginOptions = {}): void {
    const isOverBudget = this.#activationCount >= maximumActivationsPerStep;
    const instance = this.begin(element, scopeId, options);
    if (isOverBudget) raiseIncident(this, instance, budgetFailure(element.id, this.#activations), ['retry']);
    else this.enter(instance);
  }

  begin(element: ElementPlan, scopeId: string, options: BeginOptions = {}): ElementInstance {
    const { loopCounter } = options;
    const instance: ElementInstance = { id: this.draft.nextId('e'), elementId: element.id, scopeId, status: 'activating', activatedAt: this.at, ...options };
    this.#activationCount += 1;
    this.#activations.set(element.id, (this.#activations.get(element.id) ?? 0) + 1);
    this.draft.put('elementInstances', instance);
    this.draft.record('element.activated', { elementId: element.id, elementInstanceId: instance.id, ...(loopCounter === undefined ? {} : { detail: { loopCounter } }) });
    return instance;
  }

  enter(instance: ElementInstance): void {
    const element = this.elementOf(instance);
    const isInner = instance.loopCounter !== undefined;
    try {
      const waits = isInner ? [] : prepareBoundaryEvents(this, element, instance);
      if (isRepeated(element) && !isInner) enterBody(this, element, instance);
      else behaviorOf(element).activate(this, element, instance);
      if (this.draft.state.elementInstances[instance.id]?.status === 'active') armBoundaryEvents(this, instance, waits);
    } catch (error) {
      raiseIncident(this, instance, { elementId: element.id, ...failureOf(error) }, ['retry', 'skip']);
    }
  }

  complete(instance: ElementInstance, completion: Variables = {}, options: CompletionOptions = {}): void {
    completeElement(this, instance, completion, options);
  }

  terminate(instance: ElementInstance): void {
    const element = this.elementOf(instance);
    assertTransition(instance.status, 'terminated', instance.elementId);
    for (const scope of this.draft.scopesOwnedBy(instance.id)) {
      this.terminateScope(scope.id);
      this.draft.remove('scopes', scope.id);
    }
    if (!isBody(instance)) behaviorOf(element).terminate?.(this, element, instance);
    closeWaits(this, instance, 'cancelled');
    this.draft.record('element.terminated', { elementId: element.id, elementInstanceId: instance.id });
    this.draft.remove('elementInstances', instance.id);
  }

  terminateScope(scopeId: string, except?: string): void {
    for (const instance of Object.values(this.draft.state.elementInstances)) {
      if (instance.scopeId === scopeId && instance.id !== except) this.terminate(instance);
    }
    this.#queue.drop(scopeId);
    const { joins, resetting, ...scope } = requireScope(this.draft, scopeId);
    if (joins || resetting) this.draft.put('scopes', scope);
  }

  hasIncident(elementInstanceId: string): boolean {
    return Object.values(this.draft.state.incidents).some((incident) => incident.elementInstanceId === elementInstanceId);
  }

  completeScopeIfDone(scopeId: string): void {
    completeScopeIfDone(this, scopeId);
  }

  settleOwner(owner: ElementInstance, scopeId: string): void {
    settleOwner(this, owner, scopeId);
  }

  compensated(instance: ElementInstance): void {
    compensated(this, instance);
  }

  #expression(source: string): Expression {
    const expression = this.plan.expressions.get(source);
    if (!expression) throw new Error('Expected an expression of the definition, but it was not compiled');
    return expression;
  }
}
