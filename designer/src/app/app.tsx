import { ConfigProvider } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { RouterProvider } from 'react-router';
import { Provider as GraphqlProvider } from 'urql';
import { createGraphqlClient } from '../graphql/client.ts';
import { ConnectionMonitor } from '../graphql/connection-state.ts';
import { ConnectionMonitorContext } from '../graphql/live.tsx';
import { useText } from '../i18n/use-text.ts';
import { SessionGate, SessionGateContext } from '../session/session-gate.ts';
import { Reauthentication } from '../session/reauthentication-dialog.tsx';
import { SignInAgain } from '../session/sign-in-again.tsx';
import { antdLocales } from './antd-locales.ts';
import { InstallationProvider } from './installation.tsx';
import { keepFocus } from './keep-focus.ts';
import { useIsNarrow, useMedia } from './media.ts';
import { router } from './routes.tsx';
import { themeFor } from './theme.ts';

/** A session that may do nothing before a second factor is there: to the page that brings one, and back. */
function onFactorMissing(): void {
  if (window.location.pathname.startsWith('/login')) return;
  void router.navigate(`/login/second-factor?next=${encodeURIComponent(`${window.location.pathname}${window.location.search}`)}`);
}

/** Providers around the routes: language, colours, server, connection. */
export function App(): ReactNode {
  const { locale } = useText();
  const dark = useMedia('(prefers-color-scheme: dark)');
  const reducedMotion = useMedia('(prefers-reduced-motion: reduce)');
  const narrow = useIsNarrow();
  const [gate] = useState(() => new SessionGate());
  const [client] = useState(() => createGraphqlClient(gate, onFactorMissing));
  const [monitor] = useState(() => new ConnectionMonitor());
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }, [dark]);
  useEffect(() => keepFocus(), []);
  return (
    <ConfigProvider locale={antdLocales[locale]} theme={themeFor(dark, narrow, reducedMotion)} button={{ autoInsertSpace: false }}>
      <GraphqlProvider value={client}>
        <SessionGateContext value={gate}>
          <ConnectionMonitorContext value={monitor}>
            <InstallationProvider>
              <RouterProvider router={router} />
              <SignInAgain />
              <Reauthentication />
            </InstallationProvider>
          </ConnectionMonitorContext>
        </SessionGateContext>
      </GraphqlProvider>
    </ConfigProvider>
  );
}
