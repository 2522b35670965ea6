import type { JudgedComparison, Slots } from './compile-condition.ts';
import type { CompiledRule, CompiledRuleSet } from './compile-rule-set.ts';
import { instantToEpochMs } from './instant.ts';
import { missingFact, missingMessage, type MissingFact } from './missing-fact.ts';
import { prepareFacts, type Facts, type ObservedAt } from './prepare-facts.ts';
import type { Level, LocalizedText, Rule, RuleSource } from './rule-set.ts';

/** What an evaluation depends on beside the facts. */
export interface EvaluateRuleSetOptions {
  /** ISO 8601 instant of the decision; ages are counted to it. */
  readonly at: string;
  /** ISO 8601 instant of each fact's observation, by input name. */
  readonly observedAt?: ObservedAt;
  /** Also says for each rule why it fired or did not. */
  readonly explain?: boolean;
}

/** A rule that fired, or a missing value whose policy calls for attention. */
export interface Finding {
  readonly kind: 'rule' | 'missing';
  /** For a missing value `missing:<fact>`. */
  readonly ruleId: string;
  readonly level: Level;
  /** The level of an advise-only rule before it was lowered to WARN. */
  readonly gradedFrom?: Level;
  readonly message: LocalizedText;
  readonly source?: RuleSource;
  /** The values that the rule read, by `fact` or `fact.path`; null for one that is missing. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly event: Rule['event'];
}

/** Why a rule fired or did not. `because` is the first comparison that settled it, in priority order. */
export interface RuleExplanation {
  readonly ruleId: string;
  readonly outcome: 'fired' | 'notFired' | 'unknown';
  readonly because?: JudgedComparison;
}

/** The evaluation could not be done; `fact` names what it failed on. */
export interface RuleSetFailure {
  readonly code: 'FACT_UNDECLARED' | 'MISSING_POLICY_UNDECLARED' | 'INSTANT_INVALID';
  readonly fact: string;
  readonly message: string;
}

/** The decision of a rule set. JSON throughout. */
export interface RuleSetResult {
  readonly ruleSet: string;
  readonly version: string;
  /** The strongest of the findings: HARD > UNKNOWN > PHARMACIST > WARN > PASS; UNKNOWN with a failure. */
  readonly level: Level;
  /** A missing value, or a failure, says that nothing may go on. */
  readonly stop: boolean;
  /** By priority, highest first; missing values after the rules. */
  readonly findings: readonly Finding[];
  readonly missing: readonly MissingFact[];
  readonly failure?: RuleSetFailure;
  readonly explanation?: readonly RuleExplanation[];
}

const precedence: Readonly<Record<Level, number>> = { HARD: 4, UNKNOWN: 3, PHARMACIST: 2, WARN: 1, PASS: 0 };

/**
 * Judges facts by a compiled rule set. Pure: the same facts and options give the same result.
 * Fails: `failure` in the result: FACT_UNDECLARED, MISSING_POLICY_UNDECLARED, INSTANT_INVALID.
 */
export function evaluateRuleSet(compiled: CompiledRuleSet, facts: Facts, options: EvaluateRuleSetOptions): RuleSetResult {
  const atMs = instantToEpochMs(options.at);
  if (atMs === undefined) return failed(compiled, [], { code: 'INSTANT_INVALID', fact: 'at', message: 'Expected an ISO 8601 instant of the decision, but found none' });
  const prepared = prepareFacts(compiled, facts, atMs, options.observedAt);
  if (prepared.undeclared !== undefined) {
    return failed(compiled, [], { code: 'FACT_UNDECLARED', fact: prepared.undeclared, message: `Expected declared facts only, but ${prepared.undeclared} is none` });
  }
  const missing = new MissingFacts(prepared.missing);
  const { slots } = prepared;
  const findings: Finding[] = [];
  const explanation: RuleExplanation[] | undefined = options.explain ? [] : undefined;
  for (const rule of compiled.rules) {
    const truth = rule.condition.test(slots);
    if (truth === 1) findings.push(findingOf(rule, slots));
    else if (truth === 2) missing.meet(rule, slots);
    explanation?.push(explain(rule, truth, slots));
  }
  const failure = missing.failure;
  if (failure) return failed(compiled, missing.facts, failure);
  findings.push(...missing.findings);
  const result = { ...head(compiled), level: strongest(findings), stop: missing.stops, findings, missing: missing.facts };
  return explanation ? { ...result, explanation } : result;
}

/** Collects missing values, each place once, and what their policies ask for. */
class MissingFacts {
  readonly facts: MissingFact[] = [];
  readonly findings: Finding[] = [];
  failure: RuleSetFailure | undefined;
  stops = false;

