import type { Database } from '#database';
import type { RulesCall, RulesOutcome } from './process-activities.ts';
import { decisionIdOf, recordDecision, resultForProcess, type Decider } from './rules/decide.ts';

/** Evaluates the rule set in effect and records the decision before the process goes on with it. */
export function createEvaluateRules(database: Database, decider: Decider): (call: RulesCall) => Promise<RulesOutcome> {
  return async ({ instanceId, elementId, elementInstanceId, ruleSet, facts, at, patientId }) => {
    const outcome = await decider.decide({ ruleSet, facts, at });
    if (outcome.kind === 'failed') return { kind: 'failed', failure: { ...outcome.failure, elementId } };
    const decisionId = decisionIdOf(instanceId, elementInstanceId, ruleSet);
    await recordDecision(database, { id: decisionId, ruleSet, version: outcome.version, result: outcome.result, suspended: outcome.suspended, facts: outcome.facts, at, instanceId, elementId, ...(patientId ? { patientId } : {}) });
    return { kind: 'decided', version: outcome.version, decisionId, result: resultForProcess(outcome.result) };
  };
}
