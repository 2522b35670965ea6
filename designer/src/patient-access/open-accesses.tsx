import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { refreshQueries } from '../graphql/active-queries.ts';
import { useLive } from '../graphql/live.tsx';
import { useSettled } from '../graphql/use-settled.ts';
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

/** Changes come in bursts: pages are asked once for all of them. */
const settleMs = 100;

const live = { query: patientAccessChangedSubscription, field: 'patientAccessChanged', variables: {} };

/** Keeps the viewer's open accesses for all pages, up to date by the server's events. */
export function OpenAccessesProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const viewer = useViewer();
  const isTaker = viewer.roles.some((role) => accessTakers.includes(role));
  const client = useClient();
  const [read, setRead] = useState<Omit<OpenAccesses, 'refresh'>>({ accesses: [], minutes: 60 });
  const [round, setRound] = useState(0);
  const refresh = useCallback(() => setRound((before) => before + 1), []);
  useEffect(() => {
    if (!isTaker) return undefined;
    let isOld = false;
    void client
      .query(openAccessesDocument, {}, { requestPolicy: 'network-only' })
      .toPromise()
      .then(({ data }) => {
        if (isOld || data === undefined) return;
        // The seconds left, not the instant: this device's clock may be wrong.
        const readMs = Date.now();
        setRead({ accesses: data.myEmergencyAccesses.map((access) => ({ ...access, endsMs: readMs + access.secondsLeft * 1_000 })), minutes: data.emergencyAccessMinutes });
      });
    return () => {
      isOld = true;
    };
  }, [client, isTaker, round]);
  // What a page shows of a patient may be more than its reader may see from now on.
  const refreshPages = useSettled(settleMs, () => refreshQueries(client));
  useLive(isTaker ? live : undefined, () => {
    refresh();
    refreshPages();
  });
  const value = useMemo(() => ({ ...read, refresh }), [read, refresh]);
  return <OpenAccessesContext value={value}>{children}</OpenAccessesContext>;
}
