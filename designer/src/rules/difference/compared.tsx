import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { problemOf } from '../../graphql/problem.ts';
import { differenceDocument } from '../documents.ts';
import type { RuleSetSide } from '../model.ts';
import { useRuleSetDocument } from '../use-rule-set-document.ts';
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
  // The words need what the difference alone does not say: names and units.
  const before = useRuleSetDocument(ruleSet, from);
  const after = useRuleSetDocument(ruleSet, to);
  const problem = result.error === undefined ? (before.problem ?? after.problem) : problemOf(result.error);
  if (problem !== undefined) return <ProblemNotice problem={problem} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (result.data === undefined || before.document === undefined || after.document === undefined) return <Loading rows={3} />;
  return <DifferenceList difference={result.data.ruleSetDifference} documents={{ before: before.document, after: after.document }} />;
}
