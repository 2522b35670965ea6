import { Button, Input } from 'antd';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { callAuthDoor, type AuthRefusal } from '../../session/auth-door.ts';
import { AuthRefusalNotice } from '../../session/auth-refusal-notice.tsx';
import { StateMark } from '../../status/state-mark.tsx';
import type { SecuritySectionProps } from './section.ts';

/** Changes the password; every other session ends then. Absent for who has none here. */
export function PasswordSection({ overview: { hasPassword, person }, onChange }: SecuritySectionProps): ReactNode {
  const { t } = useText();
  const id = useId();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Pick<AuthRefusal, 'key' | 'code'> | 'changed' | undefined>();
  if (!hasPassword) return null;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (current === '' || next === '') return setOutcome({ key: 'security.password.required', code: '' });
    setBusy(true);
    const answer = await callAuthDoor('/change-password', { currentPassword: current, newPassword: next, revokeOtherSessions: true });
    setBusy(false);
    if (answer.kind === 'refused') return setOutcome(answer);
    setCurrent('');
    setNext('');
    setOutcome('changed');
    await onChange();
  }

  return (
    <section className="card" aria-labelledby="security-password">
      <h2 id="security-password">{t('security.password.title')}</h2>
      <form className="password-change" onSubmit={(event) => void submit(event)} aria-label={t('security.password.title')}>
        {/* For password managers, which look for the name beside the password. */}
        <input className="visually-hidden" type="text" name="username" autoComplete="username" value={person.username} readOnly tabIndex={-1} aria-hidden="true" />
        <label className="field" htmlFor={`${id}-current`}>
          <span>{t('security.password.current')}</span>
          <Input.Password id={`${id}-current`} name="current-password" autoComplete="current-password" value={current} onChange={(event) => setCurrent(event.target.value)} />
        </label>
        <label className="field" htmlFor={`${id}-next`}>
          <span>{t('security.password.next')}</span>
          <Input.Password id={`${id}-next`} name="new-password" autoComplete="new-password" value={next} onChange={(event) => setNext(event.target.value)} aria-describedby={`${id}-help`} />
          <span id={`${id}-help`} className="muted small plain">{t('security.password.help')}</span>
        </label>
        <Button htmlType="submit" loading={busy}>{t('security.password.change')}</Button>
        <div className="sign-in-answer">
          {outcome === 'changed' ? <p className="notice notice-done" role="status"><StateMark state="done" bare /> {t('security.password.changed')}</p> : <AuthRefusalNotice refusal={outcome} />}
        </div>
      </form>
    </section>
  );
}
