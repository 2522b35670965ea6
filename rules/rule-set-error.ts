/** One thing that is wrong with a rule set, with its place in the document. */
export interface RuleSetFinding {
  readonly code: 'DOCUMENT_INVALID' | 'FACT_UNDECLARED' | 'TYPE_MISMATCH' | 'PATH_ON_SCALAR' | 'BRANCH_VALUE_INVALID' | 'OUTPUT_INVALID' | 'FEEL_INVALID' | 'CONDITION_UNDECLARED' | 'CONDITION_CIRCULAR' | 'ANNOTATION_UNDECLARED' | 'UNIT_INVALID';
  readonly message: string;
  /** Such as `rules.0.conditions.all.1.value`. */
  readonly path: string;
  readonly ruleId?: string;
}

/** The document is no rule set that can be evaluated. Code: RULE_SET_INVALID; recognised by it. */
export class RuleSetError extends Error {
  readonly code = 'RULE_SET_INVALID';
  readonly findings: readonly RuleSetFinding[];

  constructor(findings: readonly RuleSetFinding[]) {
    const first = findings[0];
    super(`Expected a rule set, but ${first ? `${first.path || 'the document'}: ${first.message}` : 'it is invalid'}${findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''}`);
    this.name = 'RuleSetError';
    this.findings = findings;
  }
}
