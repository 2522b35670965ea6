import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useIsNarrow } from '../app/media.ts';
import { Page } from '../app/page.tsx';
import { useText } from '../i18n/use-text.ts';
import { OwnRolesPanel } from '../people/own-roles-panel.tsx';
import { scopeWords } from '../session/scope-words.ts';
import { useViewer } from '../session/viewer.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { railEntries } from '../shell/navigation.ts';
import { leave } from '../shell/shell.tsx';

/** Who I am, and what the bottom bar has no room for. */
export function MePage(): ReactNode {
  const text = useText();
  const viewer = useViewer();
  const narrow = useIsNarrow();
  // On a phone they come before the rest: the bottom bar has no room for finding a patient.
  const places = (
    <nav className="link-list" aria-label={text.t('me.title')}>
      {railEntries(viewer.roles).map((entry) => (
        <Link key={entry.id} to={entry.path}>
          {text.t(entry.label)}
        </Link>
      ))}
    </nav>
  );
  return (
    <Page page="me" title="me.title" ready heading={viewer.displayName}>
      <dl className="facts">
        <dt>{text.t('session.username')}</dt>
        <dd>{viewer.username}</dd>
        <dt>{text.t('me.unit')}</dt>
        <dd>{scopeWords(viewer, text)}</dd>
      </dl>
      {narrow ? places : null}
      <div className="own-roles">
        <OwnRolesPanel />
      </div>
      {narrow ? null : places}
      <p className="row-actions">
        <Link className="operate-link" to="/me/security">{text.t('security.title')}</Link>
        <LanguageSwitch />
        <Button onClick={() => void leave(viewer.id)}>{text.t('session.signOut')}</Button>
      </p>
    </Page>
  );
}
