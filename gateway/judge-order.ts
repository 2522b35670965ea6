import { signingRuleSets, type DecideInput, type Decider } from '#activities';
import type { Json, Variables } from '#engine';
import { strongestLevel, type Level, type RuleInput, type RuleSetResult } from '#rules';
import type { Finding } from './graphql/context.ts';

/** What one rule set said; `result` is absent when it could not decide. */
export interface Judgement {
  readonly ruleSet: string;
  readonly version: string;
  readonly level: Level;
  readonly findings: readonly Finding[];
  readonly result?: RuleSetResult;
  /** The facts that the rule set took, with their ages. */
  readonly facts: Variables;
  /** What the version declares; none when it could not decide. */
  readonly inputs: readonly RuleInput[];
}

/**
 * Judges gathered facts by every signing rule set in effect. Records nothing. A rule set that cannot decide counts as
 * UNKNOWN, never as no objection. `decisionIdOf` gives the id under which the caller records each rule set's decision; absent
 * where nothing is recorded.
 */
export async function judgeOrder(decider: Decider, facts: Json, at: string, decisionIdOf?: (ruleSet: string) => string): Promise<{ readonly level: Level; readonly judgements: readonly Judgement[] }> {
  const judgements = await Promise.all(signingRuleSets.map((ruleSet) => judge(decider, { ruleSet, facts: { facts }, at, ...(decisionIdOf ? { decisionId: decisionIdOf(ruleSet) } : {}) })));
  return { level: strongestLevel(judgements), judgements };
}

async function judge(decider: Decider, question: DecideInput): Promise<Judgement> {
  const { ruleSet } = question;
  const outcome = await decider.decide(question);
  if (outcome.kind === 'failed') {
    const message = { 'zh-CN': `规则集“${ruleSet}”未能判断，须由药师审核`, en: `The rule set "${ruleSet}" could not decide; a pharmacist has to` };
    return { ruleSet, version: '', level: 'UNKNOWN', facts: {}, inputs: [], findings: [{ ruleSet, ruleId: 'undecided', version: '', level: 'UNKNOWN', message, facts: {} }] };
  }
  const { result, version } = outcome;
  return {
    ruleSet,
    version,
    level: result.level,
    result,
    facts: outcome.facts,
    inputs: outcome.inputs,
    findings: result.findings.map((finding) => ({
      ruleSet,
      ruleId: finding.ruleId,
      version,
      level: finding.level,
      message: finding.message,
      facts: finding.facts as Json,
      ...(finding.source ? { source: finding.source.reference, sourceGrade: finding.source.grade } : {}),
    })),
  };
}
