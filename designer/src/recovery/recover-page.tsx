import { Button, Input } from 'antd';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { Page } from '../app/page.tsx';
import { Loading, ProblemCode } from '../feedback/feedback.tsx';
import { useText } from '../i18n/use-text.ts';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { StateMark } from '../status/state-mark.tsx';
import { NewPassword } from './new-password.tsx';
import { askJson, postJson, type JsonAnswer } from './post-json.ts';

/** The public page of a one-time link: the person sets a password. The link's secret stands behind `#`, which no server and no log sees. */
export function RecoverPage(): ReactNode {
  const { t, lookup } = useText();
  const [token] = useState(useLocation().hash.slice(1));
  const [link, setLink] = useState<JsonAnswer | undefined>();
  const [isDone, setIsDone] = useState(false);
  useEffect(() => {
    let isOver = false;
    void askJson('/api/recovery/read', { token }).then((answer) => {
      if (isOver) return;
      setLink(answer);
      // The address bar and the history of a shared device do not keep the link.
      window.history.replaceState(window.history.state, '', '/recover');
    });
    return () => {
      isOver = true;
    };
  }, [token]);

  return (
    <Page page="recover" title="recover.title" ready={link !== undefined} hideHeading>
      <div className="login">
        <section className="login-card">
          <h1>{t('recover.title')}</h1>
          {link === undefined ? <Loading rows={3} /> : null}
          {link?.isOk === false ? (
            <div className="notice notice-failed" role="alert">
              <StateMark state="failed" bare />
              <div>
                <p>{lookup(`password.problem.${link.code}`, t('password.failed'))}</p>
                <p className="notice-actions">
                  <Link to="/login">{t('session.title')}</Link>
                  <ProblemCode code={link.code} />
                </p>
              </div>
            </div>
          ) : null}
          {link?.isOk === true && !isDone ? <SetPassword token={token} username={String(link.body['username'] ?? '')} needsCode={link.body['needsCode'] === true} onDone={() => setIsDone(true)} /> : null}
          {isDone ? (
            <div role="status">
              <p className="notice notice-done">
                <StateMark state="done">{t('recover.done')}</StateMark>
              </p>
              <Link to="/login">{t('session.title')}</Link>
            </div>
          ) : null}
        </section>
        <footer className="login-footer">
          <span />
          <LanguageSwitch />
        </footer>
      </div>
    </Page>
  );
}

interface SetPasswordProps {
  readonly token: string;
  readonly username: string;
  readonly needsCode: boolean;
  readonly onDone: () => void;
}

function SetPassword({ token, username, needsCode, onDone }: SetPasswordProps): ReactNode {
  const { t, lookup } = useText();
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (password === '' || (needsCode && code.trim() === '')) return setProblem('REQUIRED');
    setBusy(true);
    const found = await postJson('/api/recovery/password', { token, password, ...(needsCode ? { code: code.trim() } : {}) });
    setBusy(false);
    setProblem(found);
    if (found === undefined) onDone();
  }

  return (
    <form onSubmit={(event) => void submit(event)} aria-label={t('recover.title')} noValidate>
      <p>{t('recover.lead', { username })}</p>
      {problem === undefined ? null : (
        <div className="notice notice-failed" role="alert">
          <StateMark state="failed" bare />
          <div>
            <p>{lookup(`password.problem.${problem}`, t('password.failed'))}</p>
            {problem === 'REQUIRED' ? null : <ProblemCode code={problem} />}
          </div>
        </div>
      )}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      {needsCode ? (
        <label className="field">
          <span>{t('recover.code')}</span>
          <Input size="large" name="code" inputMode="numeric" autoComplete="off" value={code} onChange={(event) => setCode(event.target.value)} />
        </label>
      ) : null}
      <NewPassword value={password} onChange={setPassword} />
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('recover.set')}
      </Button>
    </form>
  );
}
