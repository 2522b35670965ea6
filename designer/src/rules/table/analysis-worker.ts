import type { RuleSetDocument } from '#rules';
import { analyseRuleSet, type RuleSetAnalysis } from '#rule-table';

/** A document to look through; the answer has its number. */
export interface AnalysisRequest {
  readonly number: number;
  readonly document: RuleSetDocument;
}

export interface AnalysisAnswer {
  readonly number: number;
  readonly analysis: RuleSetAnalysis;
}

// In a worker this is its own global, which posts without a target.
const worker = globalThis as unknown as { onmessage: (event: MessageEvent<AnalysisRequest>) => void; postMessage: (answer: AnalysisAnswer) => void };

worker.onmessage = ({ data: { number, document } }) => worker.postMessage({ number, analysis: analyseRuleSet(document) });
