import { Button, Input, type InputRef } from 'antd';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { AuthRefusal } from './auth-door.ts';
import { AuthRefusalNotice } from './auth-refusal-notice.tsx';
import { signIn } from './sign-in.ts';

export interface PasswordFormProps {
  /** What a passkey was refused for, beside this form. */
  readonly refusal: Pick<AuthRefusal, 'key' | 'code'> | undefined;
  readonly onSignedIn: () => void;
  readonly onSecondFactor: () => void;
}

/** User name and password; pasting is allowed (WCAG 3.3.8), and passkeys stand in the list under the name. */
export function PasswordForm({ refusal: outer, onSignedIn, onSecondFactor }: PasswordFormProps): ReactNode {
  const { t } = useText();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [own, setOwn] = useState<Pick<AuthRefusal, 'key' | 'code'> | undefined>();
  const [busy, setBusy] = useState(false);
  const passwordInput = useRef<InputRef>(null);
  const refusal = own ?? outer;
  const described = refusal === undefined ? {} : { 'aria-describedby': 'login-refusal' };

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (username.trim() === '' || password === '') return setOwn({ key: 'session.required', code: '' });
    setBusy(true);
    const result = await signIn(username.trim(), password);
    if (result.kind === 'signedIn') return onSignedIn();
    setBusy(false);
    if (result.kind === 'secondFactor') return onSecondFactor();
    setOwn(result);
    passwordInput.current?.focus({ cursor: 'all' });
  }

  return (
    <form onSubmit={(event) => void submit(event)} aria-label={t('session.title')} noValidate>
      <label className="field">
        <span>{t('session.username')}</span>
        <Input size="large" name="username" autoComplete="username webauthn" autoCapitalize="none" spellCheck={false} autoFocus value={username} onChange={(event) => setUsername(event.target.value)} {...described} />
      </label>
      <label className="field">
        <span>{t('session.password')}</span>
        <Input.Password ref={passwordInput} size="large" name="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} {...described} />
      </label>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('session.submit')}
      </Button>
      <div className="sign-in-answer">
        <AuthRefusalNotice refusal={refusal} id="login-refusal" />
      </div>
    </form>
  );
}
