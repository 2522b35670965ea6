/** Documents of json-rules-engine, with facts that are fetched on demand. Apart from the other activities, and never part of a workflow. */
export { isJsonRules } from './rules-document.ts';
export { runRules, type RunAlmanac, type RunRulesOptions, type RunRulesResult } from './run-rules.ts';
export type { FactRequest, FactSource, FetchedFact } from './fact-source.ts';
export type { RunFailureCode } from './run-failure.ts';
