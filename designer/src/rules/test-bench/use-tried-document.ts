import { useMemo } from 'react';
import { useQuery } from 'urql';
import { problemOf, type Problem } from '../../graphql/problem.ts';
import { publishedDocument, reviewedDocument } from '../documents.ts';
import type { DraftEditing } from '../edit/use-draft-editing.ts';
import type { RuleSetDetail } from '../model.ts';
import { tryDocument, type Tried } from './run-document.ts';

/** What cases can be run against. */
export type TriedSide = 'draft' | 'review' | 'inEffect';

/** The documents that are there now; what is being changed first. */
export function triedSides({ draft, review, inEffect }: Pick<RuleSetDetail, 'draft' | 'review' | 'inEffect'>, isDirty: boolean): readonly TriedSide[] {
  const isThere: Readonly<Record<TriedSide, boolean>> = { review: review !== null, draft: review === null && (draft !== null || isDirty), inEffect: inEffect !== null };
  return (['review', 'draft', 'inEffect'] as const).filter((side) => isThere[side]);
}

export interface TriedDocument {
  /** Undefined while it is read. */
  readonly tried: Tried | undefined;
  readonly problem: Problem | undefined;
}

/** The document of a side, compiled; the draft with what is unsaved on this page. */
export function useTriedDocument(ruleSet: RuleSetDetail, side: TriedSide | undefined, editing: DraftEditing): TriedDocument {
  const version = side === 'inEffect' ? (ruleSet.inEffect?.version ?? '') : '';
  const reviewId = side === 'review' ? (ruleSet.review?.id ?? '') : '';
  const [published] = useQuery({ query: publishedDocument, variables: { key: ruleSet.key, version }, pause: version === '' });
  const [reviewed] = useQuery({ query: reviewedDocument, variables: { id: reviewId }, pause: reviewId === '' });
  const document = side === 'draft' ? (editing.document ?? editing.loaded) : side === 'review' ? reviewed.data?.ruleSetReview?.document : side === 'inEffect' ? published.data?.ruleSetVersion?.document : undefined;
  const tried = useMemo(() => (document === undefined || document === null ? undefined : tryDocument(document)), [document]);
  const error = side === 'review' ? reviewed.error : side === 'inEffect' ? published.error : undefined;
  return { tried, problem: error === undefined ? (side === 'draft' && document === undefined ? editing.problem : undefined) : problemOf(error) };
}
