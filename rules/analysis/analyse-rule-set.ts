import { same } from '../hit-policy.ts';
import { checkRuleSet } from '../check-rule-set.ts';
import type { Rule, RuleSetDocument } from '../index.ts';
import type { RuleSetFinding } from '../rule-set-error.ts';
import { boxesOf, type AnalysedColumn, type RuleBox } from './rule-box.ts';
import { uncovered, type Budget } from './uncovered.ts';
import { includes, intersect, overlaps } from './value-classes.ts';

/** Something that the owner of a rule set should look at. `example` are values by column name that show it. */
export type AnalysisFinding =
  /** No rule fires for the example. Only where the policy wants one. */
  | { readonly kind: 'gap'; readonly rules: readonly []; readonly example: Example }
  /** Both rules fire for the example, which `unique` forbids, and `any` where they differ. */
  | { readonly kind: 'overlap'; readonly rules: readonly [string, string]; readonly example: Example }
  /** Its condition holds for no value. */
  | { readonly kind: 'neverHolds'; readonly rules: readonly [string] }
  /** Whenever it fires, another of `by` is taken before it. */
  | { readonly kind: 'unreachable'; readonly rules: readonly [string]; readonly by: readonly string[] }
  /** Both always fire together and say the same. */
  | { readonly kind: 'sameAs'; readonly rules: readonly [string, string] };

export type Example = Readonly<Record<string, unknown>>;

/** What an analysis found, and what it could not say. */
export interface RuleSetAnalysis {
  /** What keeps the document from being evaluated; nothing else is analysed then. */
  readonly errors: readonly RuleSetFinding[];
  readonly findings: readonly AnalysisFinding[];
  /** Rules of which a part was not read (`because` names it): they are taken to fire at most where the rest allows it. */
  readonly notAnalysed: readonly { readonly ruleId: string; readonly because: string }[];
  /** False when the budget ended, or the list of findings is full: there may be more. */
  readonly isComplete: boolean;
}

/** How much an analysis may do: rules looked at, gaps and overlaps reported. */
export interface AnalysisLimits {
  readonly budget?: number;
  readonly maximumGaps?: number;
  readonly maximumOverlaps?: number;
}

/**
 * Gaps, overlaps, rules that cannot decide anything and rules that say the same, over the columns of the document. Missing values are
 * not judged: their policies answer them. Pure; a few milliseconds for a table of a screen, bounded for any other.
 */
export function analyseRuleSet(document: RuleSetDocument, { budget: allowed = 2_000_000, maximumGaps = 20, maximumOverlaps = 200 }: AnalysisLimits = {}): RuleSetAnalysis {
  const errors = checkRuleSet(document);
  if (errors.length > 0) return { errors, findings: [], notAnalysed: [], isComplete: false };
  const { columns, boxes } = boxesOf(document);
  const policy = document.hitPolicy ?? 'collect';
  const budget: Budget = { left: allowed };
  const findings: AnalysisFinding[] = [];
  const possible = boxes.filter((box) => {
    const isPossible = box.ranges.every((ranges) => ranges === undefined || ranges.length > 0);
    if (!isPossible) findings.push({ kind: 'neverHolds', rules: [box.rule.id] });
    return isPossible;
  });
  let isComplete = pairs(possible, policy, columns, maximumOverlaps, budget, findings);
  if (policy === 'first' || policy === 'priority') isComplete = unreachable(possible, document, columns, budget, findings) && isComplete;
  if (policy !== 'collect') {
    const gaps = uncovered(columns.map(({ classes }) => classes.count), columns.map(() => undefined), possible.map(({ ranges }) => ranges), maximumGaps, budget);
    for (const at of gaps ?? []) findings.push({ kind: 'gap', rules: [], example: exampleAt(columns, at) });
    isComplete = isComplete && gaps !== undefined && gaps.length < maximumGaps;
  }
  return { errors, findings, notAnalysed: boxes.flatMap(({ rule, inexact }) => (inexact === undefined ? [] : [{ ruleId: rule.id, because: inexact }])), isComplete };
}

function exampleAt(columns: readonly AnalysedColumn[], at: readonly number[]): Example {
  return Object.fromEntries(columns.map(({ name, classes }, place) => [name, classes.example(at[place] ?? 0)]));
}

