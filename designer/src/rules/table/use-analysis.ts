import { useEffect, useRef, useState } from 'react';
import type { RuleSetDocument } from '#rules';
import type { RuleSetAnalysis } from '#rule-table';
import type { AnalysisAnswer, AnalysisRequest } from './analysis-worker.ts';

/** What is known about the document: the last analysis, and whether it is of the document as it is now. */
export interface Analysis {
  readonly analysis: RuleSetAnalysis | undefined;
  readonly state: 'waiting' | 'done' | 'failed';
}

/** The document is looked through when nothing was changed for so long. */
const afterMs = 500;

/** Looks for gaps, overlaps and unreachable rules in a worker, so that typing never waits for it. */
export function useAnalysis(document: RuleSetDocument): Analysis {
  const [known, setKnown] = useState<{ readonly of: RuleSetDocument; readonly analysis: RuleSetAnalysis } | undefined>();
  const [hasFailed, setHasFailed] = useState(false);
  const worker = useRef<Worker | undefined>(undefined);
  const number = useRef(0);

  useEffect(() => () => worker.current?.terminate(), []);

  useEffect(() => {
    const timer = setTimeout(() => {
      number.current += 1;
      const asked = number.current;
      worker.current ??= new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module' });
      worker.current.onmessage = ({ data }: MessageEvent<AnalysisAnswer>) => {
        // An older document was overtaken by what was written since.
        if (data.number === number.current) setKnown({ of: document, analysis: data.analysis });
      };
      worker.current.onerror = () => setHasFailed(true);
      worker.current.postMessage({ number: asked, document } satisfies AnalysisRequest);
    }, afterMs);
    return () => clearTimeout(timer);
  }, [document]);

  return { analysis: known?.analysis, state: hasFailed ? 'failed' : known?.of === document ? 'done' : 'waiting' };
}
