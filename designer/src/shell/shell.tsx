import { LogoutOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link, NavLink, Outlet } from 'react-router';
import { useIsDemo } from '../app/installation.tsx';
import { useOpenAlerts } from '../alerts/use-open-alerts.ts';
import { useIsNarrow } from '../app/media.ts';
import { useText } from '../i18n/use-text.ts';
import { LicencesCount } from '../licences/licences-notice.tsx';
import { AccountNotices } from '../session/account-notices.tsx';
import { IdleWatch } from '../session/idle-watch.tsx';
import { ActingFor } from '../people/acting-for.tsx';
import { signOut } from '../session/sign-in.ts';
import { scopeWords } from '../session/scope-words.ts';
import { useViewer } from '../session/viewer.tsx';
import { forgetDraftsOf } from '../tasks/drafts.ts';
import { sealedDrafts } from '../tasks/sealed-drafts.ts';
import { OpenAccessesProvider } from '../patient-access/open-accesses.tsx';
import { ConnectionChip } from './connection-chip.tsx';
import { EntryCount } from './entry-count.tsx';
import { EntryIcon } from './icons.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Mark } from './mark.tsx';
import { barEntries, carers, railEntries, type Entry } from './navigation.ts';

/** Ends the session, also at the hospital's provider where it began there, and starts again from the sign-in page; what the person has not submitted is forgotten. */
export async function leave(personId: string): Promise<void> {
  const location = await signOut().catch(() => undefined);
  // Last, since an open form keeps its draft until the page goes.
  forgetDraftsOf(sealedDrafts, personId);
  sealedDrafts.close();
  window.location.assign(location ?? '/login');
}

interface EntriesProps {
  readonly entries: readonly Entry[];
  readonly className: string;
  /** Alerts that nobody acknowledged. */
  readonly openAlerts: number;
}

function Entries({ entries, className, openAlerts }: EntriesProps): ReactNode {
  const { t } = useText();
  return (
    <nav className={className} aria-label={t('nav.label')}>
      {entries.map((entry) => (
        <NavLink key={entry.id} to={entry.path} className="nav-entry">
          <span className="nav-icon">
            <EntryIcon id={entry.id} />
            {entry.id === 'alerts' ? <EntryCount count={openAlerts} words={t('nav.openAlerts', { count: openAlerts })} /> : null}
            {entry.id === 'licences' ? <LicencesCount /> : null}
          </span>
          <span>{t(entry.label)}</span>
        </NavLink>
      ))}
    </nav>
  );
}

/** The frame of every page: rail or bottom bar, top bar, and the page itself. */
export function Shell(): ReactNode {
  const text = useText();
  const viewer = useViewer();
  const narrow = useIsNarrow();
  const isDemo = useIsDemo();
  const openAlerts = useOpenAlerts(viewer.roles.some((role) => carers.includes(role)));
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        {text.t('app.skip')}
      </a>
      <header className="top-bar">
        <span className="brand">
          <Mark />
          {narrow ? null : <strong>{text.t('app.name')}</strong>}
        </span>
        <span className="scope" aria-label={text.t('top.scope')}>{scopeWords(viewer, text)}</span>
        <ActingFor />
        {isDemo ? <span className="demo-mark">{text.t('app.demo')}</span> : null}
        <span className="top-bar-space" />
        <ConnectionChip />
        {narrow ? null : (
          <>
            <LanguageSwitch />
            <Link className="who" to="/me" title={text.t('nav.me')}>{viewer.displayName}</Link>
            <Button type="text" icon={<LogoutOutlined aria-hidden />} onClick={() => void leave(viewer.id)}>
              {text.t('session.signOut')}
            </Button>
          </>
        )}
      </header>
      {narrow ? null : <Entries entries={railEntries(viewer.roles)} className="rail" openAlerts={openAlerts} />}
      <div className="shell-page">
        <AccountNotices />
        <OpenAccessesProvider>
          <Outlet />
        </OpenAccessesProvider>
      </div>
      <IdleWatch />
      {narrow ? <Entries entries={barEntries(viewer.roles)} className="bottom-bar" openAlerts={openAlerts} /> : null}
    </div>
  );
}
