import { compileRuleSet, createRuleCaseRunner, type CompiledRuleSet, type RuleCaseResult, type RuleCoverage, type RuleSetDocument } from '#rules';
import { contentState, runnableContentCase, type ContentRow, type GivenContentCase } from './content-case.ts';
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

/** What became of the cases of a rule set. */
export interface AllCasesRun {
  /** Of the saved cases, in their order. */
  readonly results: readonly RuleCaseResult[];
  readonly content: readonly ContentRow[];
  readonly coverage: readonly RuleCoverage[];
  /** Of the cases that count: saved ones, and those of the content that were not set aside. */
  readonly count: number;
  readonly failed: number;
}

/** Every saved case and every case of the content under the compiled document, as the gateway runs them before a review. */
export function runAllCases(compiled: CompiledRuleSet, saved: readonly SavedCase[], given: readonly GivenContentCase[]): AllCasesRun {
  // What was set aside is shown with what comes of it, but tries no rule.
  const [runner, aside] = [createRuleCaseRunner(compiled), createRuleCaseRunner(compiled)];
  const content = given.map((each): ContentRow => ({ each, result: (each.isSuperseded ? aside : runner).run(runnableContentCase(each)) }));
  const results = saved.map((each) => runner.run(runnableCase(each)));
  return {
    results, content, coverage: runner.coverage(),
    count: saved.length + content.filter((row) => contentState(row) !== 'aside').length,
    failed: results.filter(({ differences }) => differences.length > 0).length + content.filter((row) => contentState(row) === 'failed').length,
  };
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
