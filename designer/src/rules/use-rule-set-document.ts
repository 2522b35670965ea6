import { useQuery } from 'urql';
import { problemOf, type Problem } from '../graphql/problem.ts';
import { editedDocument, publishedDocument, reviewedDocument } from './documents.ts';
import type { RuleSetSide } from './model.ts';

export interface ReadDocument {
  /** Undefined while it is read, and when there is none. */
  readonly document: unknown;
  readonly isReading: boolean;
  readonly problem: Problem | undefined;
}

/** The document of one side of a rule set; without a side nothing is read. */
export function useRuleSetDocument(ruleSet: string, side: RuleSetSide | undefined): ReadDocument {
  const version = side !== undefined && 'version' in side ? side.version : '';
  const reviewId = side !== undefined && 'reviewId' in side ? side.reviewId : '';
  const isDraft = side !== undefined && 'draft' in side;
  const [published] = useQuery({ query: publishedDocument, variables: { key: ruleSet, version }, pause: version === '' });
  const [reviewed] = useQuery({ query: reviewedDocument, variables: { id: reviewId }, pause: reviewId === '' });
  const [edited] = useQuery({ query: editedDocument, variables: { key: ruleSet }, pause: !isDraft, requestPolicy: 'cache-and-network' });
  const result = version !== '' ? published : reviewId !== '' ? reviewed : edited;
  if (side === undefined) return { document: undefined, isReading: false, problem: undefined };
  const document = version !== '' ? published.data?.ruleSetVersion?.document : reviewId !== '' ? reviewed.data?.ruleSetReview?.document : edited.data?.ruleSet?.draft?.document;
  return { document: document ?? undefined, isReading: result.fetching && result.data === undefined, problem: result.error === undefined ? undefined : problemOf(result.error) };
}
