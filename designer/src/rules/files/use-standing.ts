import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { problemOf, type Problem } from '../../graphql/problem.ts';
import { standingDocument } from './documents.ts';
import type { StandingRuleSet } from './model.ts';
import { keyProblem } from './rule-set-key.ts';

export interface Standing {
  /** Null when nothing has the key; undefined while that is not known. */
  readonly ruleSet: StandingRuleSet | null | undefined;
  readonly problem: Problem | undefined;
  readonly again: () => void;
}

/** Keys are asked for once typing rests. */
const restMs = 300;

/** What stands under a key that is being written. */
export function useStanding(key: string): Standing {
  const [asked, setAsked] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(key), restMs);
    return () => clearTimeout(timer);
  }, [key]);
  const isPaused = keyProblem(asked) !== undefined;
  const [result, again] = useQuery({ query: standingDocument, variables: { key: asked }, requestPolicy: 'network-only', pause: isPaused });
  const isKnown = asked === key && !isPaused && !result.fetching && result.data !== undefined;
  return {
    ruleSet: isKnown ? result.data?.ruleSet : undefined,
    problem: result.error === undefined ? undefined : problemOf(result.error),
    again: () => again({ requestPolicy: 'network-only' }),
  };
}
