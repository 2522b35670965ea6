import type { RuleSetFinding } from '#rules';

export type RuleSetRefusalCode =
  | 'RULE_SET_NOT_FOUND' | 'RULE_SET_VERSION_NOT_FOUND' | 'RULE_NOT_FOUND' | 'REVIEW_NOT_FOUND' | 'SUSPENSION_NOT_FOUND'
  | 'DRAFT_CHANGED' | 'DRAFT_IN_REVIEW' | 'DRAFT_OPEN' | 'REVIEW_CLOSED' | 'VERSION_TAKEN' | 'RULE_ALREADY_SUSPENDED' | 'SUSPENSION_CLOSED' | 'ALREADY_RECALLED' | 'IDEMPOTENCY_KEY_REUSED'
  | 'NOT_DOMAIN_OWNER' | 'SAME_PERSON'
  | 'RULE_SET_INVALID' | 'RULE_SET_KEY_DIFFERS' | 'RULE_SET_DOMAIN_CHANGED' | 'EFFECTIVE_AT_PAST' | 'RULE_NEEDS_NO_SIGNATURE'
  | 'NOTHING_CHANGED' | 'NO_DRAFT' | 'NO_EARLIER_VERSION'
  | 'INPUT_INVALID' | 'BACKTEST_BUSY' | 'CASE_NOT_FOUND' | 'CASE_CHANGED' | 'CASES_FAILED' | 'TOO_MANY_CASES' | 'DECISION_NOT_FOUND' | 'SHADOW_NOT_FOUND' | 'SHADOW_RUNNING' | 'SHADOW_ENDED' | 'WARD_NOT_YOURS';

interface RefusalDetails {
  readonly findings?: readonly RuleSetFinding[];
  readonly changed?: { readonly key: string; readonly expectedRevision: number };
  readonly failedCases?: readonly string[];
}

/** An act on a rule set that was refused; nothing changed. `place`: the input concerned. */
export class RuleSetRefusal extends Error {
  readonly code: RuleSetRefusalCode;
  readonly place: string | undefined;
  /** For RULE_SET_INVALID: everything that is wrong, with its path and rule. */
  readonly findings: readonly RuleSetFinding[];
  /** For DRAFT_CHANGED: the rule set, and the revision that the caller took for the newest. */
  readonly changed: { readonly key: string; readonly expectedRevision: number } | undefined;

  /** For CASES_FAILED: the names of the saved cases that came out otherwise. */
  readonly failedCases: readonly string[];

  constructor(code: RuleSetRefusalCode, place?: string, more: RefusalDetails = {}) {
    super(code);
    this.name = 'RuleSetRefusal';
    this.code = code;
    this.place = place;
    this.findings = more.findings ?? [];
    this.changed = more.changed;
    this.failedCases = more.failedCases ?? [];
  }
}
