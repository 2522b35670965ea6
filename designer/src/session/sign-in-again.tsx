import { Button, Input } from 'antd';
import { use, useEffect, useState, useSyncExternalStore, type FormEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { ProblemCode } from '../feedback/feedback.tsx';
import { requestHeaders } from '../graphql/client.ts';
import { trustedFetch } from '../graphql/trusted-fetch.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { AuthRefusal } from './auth-door.ts';
import { CodeForm } from './code-form.tsx';
import { signedInPersonQuery } from './documents.ts';
import { SessionGateContext, type Holder, type SessionGate } from './session-gate.ts';
import { showSecondFactor, signIn } from './sign-in.ts';

/** Over the page whose session has ended: the same person signs in and goes on where they were. */
export function SignInAgain(): ReactNode {
  const gate = use(SessionGateContext);
  const holder = useSyncExternalStore(gate?.subscribe ?? noGate, () => gate?.ended());
  return gate === undefined || holder === undefined ? null : createPortal(<AgainForm gate={gate} holder={holder} />, document.body);
}

const noGate = (): (() => void) => () => undefined;

function AgainForm({ gate, holder }: { readonly gate: SessionGate; readonly holder: Holder }): ReactNode {
  const { t } = useText();
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<AuthRefusal | undefined>();
  const [awaitsCode, setAwaitsCode] = useState(false);
  const [busy, setBusy] = useState(false);

  // What is behind is covered, since it may be about patients, and out of reach of keys and screen readers.
  useEffect(() => {
    const behind = [...document.body.children].filter((element) => element instanceof HTMLElement && !element.classList.contains('sign-in-again')) as HTMLElement[];
    const before = document.activeElement;
    for (const element of behind) element.inert = true;
    document.querySelector<HTMLInputElement>('.sign-in-again input[type="password"]')?.focus();
    return () => {
      for (const element of behind) element.inert = false;
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  // In another window of this browser somebody may have signed in meanwhile.
  useEffect(() => {
    const look = async (): Promise<void> => {
      const id = await signedInPerson();
      if (id === holder.id) gate.resume();
      // Whose page this is does not matter any more: nothing of it stays.
      else if (id !== undefined) window.location.assign('/');
    };
    const onFocus = (): void => void look();
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [gate, holder.id]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (password === '') return;
    setBusy(true);
    const result = await signIn(holder.username, password);
    setBusy(false);
    setPassword('');
    if (result.kind === 'signedIn') gate.resume();
    else if (result.kind === 'secondFactor') setAwaitsCode(true);
    else setRefusal(result);
  }

  const elsewhere = `/login?reason=expired&next=${encodeURIComponent(`${window.location.pathname}${window.location.search}`)}`;
  if (awaitsCode) {
    return (
      <div className="sign-in-again" role="dialog" aria-modal="true" aria-labelledby="sign-in-again-title">
        <div className="login-card">
          <h2 id="sign-in-again-title">{t('factor.title')}</h2>
          <p className="muted">{t('factor.lead')}</p>
          <CodeForm
            action={t('again.submit')}
            onShow={async (shown) => {
              const shownResult = await showSecondFactor(shown);
              if (shownResult.kind === 'refused') return shownResult;
              gate.resume();
              return undefined;
            }}
          />
        </div>
      </div>
    );
  }
  return (
    <div className="sign-in-again" role="dialog" aria-modal="true" aria-labelledby="sign-in-again-title">
      <form className="login-card" onSubmit={(event) => void submit(event)} noValidate>
        <h2 id="sign-in-again-title">{t('again.title')}</h2>
        <p>{t('again.lead')}</p>
        {refusal === undefined ? null : (
          <div className="notice notice-failed" role="alert">
            <StateMark state="failed" bare />
            <div>
              <p>{t(refusal.key)}</p>
              <ProblemCode code={refusal.code} />
            </div>
          </div>
        )}
        <label className="field">
          <span>{t('session.username')}</span>
          <Input size="large" name="username" autoComplete="username" readOnly value={holder.username} />
        </label>
        <label className="field">
          <span>{t('session.password')}</span>
          <Input.Password size="large" name="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
        </label>
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('again.submit')}
        </Button>
        <p className="row-actions">
          <Button type="link" href={elsewhere}>{t('again.otherWay')}</Button>
          <Button type="link" href="/login">{t('again.otherPerson')}</Button>
        </p>
      </form>
    </div>
  );
}

/** Who is signed in by the cookie now; undefined for nobody, or without an answer. */
async function signedInPerson(): Promise<string | undefined> {
  try {
    const response = await trustedFetch((input, init) => fetch(input, init))('/graphql', { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', ...requestHeaders() }, body: JSON.stringify({ query: signedInPersonQuery }) });
    if (!response.ok) return undefined;
    // The shape that was asked for.
    return ((await response.json()) as { readonly data?: { readonly viewer?: { readonly id: string } | null } }).data?.viewer?.id;
  } catch {
    return undefined;
  }
}
