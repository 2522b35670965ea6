import { Button, Input, type InputRef } from 'antd';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useIsDemo } from '../app/installation.tsx';
import { Page } from '../app/page.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { ProblemCode } from '../feedback/feedback.tsx';
import { useText } from '../i18n/use-text.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { Mark } from '../shell/mark.tsx';
import { StateMark } from '../status/state-mark.tsx';
import { safeReturnPath, signIn } from './sign-in.ts';
import { signOnRefusal } from './sign-on-refusal.ts';

/** User name and password; pasting is allowed (WCAG 3.3.8). */
export function LoginPage(): ReactNode {
  const { t } = useText();
  const [params] = useSearchParams();
  const isDemo = useIsDemo();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<{ readonly key: MessageKey; readonly code?: string } | undefined>(() => signOnRefusal(params.get('reason')));
  const [busy, setBusy] = useState(false);
  const passwordInput = useRef<InputRef>(null);
  const notice: MessageKey | undefined = params.get('reason') === 'expired' ? 'session.expired' : params.get('reason') === 'link' ? 'session.linkUsed' : undefined;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (username.trim() === '' || password === '') {
      setRefusal({ key: 'session.required' });
      return;
    }
    setBusy(true);
    const result = await signIn(username.trim(), password);
    if (result.kind === 'signedIn') {
      // A full load, so that nothing of the person before stays in memory.
      window.location.assign(safeReturnPath(params.get('next')));
      return;
    }
    setBusy(false);
    setRefusal(result);
    passwordInput.current?.focus({ cursor: 'all' });
  }

  return (
    <Page page="login" title="session.title" ready hideHeading>
      <div className="login">
        <section className="login-card">
          <div className="login-brand">
            <Mark size={44} />
            <div>
              <strong>{t('app.name')}</strong>
              <p className="muted">{t('session.lead')}</p>
            </div>
          </div>
          <form onSubmit={(event) => void submit(event)} aria-label={t('session.title')} noValidate>
            {notice === undefined || refusal !== undefined ? null : <p className="notice notice-attention" role="status"><StateMark state="attention" bare /> {t(notice)}</p>}
            {refusal === undefined ? null : (
              <div className="notice notice-failed" role="alert" id="login-refusal">
                <StateMark state="failed" bare />
                <div>
                  <p>{t(refusal.key)}</p>
                  {refusal.code === undefined ? null : <ProblemCode code={refusal.code} />}
                </div>
              </div>
            )}
            <label className="field">
              <span>{t('session.username')}</span>
              <Input size="large" name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus value={username} onChange={(event) => setUsername(event.target.value)} aria-describedby={refusal === undefined ? undefined : 'login-refusal'} />
            </label>
            <label className="field">
              <span>{t('session.password')}</span>
              <Input.Password ref={passwordInput} size="large" name="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} aria-describedby={refusal === undefined ? undefined : 'login-refusal'} />
            </label>
            <Button type="primary" htmlType="submit" size="large" block loading={busy}>
              {t('session.submit')}
            </Button>
          </form>
          {isDemo ? <p className="muted small">{t('session.hint')}</p> : null}
        </section>
        <footer className="login-footer">
          {isDemo ? <StateMark state="attention">{t('app.demo')}</StateMark> : <span />}
          <LanguageSwitch />
        </footer>
      </div>
    </Page>
  );
}
