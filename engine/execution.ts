import type { Actor } from './actor.ts';
import { engineActor } from './actor.ts';
import type { Draft } from './draft.ts';
import { rootScopeId } from './draft.ts';
import { armBoundaryEvents, prepareBoundaryEvents } from './elements/boundary-event.ts';
import { behaviorOf } from './elements/registry.ts';
import type { EngineEvent } from './event.ts';
import { evaluateCondition, evaluateExpression, type Expression } from './expressions.ts';
import { failureOf, raise } from './failure-raised.ts';
import { closeWaits } from './waits.ts';
import { raiseIncident } from './incidents.ts';
import type { Json, Variables } from './json.ts';
import { assertTransition } from './lifecycle.ts';
import { maximumActivationsPerStep } from './limits.ts';
import { completeInner, enterMultiInstance, prepareInner, startInner, type InnerCompletion } from './multi-instance.ts';
import type { ElementPlan, FlowPlan, ProcessPlan } from './plan.ts';
import { applyAssignments, requireScope, resolveAssignments, visibleVariables, type Assignment } from './scopes.ts';
import { selectFlows } from './sequence-flows.ts';
import type { ElementInstance } from './state.ts';
import { budgetFailure } from './step-budget.ts';

/** A token on its way, or the next inner instance of a multi-instance body. */
type Arrival = { readonly kind: 'token'; readonly flow: FlowPlan; readonly scopeId: string; cancelled?: boolean } | { readonly kind: 'inner'; readonly bodyId: string };

/** The FEEL names that an evaluation sees. */
export type ExpressionContext = { readonly [name: string]: unknown };

/**
 * One step's execution: moves tokens until every one waits. Tokens travel in a queue, never in the call
 * stack, so that an endless loop ends at the budget.
 */
export class Execution {
  readonly plan: ProcessPlan;
  readonly draft: Draft;
  readonly event: EngineEvent;
  readonly #queue: Arrival[] = [];
  readonly #tokens = new Map<string, number>();
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

  /** Throws when the plan has no such element: the state belongs to another definition. */
  element(elementId: string): ElementPlan {
    const element = this.plan.elementsById.get(elementId);
    if (!element) throw new Error(`Expected element ${elementId} in the definition, but there is none`);
    return element;
  }

  variables(scopeId: string): Variables {
    return visibleVariables(this.draft, scopeId);
  }

