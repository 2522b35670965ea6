import { isFinding, type FindingFact } from '../facts/fact-rows.ts';

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});

/** The findings of a recorded explanation, each with its rule set; none where there are none to read. */
export function recordedFindings(explanation: unknown): readonly FindingFact[] {
  const { findings, ruleSet } = fieldsOf(explanation);
  return (Array.isArray(findings) ? findings : []).filter(isFinding).map((finding) => (finding.ruleSet === undefined && typeof ruleSet === 'string' ? { ...finding, ruleSet } : finding));
}
