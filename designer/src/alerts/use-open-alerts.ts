import { useEffect } from 'react';
import { useQuery } from 'urql';
import { openAlertCountDocument } from './documents.ts';

const everyMs = 15_000;

/** How many alerts nobody has acknowledged yet; 0 for who gets none, and until it is known. */
export function useOpenAlerts(getsAlerts: boolean): number {
  const [result, again] = useQuery({ query: openAlertCountDocument, variables: {}, pause: !getsAlerts, requestPolicy: 'cache-and-network' });
  useEffect(() => {
    if (!getsAlerts) return undefined;
    const timer = setInterval(() => again({ requestPolicy: 'network-only' }), everyMs);
    return () => clearInterval(timer);
  }, [getsAlerts, again]);
  return getsAlerts ? (result.data?.alerts.totalCount ?? 0) : 0;
}
