import { useEffect } from 'react';
import { useQuery } from 'urql';
import { useViewer } from '../session/viewer.tsx';
import { licenceCountsDocument, type LicenceCounts } from './documents.ts';

const everyMs = 5 * 60_000;

/** Who acts on them: records the renewal, or ends the role. The gateway decides again. */
const actors = 'security-administrator';

/** How many licences have ended or end soon, kept fresh for those who act on it; undefined for the others. */
export function useLicenceCounts(): LicenceCounts | undefined {
  const isActor = useViewer().roles.includes(actors);
  const [result, again] = useQuery({ query: licenceCountsDocument, variables: {}, pause: !isActor, requestPolicy: 'cache-and-network' });
  useEffect(() => {
    if (!isActor) return undefined;
    const timer = setInterval(() => again({ requestPolicy: 'network-only' }), everyMs);
    return () => clearInterval(timer);
  }, [again, isActor]);
  return isActor ? result.data?.endingLicences : undefined;
}

/** Those that have ended or end within a week: what cannot wait. */
export function pressing({ ended, within7Days }: Pick<LicenceCounts, 'ended' | 'within7Days'>): number {
  return ended + within7Days;
}
