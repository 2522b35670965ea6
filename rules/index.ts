export {
  compileExpression,
  compileUnaryTests,
  type CompiledExpression,
  type EvaluateOptions,
  type FeelContext,
  type FeelResult,
  type FeelWarning,
} from './feel/compile-expression.ts';
export { FeelError, FeelSyntaxError, type FeelErrorCode } from './feel/feel-error.ts';
export { parseFeelOnce, type FeelNode } from './feel/parse-tree.ts';
export { dateTimeToInstant, durationToMs, parseFeelDate, parseFeelDateTime } from './feel/temporal-values.ts';
export { toJson, type JsonValue } from './feel/to-json.ts';
export { comparisonsOf, conditionNamed, conditionSchema, factPathSchema, isFactReference, type Comparison, type Condition, type FactReference, type NamedConditions, type RootCondition } from './condition.ts';
export { maximumDescents } from './json-path.ts';
export { expansionOf, isCircular, maximumDepth, referencesIn } from './named-conditions.ts';
export { parseOperator, type BaseOperator, type Operator, type OperatorDecorator, type ParsedOperator } from './operator-name.ts';
export { compareStrength, isInterrupting, isStronger, strongestLevel, type Level } from './level.ts';
export { computedText } from './computed-text.ts';
export type { Aggregation, HitPolicyName, Outputs, OutputValues } from './hit-policy.ts';
export {
  levelSchema,
  ruleSetDocumentSchema,
  type InputType,
  type LocalizedText,
  type MissingPolicy,
  type Rule,
  type RuleInput,
  type RuleOutput,
  type RuleSetDocument,
  type RuleSource,
} from './rule-set.ts';
export { checkRuleSet } from './check-rule-set.ts';
export { checkForReview } from './check-units.ts';
export type { JudgedComparison } from './compile-condition.ts';
export { compilePublishedRuleSet, compileRuleSet, type CompiledRuleSet } from './compile-rule-set.ts';
export { evaluateRuleSet, type EvaluateRuleSetOptions, type Finding, type RuleExplanation, type RuleSetFailure, type RuleSetResult } from './evaluate-rule-set.ts';
export type { MissingFact } from './missing-fact.ts';
export type { Facts, MissingReason, ObservedAt } from './prepare-facts.ts';
export { selectFacts, type SelectedFacts } from './select-facts.ts';
export { createRuleCaseRunner, ruleCaseExpectationSchema, runRuleCases, type CaseDifference, type RuleCase, type RuleCaseExpectation, type RuleCaseResult, type RuleCaseRun, type RuleCaseRunner, type RuleCoverage, type RuleExpectation, type ContentCase } from './rule-case.ts';
export { contentCases, contentCasesSchema, type ContentCasesFile } from './content-cases.ts';
export { RuleSetError, type RuleSetFinding } from './rule-set-error.ts';
