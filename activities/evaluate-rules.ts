import type { Variables } from '#engine';
import type { Database } from '#database';
import type { RulesCall, RulesOutcome } from './process-activities.ts';
import { decisionIdOf, recordDecision, resultForProcess, type Decider } from './rules/decide.ts';

/**
 * Evaluates the rule set in effect and records the decision before the process goes on with it.
 * `observedAt` among the facts holds the instants at which they were observed.
 */
export function createEvaluateRules(database: Database, decider: Decider): (call: RulesCall) => Promise<RulesOutcome> {
  return async ({ instanceId, elementId, elementInstanceId, ruleSet, facts, at, patientId }) => {
    const { observedAt, ...inputs } = facts as Variables & { observedAt?: Readonly<Record<string, string>> };
    const outcome = await decider.decide({ ruleSet, facts: inputs, at, ...(observedAt ? { observedAt } : {}) });
    if (outcome.kind === 'failed') return { kind: 'failed', failure: { ...outcome.failure, elementId } };
    const decisionId = decisionIdOf(instanceId, elementInstanceId, ruleSet);
    await recordDecision(database, { id: decisionId, ruleSet, version: outcome.version, result: outcome.result, facts: inputs, instanceId, elementId, ...(patientId ? { patientId } : {}) });
    return { kind: 'decided', version: outcome.version, decisionId, result: resultForProcess(outcome.result) };
  };
}