  readonly #found: ReturnType<typeof prepareFacts>['missing'];

  constructor(found: ReturnType<typeof prepareFacts>['missing']) {
    this.#found = found;
    for (const { input, reason } of found) {
      const { required, whenMissing } = input.declaration;
      // An optional input matters only where a rule cannot be judged without it, unless what was given is unusable.
      if (required || whenMissing?.policy === 'branch' || (!whenMissing && reason === 'wrongType')) this.#add(missingFact(input, reason), input.declaration.description);
    }
  }

  meet(rule: CompiledRule, slots: Slots): void {
    for (const { input, path, reason } of rule.condition.unknowns(slots)) {
      const whole = this.#found.find((found) => found.input === input);
      this.#add(whole ? missingFact(input, whole.reason) : missingFact(input, reason, path), input.declaration.description);
    }
  }

  #add(missing: MissingFact, description: LocalizedText | undefined): void {
    if (this.facts.some((known) => known.fact === missing.fact && (known.path === missing.path || known.path === undefined))) return;
    this.facts.push(missing);
    if (missing.policy === 'branch') return;
    if (missing.policy === 'undeclared') {
      this.failure ??= { code: 'MISSING_POLICY_UNDECLARED', fact: missing.fact, message: `Expected ${missing.fact} or what its absence means, but it is ${missing.reason} and nothing is declared` };
      return;
    }
    this.stops ||= missing.policy === 'stop';
    const place = missing.fact + (missing.path ?? '$').slice(1);
    this.findings.push({
      kind: 'missing',
      ruleId: `missing:${place}`,
      level: missing.policy === 'stop' ? 'UNKNOWN' : 'PHARMACIST',
      message: missingMessage(missing, description),
      facts: { [place]: null },
      event: { type: 'missing', params: { fact: missing.fact, reason: missing.reason } },
    });
  }
}

function findingOf({ rule, level, gradedFrom, reads }: CompiledRule, slots: Slots): Finding {
  const facts: Record<string, unknown> = {};
  for (const { name, index, follow } of reads) {
    const value = follow ? follow(slots[index]) : slots[index];
    facts[name] = value === undefined || typeof value === 'symbol' ? null : value;
  }
  const finding: Finding = { kind: 'rule', ruleId: rule.id, level, message: rule.message, source: rule.source, facts, event: rule.event };
  return gradedFrom === undefined ? finding : { ...finding, gradedFrom };
}

function explain({ rule, condition }: CompiledRule, truth: 0 | 1 | 2, slots: Slots): RuleExplanation {
  const because = condition.blame(slots);
  const outcome = truth === 1 ? 'fired' : truth === 0 ? 'notFired' : 'unknown';
  return because ? { ruleId: rule.id, outcome, because } : { ruleId: rule.id, outcome };
}

function strongest(findings: readonly Finding[]): Level {
  let level: Level = 'PASS';
  for (const finding of findings) if (precedence[finding.level] > precedence[level]) level = finding.level;
  return level;
}

function head({ document }: CompiledRuleSet): Pick<RuleSetResult, 'ruleSet' | 'version'> {
  return { ruleSet: document.key, version: document.version };
}

function failed(compiled: CompiledRuleSet, missing: readonly MissingFact[], failure: RuleSetFailure): RuleSetResult {
  return { ...head(compiled), level: 'UNKNOWN', stop: true, findings: [], missing, failure };
}
