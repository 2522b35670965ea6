import { Button, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { CopyButton } from '../feedback/copy-button.tsx';
import { useText } from '../i18n/use-text.ts';
import { useCommand } from '../rules/use-command.ts';
import { FieldsDialog } from '../feedback/fields-dialog.tsx';
import { createPersonCommand, type NewLink } from './commands.ts';

/** Shows once where a new person sets their password: neither a click beside it nor Escape takes it away. */
export function FirstLinkDialog({ path, onClose }: { readonly path: string; readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const address = `${window.location.origin}${path}`;
  return (
    <Modal open title={t('people.link.title')} mask={{ closable: false }} keyboard={false} onCancel={onClose} footer={<Button type="primary" onClick={onClose}>{t('people.link.done')}</Button>}>
      <p>{t('people.link.effect')}</p>
      <label className="field">
        <span>{t('people.link.address')}</span>
        <Input.TextArea readOnly rows={3} value={address} onFocus={(event) => event.target.select()} />
      </label>
      <CopyButton text={() => address} label={t('people.link.copy')} />
    </Modal>
  );
}

/** Makes an account. Its link is shown in the same place, before the person's page opens. */
export function NewPersonDialog({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (id: string) => void }): ReactNode {
  const { t } = useText();
  const [form, setForm] = useState({ name: '', username: '', staffNumber: '' });
  const [made, setMade] = useState<NewLink | undefined>();
  const send = useCommand(createPersonCommand);
  if (made?.firstPasswordPath != null) return <FirstLinkDialog path={made.firstPasswordPath} onClose={() => onMade(made.person.id)} />;
  const { name, username, staffNumber } = form;
  const missing = name.trim() === '' ? t('people.new.nameMissing') : /^[a-zA-Z0-9_.-]{3,64}$/.test(username) ? undefined : t('people.new.usernameMissing');
  const field = (key: keyof typeof form, label: string, more: object = {}): ReactNode => (
    <label className="field">
      <span>{label}</span>
      <Input value={form[key]} onChange={(event) => setForm({ ...form, [key]: event.target.value })} {...more} />
    </label>
  );

  return (
    <FieldsDialog
      title={t('people.new')}
      effect={t('people.new.effect')}
      action={t('people.new.action')}
      missing={missing}
      onClose={onClose}
      onAct={async () => {
        const outcome = await send({ name: name.trim(), username, ...(staffNumber.trim() === '' ? {} : { staffNumber: staffNumber.trim() }) });
        if (outcome.kind === 'accepted') {
          // The command reads both of its payload.
          const payload = outcome.payload as NewLink;
          if (payload.firstPasswordPath === null) onMade(payload.person.id);
          else setMade(payload);
        }
        return outcome;
      }}
    >
      {field('name', t('people.name'), { maxLength: 100, autoFocus: true })}
      {field('username', t('session.username'), { maxLength: 64, autoCapitalize: 'none', spellCheck: false })}
      {field('staffNumber', t('people.staffNumber.optional'), { maxLength: 32 })}
    </FieldsDialog>
  );
}
