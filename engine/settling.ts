import { behaviorOf } from './elements/registry.ts';
import { evaluateExpression } from './expressions.ts';
import type { Execution } from './execution.ts';
import { failureOf } from './failure-raised.ts';
import { raiseIncident } from './incidents.ts';
import { eventOccurred } from './occurrence.ts';
import { waitOf } from './open-waits.ts';
import type { ElementPlan } from './plan.ts';
import { scopeOwnedBy } from './scopes.ts';
import type { ConditionState } from './state.ts';
import { closeWait, definitionsOf } from './waits.ts';

/** Whether the element throws a signal, which others may be about to wait for. */
export function throwsSignal(element: ElementPlan): boolean {
  const { type } = element.definition;
  return (type === 'intermediateThrowEvent' || type === 'endEvent') && definitionsOf(element).some(({ kind }) => kind === 'signal');
}

/** Lets one gateway go on whose missing tokens cannot arrive any more. */
export function releaseJoins(execution: Execution): boolean {
  for (const scopeId of execution.draft.touchedScopes) {
    const scope = execution.draft.state.scopes[scopeId];
    for (const elementId of new Set([...Object.keys(scope?.joins ?? {}), ...Object.keys(scope?.resetting ?? {})])) {
      const element = execution.element(elementId);
      try {
        if (!behaviorOf(element).release?.(execution, element, scopeId)) continue;
      } catch (error) {
        raiseIncident(execution, execution.begin(element, scopeId), { elementId, ...failureOf(error) }, ['skip']);
      }
      execution.completeScopeIfDone(scopeId);
      return true;
    }
  }
  return false;
}

/** Lets every conditional event happen whose condition has become true. BPMN 2.0.2 §10.5.5. */
export function meetConditions(execution: Execution): boolean {
  const { draft } = execution;
  if (!draft.hasChangedVariables) return false;
  draft.hasChangedVariables = false;
  let hasMet = false;
  for (const { id } of Object.values(draft.state.conditions ?? {})) {
    const stored = draft.state.conditions?.[id];
    if (!stored) continue;
    const condition = waitOf<ConditionState>(draft.state, stored);
    const holds = holdsNow(execution, condition);
    if (holds === condition.holds) continue;
    draft.put('conditions', { ...stored, holds });
    if (!holds) continue;
    hasMet = true;
    draft.record('condition.met', { elementId: condition.elementId, elementInstanceId: condition.elementInstanceId });
    eventOccurred(execution, 'conditions', condition, {});
  }
  return hasMet;
}

/** Anything but true goes on waiting; what is neither true, false nor null is an incident and no longer asked. */
function holdsNow(execution: Execution, condition: ConditionState): boolean {
  const { draft, plan } = execution;
  const element = execution.element(condition.elementId);
  const definition = definitionsOf(element)[condition.eventIndex ?? 0];
  const expression = definition?.kind === 'conditional' ? plan.expressions.get(definition.condition) : undefined;
  const host = draft.state.elementInstances[condition.elementInstanceId];
  const isOfScope = element.definition.type === 'startEvent';
  if (!expression || (!host && !isOfScope)) return false;
  const scopeId = host && !isOfScope ? host.scopeId : scopeOwnedBy(draft, condition.elementInstanceId).id;
  try {
    const value = evaluateExpression(expression, execution.variables(scopeId), execution.at, { elementId: element.id, purpose: 'condition' });
    if (value === null || typeof value === 'boolean') return value === true;
    return hold(execution, condition, { code: 'CONDITION_NOT_BOOLEAN', elementId: element.id, message: 'Expected the condition of the event to be true, false or null, but it is none of them' });
  } catch (error) {
    return hold(execution, condition, { elementId: element.id, ...failureOf(error) });
  }
}

function hold(execution: Execution, condition: ConditionState, failure: Parameters<typeof raiseIncident>[2]): false {
  const host = execution.draft.state.elementInstances[condition.elementInstanceId];
  closeWait(execution, 'conditions', condition.id);
  if (host) raiseIncident(execution, host, failure, ['retry', 'skip']);
  return false;
}

/** Finds joins whose missing tokens nothing can bring any more, in scopes where nothing else is left. */
export function raiseDeadlocks(execution: Execution): boolean {
  const { draft } = execution;
  for (const scopeId of draft.touchedScopes) {
    const scope = draft.state.scopes[scopeId];
    if (!scope?.joins || !execution.isAtRest(scopeId)) continue;
    for (const [elementId, waiting] of Object.entries(scope.joins)) {
      const element = execution.element(elementId);
      const missing = element.incoming.map(({ definition }) => definition.id).filter((id) => !waiting[id]);
      const message = `Expected a token over ${missing.join(', ')} at ${elementId}, but nothing is left that could bring one`;
      raiseIncident(execution, execution.begin(element, scopeId), { code: 'DEADLOCK', elementId, message }, ['skip']);
    }
  }
  return false;
}
