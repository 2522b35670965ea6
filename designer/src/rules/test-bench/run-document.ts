import { compileRuleSet, runRuleCases, type CompiledRuleSet, type RuleCaseRun, type RuleCoverage, type RuleSetDocument } from '#rules';
import { runnableCase, type SavedCase } from './model.ts';

/** A document that can be tried, or how many errors keep it from that. */
export type Tried = { readonly kind: 'compiled'; readonly compiled: CompiledRuleSet } | { readonly kind: 'invalid'; readonly findings: number };

/** Compiles a document that may be half written. */
export function tryDocument(document: unknown): Tried {
  try {
    // Checked by compileRuleSet, whatever it is.
    return { kind: 'compiled', compiled: compileRuleSet(document as RuleSetDocument) };
  } catch (error) {
    // Recognised by its code: nothing else is thrown for what is written in a document.
    if (!(error instanceof Error) || !('findings' in error) || !Array.isArray(error.findings)) throw error;
    return { kind: 'invalid', findings: error.findings.length };
  }
}

/** Every saved case under the compiled document, as the gateway runs them before a review. */
export function runSavedCases(compiled: CompiledRuleSet, cases: readonly SavedCase[]): RuleCaseRun {
  return runRuleCases(compiled, cases.map(runnableCase));
}

/** How far the cases try a rule. */
export type Coverage = 'covered' | 'onlyFired' | 'onlyNotFired' | 'untested';

/** Covered: it fired in a case and did not in another one. */
export function coverageOf({ fired, notFired }: Pick<RuleCoverage, 'fired' | 'notFired'>): Coverage {
  if (fired > 0) return notFired > 0 ? 'covered' : 'onlyFired';
  return notFired > 0 ? 'onlyNotFired' : 'untested';
}

const order: readonly Coverage[] = ['untested', 'onlyNotFired', 'onlyFired', 'covered'];

/** The rules that no case tries first; else in the document's order. */
export function untriedFirst(coverage: readonly RuleCoverage[]): readonly RuleCoverage[] {
  return [...coverage].sort((a, b) => order.indexOf(coverageOf(a)) - order.indexOf(coverageOf(b)));
}
