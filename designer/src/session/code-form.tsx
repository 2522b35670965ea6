import { Button, Input, type InputRef } from 'antd';
import { useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { AuthRefusal } from './auth-door.ts';
import { AuthRefusalNotice } from './auth-refusal-notice.tsx';
import type { ShownCode } from './sign-in.ts';

export interface CodeFormProps {
  /** The verb on the button. */
  readonly action: string;
  /** Gives what was refused; undefined once it went on. */
  readonly onShow: (shown: ShownCode) => Promise<AuthRefusal | undefined>;
}

/** A code of the authenticator, or one from paper. Pasting is allowed (WCAG 3.3.8). */
export function CodeForm({ action, onShow }: CodeFormProps): ReactNode {
  const { t } = useText();
  const id = useId();
  const [isBackup, setBackup] = useState(false);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Pick<AuthRefusal, 'key' | 'code'> | undefined>();
  const input = useRef<InputRef>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (code.trim() === '') return setRefusal({ key: 'factor.code.required', code: '' });
    setBusy(true);
    const refused = await onShow(isBackup ? { backupCode: code.trim() } : { code: code.trim() });
    setBusy(false);
    if (refused === undefined) return;
    setRefusal(refused);
    setCode('');
    input.current?.focus();
  }

  function change(): void {
    setBackup(!isBackup);
    setCode('');
    setRefusal(undefined);
    input.current?.focus();
  }

  return (
    <form onSubmit={(event) => void submit(event)} aria-label={t('factor.title')} noValidate>
      <label className="field" htmlFor={id}>
        <span>{t(isBackup ? 'factor.backupCode' : 'factor.code')}</span>
        <Input ref={input} id={id} size="large" name={isBackup ? 'backup-code' : 'code'} className="code-input" autoFocus autoComplete={isBackup ? 'off' : 'one-time-code'} inputMode={isBackup ? 'text' : 'numeric'} autoCapitalize="characters" spellCheck={false} maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} aria-describedby={`${id}-help${refusal === undefined ? '' : ` ${id}-refusal`}`} />
        <span id={`${id}-help`} className="muted small plain">{t(isBackup ? 'factor.backupCode.help' : 'factor.code.help')}</span>
      </label>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {action}
      </Button>
      <div className="sign-in-answer">
        <AuthRefusalNotice refusal={refusal} id={`${id}-refusal`} />
      </div>
      <button type="button" className="text-button" onClick={change}>
        {t(isBackup ? 'factor.useCode' : 'factor.useBackupCode')}
      </button>
    </form>
  );
}
