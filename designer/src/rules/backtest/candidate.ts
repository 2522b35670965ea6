import type { RuleSetDetail, RuleSetSide } from '../model.ts';
import type { BacktestRow } from './model.ts';

/** What was run, as it stands now. `earlierDraft`: a draft that has been changed or discarded since. */
export type Candidate = { readonly kind: 'version'; readonly version: string } | { readonly kind: 'review'; readonly version: string; readonly reviewId: string } | { readonly kind: 'draft' } | { readonly kind: 'earlierDraft' };

/** Finds the document of a backtest by its hash: a name may stand for another document by now. */
export function candidateOf({ candidate, hash }: Pick<BacktestRow, 'candidate' | 'hash'>, ruleSet: Pick<RuleSetDetail, 'versions' | 'reviews'>, draftHash: string | undefined): Candidate {
  if (candidate.startsWith('#')) return hash === draftHash ? { kind: 'draft' } : { kind: 'earlierDraft' };
  if (ruleSet.versions.some((each) => each.version === candidate && each.hash === hash)) return { kind: 'version', version: candidate };
  const review = ruleSet.reviews.find((each) => each.hash === hash);
  return review === undefined ? { kind: 'version', version: candidate } : { kind: 'review', version: candidate, reviewId: review.id };
}

/** Where the document of a candidate can be read; undefined for a draft that is no more. */
export function sideOfCandidate(candidate: Candidate): RuleSetSide | undefined {
  switch (candidate.kind) {
    case 'version':
      return { version: candidate.version };
    case 'review':
      return { reviewId: candidate.reviewId };
    case 'draft':
      return { draft: true };
    case 'earlierDraft':
      return undefined;
  }
}
