import { evaluateRuleSet, selectFacts } from '#rules';
import type { ElementBehavior } from '../element-behavior.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import type { Json, Variables } from '../json.ts';
import { evaluateInputs, resultAndOutputs } from '../mappings.ts';
import type { ElementPlan } from '../plan.ts';
import type { ElementInstance } from '../state.ts';

/**
 * Asks for a decision: of the version in effect, outside; of a pinned version, in place. The facts are the
 * inputs, or every visible variable when it declares none. BPMN 2.0.2 §13.3.3.
 */
export const businessRuleTask: ElementBehavior<'businessRuleTask'> = {
  activate: decide,
  retry: decide,
  results(execution, element, instance, completion) {
    return resultAndOutputs(execution, element, instance, completion, element.definition.resultVariable);
  },
};

function decide(execution: Execution, element: ElementPlan<'businessRuleTask'>, instance: ElementInstance): void {
  const { ruleSet, binding, inputs } = element.definition;
  const facts = inputs ? evaluateInputs(execution, element, instance) : execution.variables(instance.scopeId);
  if (binding.kind === 'pinned') {
    decideInPlace(execution, element, instance, facts, binding.version);
    return;
  }
  if (instance.status === 'activating') execution.draft.transition(instance, 'active');
  execution.draft.commands.push({ type: 'evaluateRules', elementInstanceId: instance.id, elementId: element.id, ruleSet, facts });
}

function decideInPlace(execution: Execution, element: ElementPlan<'businessRuleTask'>, instance: ElementInstance, facts: Variables, version: string): void {
  const { ruleSet } = element.definition;
  const compiled = execution.plan.ruleSets.get(`${ruleSet}@${version}`);
  if (!compiled) return raise({ code: 'RULES_FAILED', elementId: element.id, message: `Expected rule set ${ruleSet}@${version} in the bundle, but it is not there`, place: ruleSet });
  const { facts: selected, ...ages } = selectFacts(compiled, facts);
  const decision = evaluateRuleSet(compiled, selected, { at: execution.at, ...ages });
  if (decision.failure) return raise({ code: 'RULES_FAILED', elementId: element.id, message: decision.failure.message, place: decision.failure.fact });
  // A rule set's result is JSON by construction; its interfaces lack an index signature.
  completeDecision(execution, instance, { version, decisionId: `${execution.draft.state.instanceId}:${instance.id}`, result: decision as unknown as Json });
}

/** Records the decision and goes on with its result. */
export function completeDecision(execution: Execution, instance: ElementInstance, decision: { readonly version: string; readonly decisionId: string; readonly result: Json }): void {
  const element = execution.elementOf(instance);
  const ruleSet = element.definition.type === 'businessRuleTask' ? element.definition.ruleSet : '';
  execution.draft.record('decision.made', { elementId: element.id, elementInstanceId: instance.id, ruleSet, ruleSetVersion: decision.version, decisionId: decision.decisionId, detail: decision.result });
  execution.complete(instance, { result: decision.result });
}