  /** Raises EXPRESSION_FAILED. */
  evaluate(source: string, context: ExpressionContext, elementId: string, purpose: string): Json {
    return evaluateExpression(this.#expression(source), context, this.at, { elementId, purpose });
  }

  /** Raises CONDITION_NOT_BOOLEAN, EXPRESSION_FAILED. */
  test(source: string, context: ExpressionContext, elementId: string, purpose: string): boolean {
    return evaluateCondition(this.#expression(source), context, this.at, { elementId, purpose });
  }

  takeFlow(flow: FlowPlan, scopeId: string): void {
    this.#queue.push({ kind: 'token', flow, scopeId });
    this.#tokens.set(scopeId, (this.#tokens.get(scopeId) ?? 0) + 1);
  }

  queueInner(bodyId: string): void {
    this.#queue.push({ kind: 'inner', bodyId });
  }

  /** Moves every token until it waits. */
  run(): void {
    for (let head = 0; head < this.#queue.length; head += 1) {
      const arrival = this.#queue[head];
      if (arrival?.kind === 'inner') this.#startInner(arrival.bodyId);
      else if (arrival && !arrival.cancelled && this.draft.state.scopes[arrival.scopeId]) this.#arrive(arrival.flow, arrival.scopeId);
    }
  }

  #arrive(flow: FlowPlan, scopeId: string): void {
    const element = flow.target;
    this.#tokens.set(scopeId, (this.#tokens.get(scopeId) ?? 0) - 1);
    const behavior = behaviorOf(element);
    if (behavior.join && !behavior.join(this, element, scopeId, flow)) this.completeScopeIfDone(scopeId);
    else this.activate(element, scopeId);
  }

  #startInner(bodyId: string): void {
    const body = this.draft.state.elementInstances[bodyId];
    if (!body || !body.multiInstance || body.status !== 'active') return;
    if (this.#activationCount < maximumActivationsPerStep) startInner(this, this.elementOf(body), body);
    else if (!this.hasIncident(bodyId)) raiseIncident(this, body, budgetFailure(body.elementId, this.#activations), ['retry']);
  }

  /** Creates an instance of the element in the scope and lets it begin. */
  activate(element: ElementPlan, scopeId: string, inner?: { readonly loopCounter: number }): void {
    const isOverBudget = this.#activationCount >= maximumActivationsPerStep;
    const instance = this.begin(element, scopeId, inner);
    if (isOverBudget) raiseIncident(this, instance, budgetFailure(element.id, this.#activations), ['retry']);
    else this.enter(instance);
  }

  /** Creates and records an instance without running it. */
  begin(element: ElementPlan, scopeId: string, inner?: { readonly loopCounter: number }): ElementInstance {
    const instance: ElementInstance = { id: this.draft.nextId('e'), elementId: element.id, scopeId, status: 'activating', activatedAt: this.at, ...inner };
    this.#activationCount += 1;
    this.#activations.set(element.id, (this.#activations.get(element.id) ?? 0) + 1);
    this.draft.put('elementInstances', instance);
    this.draft.record('element.activated', { elementId: element.id, elementInstanceId: instance.id, ...(inner ? { detail: { loopCounter: inner.loopCounter } } : {}) });
    return instance;
  }

  /** Runs an `activating` instance; a failure becomes its incident. */
  enter(instance: ElementInstance): void {
    const element = this.elementOf(instance);
    const isInner = instance.loopCounter !== undefined;
    try {
      const waits = isInner ? [] : prepareBoundaryEvents(this, element, instance);
      if ('multiInstance' in element.definition && element.definition.multiInstance && !isInner) enterMultiInstance(this, element, instance);
      else behaviorOf(element).activate(this, element, instance);
      if (this.draft.state.elementInstances[instance.id]?.status === 'active') armBoundaryEvents(this, instance, waits);
    } catch (error) {
      raiseIncident(this, instance, { elementId: element.id, ...failureOf(error) }, ['retry', 'skip']);
    }
  }

  /** Ends the instance's work: applies its outputs and takes the flows that leave it. `completion` is what the outputs see. */
  complete(instance: ElementInstance, completion: Variables = {}, options: { readonly actor?: Actor } = {}): void {
    closeWaits(this, instance.id, 'completed');
    this.finish(this.draft.transition(instance, 'completing'), completion, options);
  }

  /** Ends the instance's work as an operator decided, with no result and no outputs. */
  completeWithoutOutputs(instance: ElementInstance): void {
    closeWaits(this, instance.id, 'completed');
    this.finish(this.draft.transition(instance, 'completing'), {}, { skipOutputs: true });
  }

  /** Applies the outputs of a `completing` instance; a failure becomes its incident, and what the outputs see is kept. */
  finish(instance: ElementInstance, completion: Variables, options: { readonly actor?: Actor; readonly skipOutputs?: boolean } = {}): void {
    const element = this.elementOf(instance);
    const actor = options.actor ?? engineActor;
    let prepared: PreparedCompletion;
    try {
      prepared = this.#prepareCompletion(element, instance, completion, options.skipOutputs ?? false);
    } catch (error) {
      const held = { ...instance, completion };
      this.draft.put('elementInstances', held);
      raiseIncident(this, held, { elementId: element.id, ...failureOf(error) }, ['retry', 'skip']);
      return;
    }
    applyAssignments(this.draft, prepared.assignments, { actor, elementId: element.id, elementInstanceId: instance.id });
    if (prepared.ledger) this.draft.commands.push({ type: 'recordLedger', ...prepared.ledger, elementId: element.id, at: this.at, actor });
    for (const scope of this.draft.scopesOwnedBy(instance.id)) this.draft.remove('scopes', scope.id);
    const { completion: _applied, ...rest } = instance;
    if (prepared.inner) {
      this.draft.record('element.completed', { elementId: element.id, elementInstanceId: instance.id, ...(instance.loopCounter === undefined ? {} : { detail: { loopCounter: instance.loopCounter } }) });
      completeInner(this, element, rest, prepared.inner);
    } else {
      this.leave(this.draft.transition(rest, 'completed'));
    }
  }

  /** Takes the flows that leave a `completed` instance; a failure becomes its incident. */
  leave(instance: ElementInstance): void {
    const element = this.elementOf(instance);
    let flows: readonly FlowPlan[];
    try {
      flows = behaviorOf(element).leave?.(this, element, instance) ?? selectFlows(this, element, instance.scopeId);
    } catch (error) {
      raiseIncident(this, instance, { elementId: element.id, ...failureOf(error) }, ['retry']);
      return;
    }
    const isChoice = flows.length < element.outgoing.length;
    const detail: { [key: string]: Json } = {
      ...(isChoice ? { flows: flows.map(({ definition }) => definition.id) } : {}),
      ...(instance.multiInstance ? { numberOfInstances: instance.multiInstance.next } : {}),
    };
    this.draft.record('element.completed', { elementId: element.id, elementInstanceId: instance.id, ...(isChoice || instance.multiInstance ? { detail } : {}) });
    this.draft.remove('elementInstances', instance.id);
    for (const flow of flows) this.takeFlow(flow, instance.scopeId);
    this.completeScopeIfDone(instance.scopeId);
  }

  /** Ends the instance and all that flows in it, without outputs. */
  terminate(instance: ElementInstance): void {
    const element = this.elementOf(instance);
    assertTransition(instance.status, 'terminated', instance.elementId);
    for (const scope of this.draft.scopesOwnedBy(instance.id)) {
      this.terminateScope(scope.id);
      this.draft.remove('scopes', scope.id);
    }
    if (!instance.multiInstance) behaviorOf(element).terminate?.(this, element, instance);
    closeWaits(this, instance.id, 'cancelled');
    this.draft.record('element.terminated', { elementId: element.id, elementInstanceId: instance.id });
    this.draft.remove('elementInstances', instance.id);
  }

  /** Ends everything that flows in the scope, except one instance; tokens on their way and at joins are gone. */
  terminateScope(scopeId: string, except?: string): void {
    for (const instance of Object.values(this.draft.state.elementInstances)) {
      if (instance.scopeId === scopeId && instance.id !== except) this.terminate(instance);
    }
    for (const arrival of this.#queue) if (arrival.kind === 'token' && arrival.scopeId === scopeId) arrival.cancelled = true;
    this.#tokens.set(scopeId, 0);
    const { joins, ...scope } = requireScope(this.draft, scopeId);
    if (joins) this.draft.put('scopes', scope);
  }

  hasIncident(elementInstanceId: string): boolean {
    return Object.values(this.draft.state.incidents).some((incident) => incident.elementInstanceId === elementInstanceId);
  }

  /** Completes the scope when nothing flows in it any more. BPMN 2.0.2 §13.3.4. */
  completeScopeIfDone(scopeId: string): void {
    if ((this.#tokens.get(scopeId) ?? 0) > 0 || this.draft.activeIn(scopeId) > 0) return;
    const scope = requireScope(this.draft, scopeId);
    if (scope.joins) {
      for (const elementId of Object.keys(scope.joins)) this.#raiseDeadlock(elementId, scopeId);
      return;
    }
    if (scopeId === rootScopeId) return this.#endProcess(scope.variables);
    const owner = scope.elementInstanceId === undefined ? undefined : this.draft.state.elementInstances[scope.elementInstanceId];
    if (owner) this.complete(owner);
  }

  #raiseDeadlock(elementId: string, scopeId: string): void {
    const element = this.element(elementId);
    const waiting = requireScope(this.draft, scopeId).joins?.[elementId] ?? {};
    const missing = element.incoming.map(({ definition }) => definition.id).filter((id) => !waiting[id]);
    const instance = this.begin(element, scopeId);
    raiseIncident(this, instance, { code: 'DEADLOCK', elementId, message: `Expected a token over ${missing.join(', ')} at ${elementId}, but nothing is left that could bring one` }, ['skip']);
  }

  #endProcess(variables: Variables): void {
    this.draft.set({ status: 'completed', endedAt: this.at });
    this.draft.record('instance.completed');
    this.draft.commands.push({ type: 'endInstance', status: 'completed', variables });
  }

  #prepareCompletion(element: ElementPlan, instance: ElementInstance, completion: Variables, skipOutputs: boolean): PreparedCompletion {
    const { definition } = element;
    if (instance.multiInstance) {
      const target = 'multiInstance' in definition ? definition.multiInstance?.outputCollection : undefined;
      const values = target === undefined || skipOutputs ? {} : { [target]: instance.multiInstance.outputs };
      return { assignments: resolveAssignments(this.plan, this.draft, instance.scopeId, values, element.id) };
    }
    const values = skipOutputs ? {} : (behaviorOf(element).results?.(this, element, instance, completion) ?? {});
    const assignments = resolveAssignments(this.plan, this.draft, instance.scopeId, values, element.id);
    const own = definition.type === 'subProcess' ? this.draft.scopesOwnedBy(instance.id)[0]?.id : undefined;
    const context = { ...this.variables(own ?? instance.scopeId), ...completion, ...values };
    const mark = 'ledger' in definition ? definition.ledger : undefined;
    const ledger = mark && !skipOutputs ? { loop: mark.loop, step: mark.step, item: this.#ledgerItem(mark.item, context, element.id) } : undefined;
    const inner = instance.loopCounter === undefined ? undefined : prepareInner(this, element, instance, context, skipOutputs);
    return { assignments, ...(ledger ? { ledger } : {}), ...(inner ? { inner } : {}) };
  }

  #ledgerItem(source: string, context: ExpressionContext, elementId: string): string {
    const item = this.evaluate(source, context, elementId, 'item of the ledger mark');
    if ((typeof item === 'string' && item !== '') || typeof item === 'number') return String(item);
    return raise({ code: 'EXPRESSION_FAILED', elementId, message: 'Expected the item of the ledger mark to be an id, but it is none', place: 'ledger.item' });
  }

  #expression(source: string): Expression {
    const expression = this.plan.expressions.get(source);
    if (!expression) throw new Error('Expected an expression of the definition, but it was not compiled');
    return expression;
  }
}

interface PreparedCompletion {
  readonly assignments: readonly Assignment[];
  readonly ledger?: { readonly loop: string; readonly step: string; readonly item: string };
  readonly inner?: InnerCompletion;
}
