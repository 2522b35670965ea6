import * as fc from 'fast-check';
import { compileRuleSet, evaluateRuleSet, type Facts, type RuleSetDocument } from '#rules';
import { createOracle, oracleEvents, sortWithinPriority } from './oracle.ts';
import { randomCase } from './random-case.ts';

/** A case that the compiled rule set and json-rules-engine judge differently. */
export interface Difference {
  readonly document: RuleSetDocument;
  readonly facts: Facts;
  readonly compiled: readonly string[];
  readonly oracle: readonly string[];
}

export const at = '2026-11-23T08:00:00.000Z';

/** The event types that the compiled rule set fires, ordered like the oracle's. */
export function compiledEvents(document: RuleSetDocument, facts: Facts): readonly string[] {
  const result = evaluateRuleSet(compileRuleSet(document), facts, { at });
  if (result.failure) return [`failure ${result.failure.code} ${result.failure.fact}`];
  return sortWithinPriority(document, result.findings.map((finding) => finding.event.type));
}

/** Judges `cases` random cases both ways, four sets of facts a rule set. Deterministic for a seed. */
export async function findDifferences(cases: number, seed: number): Promise<{ readonly cases: number; readonly fired: number; readonly differences: readonly Difference[] }> {
  const factSets = 4;
  const differences: Difference[] = [];
  let judged = 0;
  let fired = 0;
  await fc.assert(
    fc.asyncProperty(randomCase(factSets), async ({ document, facts }) => {
      const engine = createOracle(document);
      for (const set of facts) {
        const compiled = compiledEvents(document, set);
        const oracle = await oracleEvents(engine, document, set);
        judged += 1;
        fired += oracle.length;
        if (compiled.join() !== oracle.join()) differences.push({ document, facts: set, compiled, oracle });
      }
    }),
    { seed, numRuns: Math.ceil(cases / factSets), endOnFailure: true },
  );
  return { cases: judged, fired, differences };
}
