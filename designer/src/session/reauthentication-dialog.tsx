import { Button, Input, Modal } from 'antd';
import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useSignOn } from '../app/installation.tsx';
import { Loading } from '../feedback/feedback.tsx';
import { useText } from '../i18n/use-text.ts';
import { callAuthDoor, type AuthRefusal } from './auth-door.ts';
import { AuthRefusalNotice } from './auth-refusal-notice.tsx';
import { CodeForm } from './code-form.tsx';
import { passkeyObstacle, showPasskey } from './passkey.ts';
import { answerReauthentication } from './reauthentication.ts';
import { useSecurityOverview, type SecurityOverview } from './security-overview.ts';

/** The app's one dialog that asks who one is before an act of gravity. */
export function Reauthentication(): ReactNode {
  const { t } = useText();
  const [isAsked, setAsked] = useState(false);
  const settle = useRef<(isShown: boolean) => void>(undefined);
  useEffect(
    () =>
      answerReauthentication(
        () =>
          new Promise((resolve) => {
            settle.current = resolve;
            setAsked(true);
          }),
      ),
    [],
  );
  function end(isShown: boolean): void {
    setAsked(false);
    settle.current?.(isShown);
  }
  return isAsked ? (
    <Modal open title={t('reauthenticate.title')} onCancel={() => end(false)} footer={null} mask={{ closable: false }}>
      <p>{t('reauthenticate.why')}</p>
      <Ways onShown={() => end(true)} />
    </Modal>
  ) : null;
}

function Ways({ onShown }: { readonly onShown: () => void }): ReactNode {
  const { state } = useSecurityOverview();
  if (state.kind === 'loading') return <Loading rows={2} />;
  if (state.kind === 'refused') return <AuthRefusalNotice refusal={state} />;
  return <WaysOf overview={state.overview} onShown={onShown} />;
}

function WaysOf({ overview, onShown }: { readonly overview: SecurityOverview; readonly onShown: () => void }): ReactNode {
  const { t, of, locale } = useText();
  const signOn = useSignOn();
  const [refusal, setRefusal] = useState<Pick<AuthRefusal, 'key' | 'code'> | undefined>();
  const bySignOn = overview.authenticatedBy === 'oidc' ? signOn : [];
  const { oneTimeCode, passkeys, hasPassword, isMultiFactor, person } = overview;
  const hasPasskey = passkeys.length > 0 && passkeyObstacle() === undefined;
  const takesPassword = hasPassword && oneTimeCode === null && !isMultiFactor;

  async function show(): Promise<void> {
    const shown = await showPasskey();
    if (shown.kind === 'done') {
      // A passkey of somebody else has signed that person in: nothing of the first one may stay on the screen.
      if (personOf(shown.body) !== person.id) return window.location.assign('/');
      return onShown();
    }
    setRefusal(shown.kind === 'refused' ? shown : { key: 'passkey.stopped', code: '' });
  }

  return (
    <>
      {oneTimeCode === null ? null : (
        <CodeForm
          action={t('reauthenticate.act')}
          onShow={async (shown) => {
            const answer = await callAuthDoor('/reauthenticate', shown);
            if (answer.kind === 'refused') return answer;
            onShown();
            return undefined;
          }}
        />
      )}
      {takesPassword ? <PasswordAgain username={person.username} onShown={onShown} /> : null}
      {hasPasskey ? (
        <Button block size="large" onClick={() => void show()}>
          {t('reauthenticate.passkey')}
        </Button>
      ) : null}
      {bySignOn.map(({ id, name }) => (
        <Button key={id} block size="large" href={`/api/auth/oidc/${id}/start?${new URLSearchParams({ purpose: 'reauthenticate', returnTo: `${window.location.pathname}${window.location.search}`, lang: locale })}`}>
          {t('session.signOn', { name: of(name) })}
        </Button>
      ))}
      {bySignOn.length > 0 ? <p className="muted">{t('reauthenticate.bySignOn')}</p> : null}
      {oneTimeCode === null && !takesPassword && !hasPasskey && bySignOn.length === 0 ? (
        <>
          <p>{t('reauthenticate.signInAgain')}</p>
          <Button block size="large" href={`/login?next=${encodeURIComponent(window.location.pathname)}`}>
            {t('session.submit')}
          </Button>
        </>
      ) : null}
      <AuthRefusalNotice refusal={refusal} />
    </>
  );
}

function PasswordAgain({ username, onShown }: { readonly username: string; readonly onShown: () => void }): ReactNode {
  const { t } = useText();
  const id = useId();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<AuthRefusal | undefined>();
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (password === '') return;
    setBusy(true);
    const answer = await callAuthDoor('/reauthenticate', { password });
    setBusy(false);
    if (answer.kind === 'refused') setRefusal(answer);
    else onShown();
  }
  return (
    <form onSubmit={(event) => void submit(event)} aria-label={t('reauthenticate.title')}>
      {/* For password managers, which look for the name beside the password. */}
      <input className="visually-hidden" type="text" name="username" autoComplete="username" value={username} readOnly tabIndex={-1} aria-hidden="true" />
      <label className="field" htmlFor={id}>
        <span>{t('session.password')}</span>
        <Input.Password id={id} size="large" name="password" autoComplete="current-password" autoFocus value={password} onChange={(event) => setPassword(event.target.value)} />
      </label>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('reauthenticate.act')}
      </Button>
      <div className="sign-in-answer">
        <AuthRefusalNotice refusal={refusal} />
      </div>
    </form>
  );
}

function personOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'personId' in body ? body.personId : undefined;
}
