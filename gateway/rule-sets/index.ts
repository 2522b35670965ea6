/** The life of a rule set: drafts, saved cases, backtest, review, publishing by a second person, suspension, recall. */
export { createAct, digestOf, type Act, type RuleSetActor, type RuleSetCommand } from './act.ts';
export { silentAfterMs } from './backtest/backtests.ts';
export type { BacktestGroup, BacktestRule, BacktestTally } from './backtest/tally.ts';
export { compareRuleSets, type EntryChange, type FieldChange, type RuleSetDifference } from './compare-rule-sets.ts';
export { importOfDraft, sourceOf, type ImportedFile } from './imported-files.ts';
export { createRuleSetLife, type RuleSetLife } from './rule-set-life.ts';
export { explainResult, type RuleSentence, type WordedResult } from './explain-result.ts';
export { findingTitle } from './finding-titles.ts';
export { lastJudgedQuery } from './recalls.ts';
export { RuleSetRefusal, type RuleSetRefusalCode } from './refusal.ts';
export { counts, readContentCases, type StandingContentCase } from './content-cases.ts';
export { failedNames, readAllCases, readRuleCase, readRuleCases, runAllCases, type CaseOutcome, type CaseOutcomes } from './rule-cases.ts';
export { requireComplete } from './rule-set-record.ts';
export { readSide, type RuleSetSide, type SideDocument } from './rule-set-side.ts';
export type { ReviewCounts } from './review-statistics.ts';
export { readRuleStatistics, type OverrideCount, type RuleStatistic, type RuleStatistics } from './rule-statistics.ts';
export { startRuleChanges } from './spread-changes.ts';
export { confirmWithinMs, isOverdue, suspensionStatus, type SuspensionStatus } from './suspensions.ts';
