import { parseDefinition, type ProcessDefinition } from '../definition/index.ts';
import type { ProcessBundle } from '../plan.ts';
import { clinicalFindings, type ClinicalKnowledge } from './clinical.ts';
import { connectionFindings } from './connections.ts';
import { dataFindings } from './data/data.ts';
import type { CheckFinding } from './finding.ts';
import { soundnessFindings, type ExplorationBudget } from './soundness/soundness.ts';
import { structureFindings } from './structure.ts';

/** What a check depends on beside the definition. */
export interface CheckOptions {
  /** Explores every run, so far; left out, no run is explored. */
  readonly exploration?: ExplorationBudget;
  /** Asks also what experience in hospitals asks. */
  readonly clinical?: ClinicalKnowledge;
  /** The definition with its rule sets, for scripts whose decisions are taken in place. */
  readonly bundle?: ProcessBundle;
  /** Processes that it may call: asked what becomes of their effects when a call is undone. */
  readonly called?: readonly ProcessDefinition[];
}

/**
 * What is wrong, or doubtful, with a definition: its JSON form, its references, its flows, its expressions and, with a
 * budget, its runs. Pure: the same in the browser, in a web worker and on the command line.
 */
export function check(definition: ProcessDefinition, options: CheckOptions = {}): readonly CheckFinding[] {
  const parsed = parseDefinition(definition);
  if (!parsed.ok) return parsed.findings;
  const structure = structureFindings(parsed.definition);
  if (structure.some(({ severity }) => severity === 'error')) return structure;
  const quick = [...structure, ...connectionFindings(parsed.definition), ...dataFindings(parsed.definition), ...(options.clinical ? clinicalFindings(parsed.definition, options.clinical, options.called) : [])];
  return options.exploration ? [...quick, ...soundnessFindings(parsed.definition, options.exploration, options.bundle ?? parsed.definition)] : quick;
}
