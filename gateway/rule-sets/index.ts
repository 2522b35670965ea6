/** The life of a rule set: drafts, review, publishing by a second person, suspension, recall. */
export { createAct, digestOf, type Act, type RuleSetActor, type RuleSetCommand } from './act.ts';
export { compareRuleSets, type EntryChange, type FieldChange, type RuleSetDifference } from './compare-rule-sets.ts';
export { createRuleSetLife, type RuleSetLife } from './rule-set-life.ts';
export { explainResult, type RuleSentence, type WordedResult } from './explain-result.ts';
export { lastJudgedQuery } from './recalls.ts';
export { RuleSetRefusal, type RuleSetRefusalCode } from './refusal.ts';
export { startRuleChanges } from './spread-changes.ts';
export { confirmWithinMs, isOverdue, suspensionStatus, type SuspensionStatus } from './suspensions.ts';
