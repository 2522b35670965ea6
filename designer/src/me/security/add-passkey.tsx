import { Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { AuthRefusal } from '../../session/auth-door.ts';
import { registerPasskey } from '../../session/passkey.ts';
import { FactorForm } from './factor-form.tsx';

/** Names a passkey and lets the browser make it. */
export function AddPasskey({ onDone, onClose }: { readonly onDone: () => void; readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const id = useId();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Pick<AuthRefusal, 'key' | 'code'> | undefined>();

  async function submit(): Promise<void> {
    setBusy(true);
    const made = await registerPasskey(name.trim() === '' ? t('passkey.unnamed') : name.trim());
    setBusy(false);
    if (made.kind === 'done') return onDone();
    setRefusal(made.kind === 'refused' ? made : { key: 'passkey.stopped', code: '' });
  }

  return (
    <FactorForm label={t('passkey.add')} action={t('passkey.add')} busy={busy} refusal={refusal} onSubmit={() => void submit()} onClose={onClose}>
      <p>{t('passkey.what')}</p>
      <label className="field" htmlFor={id}>
        <span>{t('passkey.name')}</span>
        <Input id={id} size="large" name="passkey-name" autoComplete="off" maxLength={64} placeholder={t('passkey.name.example')} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
    </FactorForm>
  );
}
