import { useMachine } from '@xstate/react';
import { useEffect, useMemo, useState } from 'react';
import { useClient } from 'urql';
import { fromPromise } from 'xstate';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import { BedsideServer, type BedsideSetting } from './bedside-server.ts';
import { scanMachine } from './scan-machine.ts';
import { signalMatch, signalMismatch } from './signals.ts';

/** The scan's life cycle, bound to the server and to sound and vibration. */
export function useBedside(wantedTaskId: string | undefined) {
  const client = useClient();
  const viewer = useViewer();
  const { t } = useText();
  const setting: BedsideSetting = useMemo(
    () => ({
      client,
      viewerId: viewer.id,
      now: () => new Date(),
      manualNote: (step, reason) => t('bedside.manual.note', { step: t(`bedside.step.${step}`), reason: t(`bedside.manual.reason.${reason}`) }),
      reportReason: (code) => t('bedside.reportReason', { code }),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    }),
    [client, viewer.id, t],
  );
  const [machine] = useState(() => {
    const server = new BedsideServer(setting);
    return scanMachine.provide({
      actors: {
        checkPatient: fromPromise(({ input }) => server.checkPatient(input)),
        checkDrug: fromPromise(({ input }) => server.checkDrug(input)),
        submit: fromPromise(({ input }) => server.submit(input)),
        processed: fromPromise(({ input, signal }) => server.processed(input, signal)),
        report: fromPromise(({ input }) => server.report(input)),
      },
    });
  });
  const [state, send] = useMachine(machine, { input: { wantedTaskId } });
  const { value } = state;
  const troubled = state.context.trouble !== undefined;
  useEffect(() => {
    if (value === 'mismatch' || troubled) signalMismatch();
    else if (value === 'awaitingDrug' || value === 'confirming' || value === 'submitted') signalMatch();
  }, [value, troubled]);
  return { state, send };
}
