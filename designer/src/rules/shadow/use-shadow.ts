import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { problemOf, type Problem } from '../../graphql/problem.ts';
import { shadowDocument } from './documents.ts';
import type { Shadow } from './model.ts';

/** What it counted is written each second. */
const pollMs = 2_000;

/** One shadow, read again while it runs; what was read stays while a newer reading fails. `shadow` is null when there is none with this id. */
export function useShadow(id: string): { readonly shadow: Shadow | null | undefined; readonly problem: Problem | undefined; readonly again: () => void } {
  const [result, run] = useQuery({ query: shadowDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const [seen, setSeen] = useState<Shadow | null | undefined>();
  const current = result.data?.ruleShadow;
  if (current !== undefined && current !== seen) setSeen(current);
  const shadow = current ?? seen;
  const isRunning = shadow?.isRunning === true;
  const { fetching, error } = result;
  useEffect(() => {
    if (!isRunning || fetching) return undefined;
    const timer = setTimeout(() => run({ requestPolicy: 'network-only' }), pollMs);
    return () => clearTimeout(timer);
  }, [isRunning, fetching, current, run]);
  return { shadow, problem: error === undefined ? undefined : problemOf(error), again: () => run({ requestPolicy: 'network-only' }) };
}
