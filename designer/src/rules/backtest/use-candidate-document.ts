import type { RuleSetDetail } from '../model.ts';
import { useRuleSetDocument } from '../use-rule-set-document.ts';
import { sideOfCandidate, type Candidate } from './candidate.ts';

export interface CandidateDocument {
  /** What was tried; undefined for a draft that is no more. */
  readonly document: unknown;
  /** A document that names rules and inputs. */
  readonly names: unknown;
  readonly isReading: boolean;
}

/** The document of what was tried. The names of a draft that is no more are those of the version in effect, as far as it has the rules. */
export function useCandidateDocument({ key, inEffect }: Pick<RuleSetDetail, 'key' | 'inEffect'>, candidate: Candidate): CandidateDocument {
  const side = sideOfCandidate(candidate);
  const tried = useRuleSetDocument(key, side);
  const current = useRuleSetDocument(key, side === undefined && inEffect !== null ? { version: inEffect.version } : undefined);
  return { document: tried.document, names: tried.document ?? current.document, isReading: tried.isReading || current.isReading };
}
