import { Button } from 'antd';
import { useState, type FormEvent, type ReactNode } from 'react';
import { NewPassword } from '../../recovery/new-password.tsx';
import { postJson } from '../../recovery/post-json.ts';
import { PasswordField } from '../../recovery/password-field.tsx';
import { ProblemCode } from '../../feedback/feedback.tsx';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';

/** Changes the own password; every other session ends with it. */
export function ChangePassword({ username }: { readonly username: string }): ReactNode {
  const { t, lookup } = useText();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<string | undefined>();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (current === '' || next === '') return setOutcome('REQUIRED');
    setBusy(true);
    const code = await postJson('/api/auth/change-password', { currentPassword: current, newPassword: next });
    setBusy(false);
    setOutcome(code ?? 'DONE');
    if (code === undefined) {
      setCurrent('');
      setNext('');
    }
  }

  return (
    <form className="narrow-form" onSubmit={(event) => void submit(event)} aria-label={t('password.title')} noValidate>
      {outcome === 'DONE' ? (
        <p className="notice notice-done" role="status">
          <StateMark state="done">{t('password.changed')}</StateMark>
        </p>
      ) : null}
      {outcome === undefined || outcome === 'DONE' ? null : (
        <div className="notice notice-failed" role="alert">
          <StateMark state="failed" bare />
          <div>
            <p>{lookup(`password.problem.${outcome}`, t('password.failed'))}</p>
            {outcome === 'REQUIRED' ? null : <ProblemCode code={outcome} />}
          </div>
        </div>
      )}
      {/* For password managers, which look for the name beside the password. */}
      <input className="visually-hidden" type="text" name="username" autoComplete="username" value={username} readOnly tabIndex={-1} aria-hidden="true" />
      <PasswordField label={t('password.current')} name="current-password" autoComplete="current-password" value={current} onChange={setCurrent} />
      <NewPassword value={next} onChange={setNext} />
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('password.change')}
      </Button>
    </form>
  );
}
