import { Button, Input } from 'antd';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { Page } from '../app/page.tsx';
import { useText } from '../i18n/use-text.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { Mark } from '../shell/mark.tsx';
import { StateMark } from '../status/state-mark.tsx';

const shortest = 12;
const refusals: Readonly<Record<number, MessageKey>> = { 410: 'people.first.linkInvalid', 422: 'people.first.tooShort' };

/** Where a new person sets their password. The link's secret stands behind `#`, which no server and no log sees. */
export function FirstPasswordPage(): ReactNode {
  const { t } = useText();
  const [token] = useState(useLocation().hash.slice(1));
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [refusal, setRefusal] = useState<MessageKey | undefined>();
  const [isBusy, setBusy] = useState(false);
  const [isSet, setSet] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (password.length < shortest) return setRefusal('people.first.tooShort');
    if (password !== again) return setRefusal('people.first.differs');
    setBusy(true);
    const response = await fetch('/api/first-password', { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, password }) }).catch(() => undefined);
    setBusy(false);
    if (response?.ok === true) setSet(true);
    else setRefusal(response === undefined ? 'session.unreachable' : (refusals[response.status] ?? 'people.first.failed'));
  }

  return (
    <Page page="first-password" title="people.first.title" ready hideHeading>
      <div className="login">
        <section className="login-card">
          <div className="login-brand">
            <Mark size={44} />
            <div>
              <strong>{t('app.name')}</strong>
              <p className="muted">{t('people.first.title')}</p>
            </div>
          </div>
          {isSet ? (
            <div className="notice notice-done" role="status">
              <StateMark state="done" bare />
              <p>
                {t('people.first.done')} <Link to="/login">{t('session.submit')}</Link>
              </p>
            </div>
          ) : (
            <form onSubmit={(event) => void submit(event)} aria-label={t('people.first.title')} noValidate>
              {refusal === undefined ? null : (
                <div className="notice notice-failed" role="alert">
                  <StateMark state="failed" bare />
                  <p>{t(refusal)}</p>
                </div>
              )}
              <p>{t('people.first.lead')}</p>
              <label className="field">
                <span>{t('session.password')}</span>
                <Input.Password size="large" autoComplete="new-password" autoFocus value={password} maxLength={128} onChange={(event) => setPassword(event.target.value)} />
              </label>
              <label className="field">
                <span>{t('people.first.again')}</span>
                <Input.Password size="large" autoComplete="new-password" value={again} maxLength={128} onChange={(event) => setAgain(event.target.value)} />
              </label>
              <Button type="primary" htmlType="submit" size="large" block loading={isBusy}>
                {t('people.first.action')}
              </Button>
            </form>
          )}
        </section>
        <footer className="login-footer">
          <span />
          <LanguageSwitch />
        </footer>
      </div>
    </Page>
  );
}
