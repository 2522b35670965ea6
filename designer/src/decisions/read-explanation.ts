import { isFinding, type FindingFact } from '../facts/fact-rows.ts';

/** The comparison that settled a rule. */
export interface Comparison {
  readonly fact: string;
  readonly operator: string;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly holds: boolean | 'unknown';
}

export interface RuleLine {
  readonly ruleId: string;
  readonly because?: Comparison;
}

/** A recorded explanation, sorted for reading. */
export interface Explanation {
  readonly findings: readonly FindingFact[];
  readonly fired: readonly RuleLine[];
  readonly notFired: readonly RuleLine[];
  /** Rules that could not be judged, since a fact was missing. */
  readonly undecided: readonly RuleLine[];
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function comparisonOf(value: unknown): Comparison | undefined {
  const { fact, path, operator, expected, actual, holds } = fieldsOf(value);
  if (typeof fact !== 'string' || typeof operator !== 'string') return undefined;
  return { fact: typeof path === 'string' ? `${fact}${path.replace(/^\$/, '')}` : fact, operator, expected, actual, holds: typeof holds === 'boolean' ? holds : 'unknown' };
}

/** Reads the explanation that the rule engine recorded; what is not there gives empty lists. */
export function readExplanation(explanation: unknown): Explanation {
  const { findings, explanation: rules, ruleSet } = fieldsOf(explanation);
  const lines = listOf(rules).flatMap((value): readonly (RuleLine & { readonly outcome: unknown })[] => {
    const { ruleId, outcome, because } = fieldsOf(value);
    if (typeof ruleId !== 'string') return [];
    const comparison = comparisonOf(because);
    return [{ ruleId, outcome, ...(comparison === undefined ? {} : { because: comparison }) }];
  });
  const having = (outcome: string): readonly RuleLine[] => lines.filter((line) => line.outcome === outcome).map(({ ruleId, because }) => (because === undefined ? { ruleId } : { ruleId, because }));
  return {
    findings: listOf(findings).filter(isFinding).map((finding) => (finding.ruleSet === undefined && typeof ruleSet === 'string' ? { ...finding, ruleSet } : finding)),
    fired: having('fired'),
    notFired: having('notFired'),
    undecided: having('unknown'),
  };
}