/** Overlaps and equal rules, pair by pair. Only rules that were read whole are certain to fire. False when there may be more. */
function pairs(boxes: readonly RuleBox[], policy: NonNullable<RuleSetDocument['hitPolicy']>, columns: readonly AnalysedColumn[], maximum: number, budget: Budget, findings: AnalysisFinding[]): boolean {
  const exact = boxes.filter(({ inexact }) => inexact === undefined);
  let found = 0;
  for (let index = 0; index < exact.length; index += 1) {
    const left = exact[index] as RuleBox;
    budget.left -= exact.length - index;
    if (budget.left < 0) return false;
    for (let next = index + 1; next < exact.length; next += 1) {
      const right = exact[next] as RuleBox;
      if (!meet(left, right)) continue;
      if (isSame(left, right)) findings.push({ kind: 'sameAs', rules: [left.rule.id, right.rule.id] });
      else if (policy !== 'unique' && (policy !== 'any' || saysSame(left.rule, right.rule))) continue;
      else {
        const at = columns.map((column, place) => intersect(left.ranges[place] ?? column.classes.all, right.ranges[place] ?? column.classes.all)[0]?.[0] ?? 0);
        findings.push({ kind: 'overlap', rules: [left.rule.id, right.rule.id], example: exampleAt(columns, at) });
      }
      found += 1;
      if (found >= maximum) return false;
    }
  }
  return true;
}

function meet(left: RuleBox, right: RuleBox): boolean {
  for (let place = 0; place < left.ranges.length; place += 1) {
    const [one, other] = [left.ranges[place], right.ranges[place]];
    if (one && other && !overlaps(one, other)) return false;
  }
  return true;
}

function isSame(left: RuleBox, right: RuleBox): boolean {
  return saysSame(left.rule, right.rule) && left.rule.level === right.rule.level && (left.rule.priority ?? 1) === (right.rule.priority ?? 1) && same(left.ranges, right.ranges);
}

function saysSame(left: Rule, right: Rule): boolean {
  return same(left.event.params ?? {}, right.event.params ?? {});
}

/** Rules that are always overruled by rules read whole. False when the budget ended first. */
function unreachable(boxes: readonly RuleBox[], document: RuleSetDocument, columns: readonly AnalysedColumn[], budget: Budget, findings: AnalysisFinding[]): boolean {
  const counts = columns.map(({ classes }) => classes.count);
  const stronger = overruling(document);
  for (const box of boxes) {
    const others = boxes.filter((other) => other !== box && other.inexact === undefined && meet(other, box) && stronger(other.rule, box.rule));
    budget.left -= boxes.length;
    if (budget.left < 0) return false;
    const [whole] = others.filter((other) => other.ranges.every((ranges, place) => ranges === undefined || includes(ranges, box.ranges[place] ?? columns[place]?.classes.all ?? [])));
    if (whole) {
      findings.push({ kind: 'unreachable', rules: [box.rule.id], by: [whole.rule.id] });
      continue;
    }
    if (others.length < 2) continue;
    const left = uncovered(counts, box.ranges, others.map(({ ranges }) => ranges), 1, budget);
    if (!left) return false;
    if (left.length === 0) findings.push({ kind: 'unreachable', rules: [box.rule.id], by: others.map(({ rule }) => rule.id) });
  }
  return true;
}

/** Whether one rule is taken before another when both fire. */
function overruling({ rules, hitPolicy, outputs }: RuleSetDocument): (one: Rule, other: Rule) => boolean {
  const place = new Map(rules.toSorted((left, right) => (right.priority ?? 1) - (left.priority ?? 1)).map(({ id }, index) => [id, index]));
  const isEarlier = (one: Rule, other: Rule): boolean => (place.get(one.id) ?? 0) < (place.get(other.id) ?? 0);
  if (hitPolicy === 'first') return isEarlier;
  const ranks = (rule: Rule): readonly (number | undefined)[] =>
    outputs.map(({ name, allowedValues = [] }) => {
      const value = rule.event.params?.[name] ?? null;
      if (typeof value === 'object' && value !== null) return undefined;
      const index = allowedValues.findIndex((allowed) => allowed === value);
      return index < 0 ? allowedValues.length : index;
    });
  return (one, other) => {
    const [left, right] = [ranks(one), ranks(other)];
    for (const [index, rank] of left.entries()) {
      const against = right[index];
      // A computed output is known only when it is worked out.
      if (rank === undefined || against === undefined) return false;
      if (rank !== against) return rank < against;
    }
    return isEarlier(one, other);
  };
}
