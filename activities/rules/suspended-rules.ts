import { compilePublishedRuleSet, evaluateRuleSet, strengthOf, type CompiledRuleSet, type EvaluateRuleSetOptions, type Facts, type Finding, type Level, type RuleSetDocument, type RuleSetResult } from '#rules';

/** A version as it judges now: with suspended rules that only advise, and without them. */
export interface JudgingRuleSet {
  readonly compiled: CompiledRuleSet;
  /** Only where a rule is suspended. */
  readonly withoutSuspended?: CompiledRuleSet;
  /** Rules of this version that are suspended. */
  readonly suspended: readonly string[];
}

/** Compiles a published document; the rules named, as far as it has them, only advise. */
export function compileWithSuspended(document: RuleSetDocument, suspendedRules: ReadonlySet<string>): JudgingRuleSet {
  const suspended = document.rules.map(({ id }) => id).filter((id) => suspendedRules.has(id));
  if (suspended.length === 0) return { compiled: compilePublishedRuleSet(document), suspended };
  const rules = document.rules.map((rule) => (suspendedRules.has(rule.id) ? { ...rule, adviseOnly: true } : rule));
  return {
    compiled: compilePublishedRuleSet({ ...document, rules }),
    withoutSuspended: compilePublishedRuleSet({ ...document, rules: document.rules.filter(({ id }) => !suspendedRules.has(id)) }),
    suspended,
  };
}

/**
 * Judges the facts. A suspended rule is WARN at most, and so is a missing value that nothing but suspended rules
 * needs: what no rule may block must not be blocked by a question of that rule's.
 */
export function judgeWithSuspended({ compiled, withoutSuspended }: JudgingRuleSet, facts: Facts, options: EvaluateRuleSetOptions): RuleSetResult {
  const result = evaluateRuleSet(compiled, facts, options);
  if (!withoutSuspended) return result;
  const others = evaluateRuleSet(withoutSuspended, facts, options);
  // The suspended rules alone cannot be judged: the others decide.
  if (result.failure) return others;
  const needed = new Set(others.findings.map(({ ruleId }) => ruleId));
  const findings = result.findings.map((finding) => (finding.kind === 'missing' && !needed.has(finding.ruleId) ? lowered(finding) : finding));
  const level = findings.reduce<Level>((strongest, finding) => (strengthOf(finding.level) > strengthOf(strongest) ? finding.level : strongest), 'PASS');
  return { ...result, level, stop: others.stop, findings };
}

function lowered(finding: Finding): Finding {
  return strengthOf(finding.level) > strengthOf('WARN') ? { ...finding, level: 'WARN', gradedFrom: finding.level } : finding;
}
