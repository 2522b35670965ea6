import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { useLive } from '../graphql/live.tsx';
import { useViewer } from '../session/viewer.tsx';
import { openAccessesDocument, patientAccessChangedSubscription } from './documents.ts';
import type { EmergencyAccess } from './model.ts';

/** Roles that may take emergency access; the server decides again. */
export const accessTakers: readonly string[] = ['nurse', 'head-nurse', 'doctor', 'pharmacist'];

/** An access that lasts, with its end by the clock of this device. */
export interface OpenAccess extends EmergencyAccess {
  readonly endsMs: number;
}

interface OpenAccesses {
  readonly accesses: readonly OpenAccess[];
  /** How long a new one lasts, minutes. */
  readonly minutes: number;
  readonly refresh: () => void;
}

const OpenAccessesContext = createContext<OpenAccesses>({ accesses: [], minutes: 60, refresh: () => undefined });

/** The viewer's emergency accesses that last. */
export function useOpenAccesses(): OpenAccesses {
  return useContext(OpenAccessesContext);
}

const live = { query: patientAccessChangedSubscription, field: 'patientAccessChanged', variables: {} };

/** Keeps the viewer's open accesses for all pages, up to date by the server's events. */
export function OpenAccessesProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const viewer = useViewer();
  const isTaker = viewer.roles.some((role) => accessTakers.includes(role));
  const [result, again] = useQuery({ query: openAccessesDocument, variables: {}, pause: !isTaker, requestPolicy: 'cache-and-network' });
  useLive(isTaker ? live : undefined, () => again({ requestPolicy: 'network-only' }));
  const { data } = result;
  const value = useMemo(() => {
    // The seconds left, not the instant: this device's clock may be wrong.
    const readMs = Date.now();
    return { accesses: (data?.myEmergencyAccesses ?? []).map((access) => ({ ...access, endsMs: readMs + access.secondsLeft * 1_000 })), minutes: data?.emergencyAccessMinutes ?? 60, refresh: () => again({ requestPolicy: 'network-only' }) };
  }, [data, again]);
  return <OpenAccessesContext value={value}>{children}</OpenAccessesContext>;
}
