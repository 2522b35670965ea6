import { z } from 'zod';
import type { CompiledRuleSet } from './compile-rule-set.ts';
import { evaluateRuleSet, type RuleSetResult } from './evaluate-rule-set.ts';
import { same } from './hit-policy.ts';
import type { Level } from './level.ts';
import type { Facts, ObservedAt } from './prepare-facts.ts';
import { levelSchema, type LocalizedText } from './rule-set.ts';

/**
 * What is to be decided about a case. `ruleIds`: every finding, in any order; `missing:<fact>` for a missing value that
 * calls for attention. `outputs` are compared only where they are given.
 */
export const ruleCaseExpectationSchema = z.strictObject({
  level: levelSchema,
  ruleIds: z.array(z.string().min(1).max(256)).max(10_000),
  outputs: z.json().optional(),
});
export type RuleCaseExpectation = z.infer<typeof ruleCaseExpectationSchema>;

/** Facts, and what is to be decided about them. */
export interface RuleCase {
  readonly id: string;
  readonly name: string;
  readonly facts: Facts;
  readonly observedAt: ObservedAt;
  /** ISO 8601 instant of the decision. */
  readonly at: string;
  readonly expected: RuleCaseExpectation;
}

/** What is to be decided about one rule, whatever the others find. `level`: that of its finding, where it is expected to fire. */
export interface RuleExpectation {
  readonly ruleId: string;
  readonly fires: boolean;
  readonly level?: Level;
}

/** A case that came with the content of a rule set. It is about one rule. */
export interface ContentCase extends Omit<RuleCase, 'expected'> {
  readonly expected: RuleExpectation;
  /** What of the facts differs from those at which nothing fires. */
  readonly changes: Facts;
}

/** One thing that came out otherwise. For `notFired` and `fired` it names the rule; for `failure` the code and fact, and the rules that violate the hit policy. */
export interface CaseDifference {
  readonly kind: 'level' | 'notFired' | 'fired' | 'outputs' | 'failure';
  readonly ruleId?: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

/** What became of one case; it passed when there is no difference. */
export interface RuleCaseResult {
  readonly case: RuleCase | ContentCase;
  readonly level: Level;
  readonly ruleIds: readonly string[];
  readonly outputs?: unknown;
  readonly differences: readonly CaseDifference[];
}

/** In how many cases a rule fired and in how many it did not. One that was overruled, or could not be judged, did neither. */
export interface RuleCoverage {
  readonly ruleId: string;
  readonly name: LocalizedText;
  readonly fired: number;
  readonly notFired: number;
}

/** Cases of one document. */
export interface RuleCaseRun {
  readonly results: readonly RuleCaseResult[];
  /** Every rule, in the document's order. */
  readonly coverage: readonly RuleCoverage[];
}

/** A run under way: cases are judged one by one, so that a server can give others their turn. */
export interface RuleCaseRunner {
  /** Judges one case and compares. A failed evaluation is a difference. */
  run(each: RuleCase | ContentCase): RuleCaseResult;
  /** Of the cases run so far. */
  coverage(): readonly RuleCoverage[];
}

/** Begins a run of cases under the compiled document. Reads no clock: the same cases give the same results. */
export function createRuleCaseRunner(compiled: CompiledRuleSet): RuleCaseRunner {
  const counts = new Map(compiled.document.rules.map(({ id }) => [id, { fired: 0, notFired: 0 }]));
  return {
    run(each) {
      const result = evaluateRuleSet(compiled, each.facts, { at: each.at, observedAt: each.observedAt, explain: true });
      for (const { ruleId, outcome } of result.explanation ?? []) {
        const count = counts.get(ruleId);
        if (count && outcome === 'fired') count.fired += 1;
        if (count && outcome === 'notFired') count.notFired += 1;
      }
      const ruleIds = result.findings.map(({ ruleId }) => ruleId);
      return { case: each, level: result.level, ruleIds, ...(result.outputs === undefined ? {} : { outputs: result.outputs }), differences: differencesOf(each.expected, result, ruleIds) };
    },
    coverage: () => compiled.document.rules.map(({ id, name }) => ({ ruleId: id, name, ...(counts.get(id) ?? { fired: 0, notFired: 0 }) })),
  };
}

/** Judges every case by the compiled document, and compares. Pure. */
export function runRuleCases(compiled: CompiledRuleSet, cases: readonly (RuleCase | ContentCase)[]): RuleCaseRun {
  const runner = createRuleCaseRunner(compiled);
  return { results: cases.map(runner.run), coverage: runner.coverage() };
}

function differencesOf(expected: RuleCaseExpectation | RuleExpectation, result: RuleSetResult, ruleIds: readonly string[]): readonly CaseDifference[] {
  if (result.failure) return [{ kind: 'failure', ...(expected.level === undefined ? {} : { expected: expected.level }), actual: [result.failure.code, result.failure.fact, ...(result.failure.rules ?? [])].join(' ') }];
  if ('ruleId' in expected) return differencesOfRule(expected, result);
  return [
    ...(expected.level === result.level ? [] : [{ kind: 'level' as const, expected: expected.level, actual: result.level }]),
    ...expected.ruleIds.filter((ruleId) => !ruleIds.includes(ruleId)).map((ruleId) => ({ kind: 'notFired' as const, ruleId })),
    ...ruleIds.filter((ruleId) => !expected.ruleIds.includes(ruleId)).map((ruleId) => ({ kind: 'fired' as const, ruleId })),
    ...(expected.outputs === undefined || same(expected.outputs, result.outputs ?? null) ? [] : [{ kind: 'outputs' as const, expected: expected.outputs, actual: result.outputs ?? null }]),
  ];
}

function differencesOfRule({ ruleId, fires, level }: RuleExpectation, { findings }: RuleSetResult): readonly CaseDifference[] {
  const finding = findings.find((each) => each.ruleId === ruleId);
  if (!finding) return fires ? [{ kind: 'notFired', ruleId }] : [];
  if (!fires) return [{ kind: 'fired', ruleId }];
  return level === undefined || finding.level === level ? [] : [{ kind: 'level', ruleId, expected: level, actual: finding.level }];
}
