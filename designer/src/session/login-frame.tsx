import type { ReactNode } from 'react';
import { useIsDemo } from '../app/installation.tsx';
import { Page } from '../app/page.tsx';
import { useText } from '../i18n/use-text.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { Mark } from '../shell/mark.tsx';
import { StateMark } from '../status/state-mark.tsx';

export interface LoginFrameProps {
  readonly page: string;
  readonly title: MessageKey;
  readonly ready?: boolean;
  readonly children: ReactNode;
}

/** What the pages before the app share: the name, one card, the mark of the demo, and the language. */
export function LoginFrame({ page, title, ready = true, children }: LoginFrameProps): ReactNode {
  const { t } = useText();
  const isDemo = useIsDemo();
  return (
    <Page page={page} title={title} ready={ready} hideHeading>
      <div className="login">
        <section className="login-card" aria-label={t(title)}>
          <div className="login-brand">
            <Mark size={44} />
            <div>
              <strong>{t('app.name')}</strong>
              <p className="muted">{t('session.lead')}</p>
            </div>
          </div>
          {children}
        </section>
        <footer className="login-footer">
          {isDemo ? <StateMark state="attention">{t('app.demo')}</StateMark> : <span />}
          <LanguageSwitch />
        </footer>
      </div>
    </Page>
  );
}
