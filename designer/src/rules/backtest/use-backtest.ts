import { useEffect } from 'react';
import { useQuery } from 'urql';
import { problemOf, type Problem } from '../../graphql/problem.ts';
import { backtestDocument } from './documents.ts';
import type { Backtest } from './model.ts';

const pollMs = 500;

/** One backtest, read again while it waits or runs. `backtest` is null when there is none that the viewer may see. */
export function useBacktest(id: string): { readonly backtest: Backtest | null | undefined; readonly problem: Problem | undefined; readonly again: () => void } {
  const [result, run] = useQuery({ query: backtestDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const found = result.data?.backtest;
  const backtest = found?.id === id || found === null ? found : undefined;
  const isOpen = backtest?.status === 'WAITING' || backtest?.status === 'RUNNING';
  const { fetching } = result;
  useEffect(() => {
    // An answer that failed is asked for again too: the backtest goes on without this page.
    if (!isOpen || fetching) return undefined;
    const timer = setTimeout(() => run({ requestPolicy: 'network-only' }), pollMs);
    return () => clearTimeout(timer);
  }, [isOpen, fetching, backtest, run]);
  return { backtest, problem: result.error === undefined || isOpen ? undefined : problemOf(result.error), again: () => run({ requestPolicy: 'network-only' }) };
}
