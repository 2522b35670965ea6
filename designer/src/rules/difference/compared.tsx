import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { problemOf, type Problem } from '../../graphql/problem.ts';
import { differenceDocument, editedDocument, publishedDocument, reviewedDocument } from '../documents.ts';
import type { RuleSetSide } from '../model.ts';
import { DifferenceList } from './difference-list.tsx';

export interface ComparedProps {
  readonly ruleSet: string;
  readonly from: RuleSetSide;
  readonly to: RuleSetSide;
}

/** Asks what differs between two documents of a rule set, and shows it in words. */
export function Compared({ ruleSet, from, to }: ComparedProps): ReactNode {
  // The draft changes under its name; a version and a review never do.
  const isLasting = !('draft' in from) && !('draft' in to);
  const [result, again] = useQuery({ query: differenceDocument, variables: { key: ruleSet, from, to }, requestPolicy: isLasting ? 'cache-first' : 'cache-and-network' });
  const before = useDocument(ruleSet, from);
  const after = useDocument(ruleSet, to);
  const problem = result.error === undefined ? (before.problem ?? after.problem) : problemOf(result.error);
  if (problem !== undefined) return <ProblemNotice problem={problem} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (result.data === undefined || before.document === undefined || after.document === undefined) return <Loading rows={3} />;
  return <DifferenceList difference={result.data.ruleSetDifference} documents={{ before: before.document, after: after.document }} />;
}

/** The document of one side; its words need what the difference alone does not say: names and units. */
function useDocument(ruleSet: string, side: RuleSetSide): { readonly document?: unknown; readonly problem?: Problem } {
  const version = 'version' in side ? side.version : '';
  const reviewId = 'reviewId' in side ? side.reviewId : '';
  const [published] = useQuery({ query: publishedDocument, variables: { key: ruleSet, version }, pause: version === '' });
  const [reviewed] = useQuery({ query: reviewedDocument, variables: { id: reviewId }, pause: reviewId === '' });
  const [edited] = useQuery({ query: editedDocument, variables: { key: ruleSet }, pause: !('draft' in side), requestPolicy: 'cache-and-network' });
  const error = published.error ?? reviewed.error ?? edited.error;
  if (error !== undefined) return { problem: problemOf(error) };
  return { document: published.data?.ruleSetVersion?.document ?? reviewed.data?.ruleSetReview?.document ?? edited.data?.ruleSet?.draft?.document };
}
