import { completeInner, isBody } from './activity-markers.ts';
import { engineActor } from './actor.ts';
import { bodyOf } from './body.ts';
import { rememberForCompensation } from './compensation.ts';
import { prepareCompletion, type PreparedCompletion } from './completion.ts';
import { behaviorOf } from './elements/registry.ts';
import type { CompletionOptions, Execution } from './execution.ts';
import { failureOf } from './failure-raised.ts';
import { raiseIncident } from './incidents.ts';
import type { Json, Variables } from './json.ts';
import type { FlowPlan } from './plan.ts';
import { tellOwner } from './scope-completion.ts';
import { applyAssignments } from './scopes.ts';
import { selectFlows } from './sequence-flows.ts';
import type { ElementInstance } from './state.ts';
import { closeWaits } from './waits.ts';

/** Ends the instance's work: applies its outputs and takes the flows that leave it. `completion` is what the outputs see. */
export function completeElement(execution: Execution, instance: ElementInstance, completion: Variables, options: CompletionOptions): void {
  closeWaits(execution, instance, 'completed');
  finish(execution, execution.draft.transition(instance, 'completing'), completion, options);
}

/** Applies the outputs of a `completing` instance; a failure becomes its incident, and what the outputs see is kept. */
export function finish(execution: Execution, instance: ElementInstance, completion: Variables, options: CompletionOptions = {}): void {
  const { draft } = execution;
  const element = execution.elementOf(instance);
  const actor = options.actor ?? engineActor;
  let prepared: PreparedCompletion;
  try {
    prepared = prepareCompletion(execution, element, instance, completion, options.skipOutputs ?? false);
  } catch (error) {
    const held = { ...instance, completion };
    draft.put('elementInstances', held);
    raiseIncident(execution, held, { elementId: element.id, ...failureOf(error) }, ['retry', 'skip']);
    return;
  }
  applyAssignments(draft, prepared.assignments, { actor, elementId: element.id, elementInstanceId: instance.id });
  if (prepared.ledger) draft.commands.push({ type: 'recordLedger', ...prepared.ledger, elementId: element.id, at: execution.at, actor });
  if (!isBody(instance)) rememberForCompensation(execution, element, instance, prepared.inner ? bodyOf(execution, instance).scopeId : instance.scopeId);
  for (const scope of draft.scopesOwnedBy(instance.id)) draft.remove('scopes', scope.id);
  const { completion: _applied, ...rest } = instance;
  if (prepared.inner) {
    draft.record('element.completed', { elementId: element.id, elementInstanceId: instance.id, ...(instance.loopCounter === undefined ? {} : { detail: { loopCounter: instance.loopCounter } }) });
    completeInner(execution, element, rest, prepared.inner);
  } else {
    leave(execution, draft.transition(rest, 'completed'));
  }
}

/** Takes the flows that leave a `completed` instance; a failure becomes its incident. */
export function leave(execution: Execution, instance: ElementInstance): void {
  const element = execution.elementOf(instance);
  let flows: readonly FlowPlan[];
  try {
    flows = behaviorOf(element).leave?.(execution, element, instance) ?? selectFlows(execution, element, instance.scopeId);
  } catch (error) {
    raiseIncident(execution, instance, { elementId: element.id, ...failureOf(error) }, ['retry']);
    return;
  }
  leaveOver(execution, instance, flows);
}

function leaveOver(execution: Execution, instance: ElementInstance, flows: readonly FlowPlan[]): void {
  const { draft } = execution;
  const element = execution.elementOf(instance);
  const isChoice = flows.length < element.outgoing.length;
  const numberOfInstances = instance.multiInstance?.next ?? instance.iteration;
  const detail: { [key: string]: Json } = {
    ...(isChoice ? { flows: flows.map(({ definition }) => definition.id) } : {}),
    ...(numberOfInstances === undefined ? {} : { numberOfInstances }),
  };
  draft.record('element.completed', { elementId: element.id, elementInstanceId: instance.id, ...(isChoice || numberOfInstances !== undefined ? { detail } : {}) });
  draft.remove('elementInstances', instance.id);
  const quantity = 'completionQuantity' in element.definition ? (element.definition.completionQuantity ?? 1) : 1;
  for (const flow of flows) for (let token = 0; token < quantity; token += 1) execution.takeFlow(flow, instance.scopeId);
  tellOwner(execution, element, instance.scopeId);
  execution.completeScopeIfDone(instance.scopeId);
}
