import { Button, Input } from 'antd';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { AuthRefusal } from '../../session/auth-door.ts';
import { AuthRefusalNotice } from '../../session/auth-refusal-notice.tsx';
import { registerPasskey } from '../../session/passkey.ts';

/** Names a passkey and lets the browser make it. */
export function AddPasskey({ onDone, onClose }: { readonly onDone: () => void; readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const id = useId();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Pick<AuthRefusal, 'key' | 'code'> | undefined>();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const made = await registerPasskey(name.trim() === '' ? t('passkey.unnamed') : name.trim());
    setBusy(false);
    if (made.kind === 'done') return onDone();
    setRefusal(made.kind === 'refused' ? made : { key: 'passkey.stopped', code: '' });
  }

  return (
    <form onSubmit={(event) => void submit(event)} aria-label={t('passkey.add')}>
      <p>{t('passkey.what')}</p>
      <label className="field" htmlFor={id}>
        <span>{t('passkey.name')}</span>
        <Input id={id} size="large" name="passkey-name" autoComplete="off" maxLength={64} placeholder={t('passkey.name.example')} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <div className="row-actions">
        <Button type="primary" htmlType="submit" size="large" loading={busy}>
          {t('passkey.add')}
        </Button>
        <Button size="large" onClick={onClose}>{t('common.back')}</Button>
      </div>
      <div className="sign-in-answer">
        <AuthRefusalNotice refusal={refusal} />
      </div>
    </form>
  );
}
