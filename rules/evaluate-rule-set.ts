import type { JudgedComparison, Slots } from './compile-condition.ts';
import type { OutputFailure } from './compile-outputs.ts';
import type { CompiledRuleSet } from './compile-rule-set.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { feelRun } from './feel-in-rules.ts';
import type { Outputs } from './hit-policy.ts';
import { instantToEpochMs } from './instant.ts';
import { strongestLevel, type Level } from './level.ts';
import { addUnknowns, missingFactName, missingMessage, wholeMissing, type MissingFact } from './missing-fact.ts';
import { prepareFacts, type Facts, type ObservedAt, type PreparedFacts } from './prepare-facts.ts';
import type { LocalizedText, Rule, RuleSource } from './rule-set.ts';
import { unreadableFact } from './unreadable-fact.ts';

/** What an evaluation depends on beside the facts. */
export interface EvaluateRuleSetOptions {
  /** ISO 8601 instant of the decision; ages are counted to it. */
  readonly at: string;
  /** ISO 8601 instant of each fact's observation, by input name. */
  readonly observedAt?: ObservedAt;
  /** Offset of `now()` and `today()` in FEEL: `UTC` (default) or `±hh:mm`. */
  readonly zone?: string;
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

/** Why a rule fired or did not; `overruled` fired, but the hit policy decided for others. `because` is the first comparison that settled it, in priority order. */
export interface RuleExplanation {
  readonly ruleId: string;
  readonly outcome: 'fired' | 'overruled' | 'notFired' | 'unknown';
  readonly because?: JudgedComparison;
}

/** The evaluation could not be done; `fact` names what it failed on. */
export interface RuleSetFailure {
  readonly code: 'FACT_UNDECLARED' | 'FACT_UNREADABLE' | 'MISSING_POLICY_UNDECLARED' | 'INSTANT_INVALID' | 'FEEL_FAILED' | OutputFailure['code'];
  readonly fact: string;
  readonly message: string;
  /** The rules that violate the hit policy, or whose output is invalid. */
  readonly rules?: readonly string[];
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
  /** Of a document that declares outputs: one set of values, or a list of them, by its hit policy. */
  readonly outputs?: Outputs;
  readonly failure?: RuleSetFailure;
  readonly explanation?: readonly RuleExplanation[];
}

/**
 * Judges facts by a compiled rule set. Pure: the same facts and options give the same result.
 * Fails: `failure` in the result: FACT_UNDECLARED, FACT_UNREADABLE, MISSING_POLICY_UNDECLARED, INSTANT_INVALID, HIT_POLICY_VIOLATED (with the
 * rules), OUTPUT_INVALID, FEEL_FAILED.
 */
export function evaluateRuleSet(compiled: CompiledRuleSet, facts: Facts, options: EvaluateRuleSetOptions): RuleSetResult {
  try {
    return evaluate(compiled, facts, options);
  } catch (error) {
    // Looked for only now: no decision pays for facts that are no JSON.
    const fact = unreadableFact(facts);
    if (fact === undefined) throw error;
    return failed(compiled, [], { code: 'FACT_UNREADABLE', fact, message: `Expected facts as JSON of at most 100 levels, but ${fact} is deeper, refers to itself or cannot be read` });
  }
}

function evaluate(compiled: CompiledRuleSet, facts: Facts, options: EvaluateRuleSetOptions): RuleSetResult {
  const atMs = instantToEpochMs(options.at);
  if (atMs === undefined) return failed(compiled, [], { code: 'INSTANT_INVALID', fact: 'at', message: 'Expected an ISO 8601 instant of the decision, but found none' });
  const prepared = prepareFacts(compiled, facts, atMs, options.observedAt);
  if (prepared.undeclared !== undefined) {
    return failed(compiled, [], { code: 'FACT_UNDECLARED', fact: prepared.undeclared, message: `Expected declared facts only, but ${prepared.undeclared} is none` });
  }
  if (!compiled.usesFeel) return judge(compiled, prepared, prepared.slots, options);
  try {
    return judge(compiled, prepared, [...prepared.slots, feelRun(options.at, options.zone)], options);
  } catch (error) {
    // Recognised by its code: FEEL throws nothing else for what a text or its data do.
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string' || !error.code.startsWith('FEEL_')) throw error;
    return failed(compiled, [], { code: 'FEEL_FAILED', fact: error.code, message: error.message });
  }
}

function judge(compiled: CompiledRuleSet, prepared: PreparedFacts, slots: Slots, options: EvaluateRuleSetOptions): RuleSetResult {
  const { decide } = compiled;
  const findings: Finding[] = [];
  const missing: MissingFact[] = wholeMissing(prepared);
  const explanation: RuleExplanation[] | undefined = options.explain ? [] : undefined;
  const fired: CompiledRule[] = [];
  let isOpen = false;
  let isSettled = false;
  // What is explained is tested rule by rule.
  for (const rule of (explanation ? undefined : candidates(compiled, slots)) ?? compiled.rules) {
    const truth = rule.condition.test(slots);
    explanation?.push(explain(rule, truth, slots));
    if (isSettled) continue;
    if (truth === 1) {
      if (decide) fired.push(rule);
      else findings.push(findingOf(rule, slots, rule.rule.event));
      isSettled = compiled.document.hitPolicy === 'first';
      if (isSettled && !explanation) break;
    } else if (truth === 2) {
      isOpen = true;
      addUnknowns(missing, rule.condition.unknowns(slots), prepared);
    }
  }
  const undeclared = missing.find((fact) => fact.policy === 'undeclared');
  if (undeclared) return failed(compiled, missing, undeclaredPolicy(undeclared));
  const decided = decide?.(fired, isOpen, slots, slots[compiled.inputs.length]);
  if (decided && 'code' in decided) return failed(compiled, missing, decided);
  for (const { rule, event } of decided?.kept ?? []) findings.push(findingOf(rule, slots, event));
  for (const fact of missing) {
    if (fact.policy !== 'branch') findings.push(missingFinding(fact, compiled.inputsByName.get(fact.fact)?.declaration.description));
  }
  const { key, version } = compiled.document;
  const stop = missing.some((fact) => fact.policy === 'stop');
  const plain = { ruleSet: key, version, level: strongestLevel(findings), stop, findings, missing };
  const result = decided?.outputs === undefined ? plain : { ...plain, outputs: decided.outputs };
  if (!explanation) return result;
  return { ...result, explanation: decided ? overrule(explanation, findings) : explanation };
}

function candidates({ index, rules }: CompiledRuleSet, slots: Slots): readonly CompiledRule[] | undefined {
  // The index has the places of rules.
  return index?.candidates(slots)?.map((place) => rules[place] as CompiledRule);
}

function overrule(explanation: readonly RuleExplanation[], findings: readonly Finding[]): RuleExplanation[] {
  const standing = new Set(findings.map(({ ruleId }) => ruleId));
  return explanation.map((rule) => (rule.outcome === 'fired' && !standing.has(rule.ruleId) ? { ...rule, outcome: 'overruled' } : rule));
}

function findingOf({ rule, level, gradedFrom, reads }: CompiledRule, slots: Slots, event: Rule['event']): Finding {
  const facts: Record<string, unknown> = {};
  for (const { name, index, follow } of reads) {
    const value = follow ? follow(slots[index]) : slots[index];
    facts[name] = value === undefined || typeof value === 'symbol' ? null : value;
  }
  const finding: Finding = { kind: 'rule', ruleId: rule.id, level, message: rule.message, source: rule.source, facts, event };
  return gradedFrom === undefined ? finding : { ...finding, gradedFrom };
}

function missingFinding(missing: MissingFact, description: LocalizedText | undefined): Finding {
  const name = missingFactName(missing);
  return {
    kind: 'missing',
    ruleId: `missing:${name}`,
    level: missing.policy === 'stop' ? 'UNKNOWN' : 'PHARMACIST',
    message: missingMessage(missing, description),
    facts: { [name]: null },
    event: { type: 'missing', params: { fact: missing.fact, reason: missing.reason } },
  };
}

function undeclaredPolicy({ fact, reason }: MissingFact): RuleSetFailure {
  return { code: 'MISSING_POLICY_UNDECLARED', fact, message: `Expected ${fact} or what its absence means, but it is ${reason} and nothing is declared` };
}

function explain({ rule, condition }: CompiledRule, truth: 0 | 1 | 2, slots: Slots): RuleExplanation {
  const because = condition.blame(slots);
  const outcome = truth === 1 ? 'fired' : truth === 0 ? 'notFired' : 'unknown';
  return because ? { ruleId: rule.id, outcome, because } : { ruleId: rule.id, outcome };
}

function failed({ document }: CompiledRuleSet, missing: readonly MissingFact[], failure: RuleSetFailure): RuleSetResult {
  return { ruleSet: document.key, version: document.version, level: 'UNKNOWN', stop: true, findings: [], missing, failure };
}
