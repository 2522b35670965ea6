import { Button, Checkbox, Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import type { CommandResult } from '../graphql/command.ts';
import { useText } from '../i18n/use-text.ts';
import { useCommand } from '../rules/use-command.ts';
import { CredentialFields, emptyCredential, inputOf, lacksMaterial } from './credential-fields.tsx';
import { addCredentialDocument, createClientDocument } from './documents.ts';
import { clientRoles, type MadeCredential } from './model.ts';

export interface CredentialDialogProps {
  /** The client that gets a further credential; a new client without it. */
  readonly clientId?: string;
  readonly onMade: (made: MadeCredential) => void;
  readonly onClose: () => void;
}

/** Lets a system connect, or gives it a further credential. */
export function CredentialDialog({ clientId, onMade, onClose }: CredentialDialogProps): ReactNode {
  const { t, lookup } = useText();
  const create = useCommand(createClientDocument);
  const add = useCommand(addCredentialDocument);
  const id = useId();
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [draft, setDraft] = useState(emptyCredential);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<CommandResult<unknown> | undefined>();
  const isNew = clientId === undefined;
  const missing = isNew && name.trim() === '' ? t('clients.nameMissing') : isNew && roles.length === 0 ? t('clients.rolesMissing') : lacksMaterial(draft) ? t('clients.materialMissing') : undefined;

  async function act(): Promise<void> {
    setTried(true);
    if (missing !== undefined) return;
    setBusy(true);
    const outcome = await (isNew ? create({ name: name.trim(), roles, authentication: inputOf(draft) }) : add({ clientId, credential: inputOf(draft) }));
    setBusy(false);
    // What the documents select.
    if (outcome.kind === 'accepted') onMade(outcome.payload as MadeCredential);
    else setResult(outcome);
  }

  const action = t(isNew ? 'clients.create' : 'clients.add');
  return (
    <Modal
      open
      title={action}
      onCancel={onClose}
      footer={
        <div className="row-actions end">
          <Button onClick={onClose}>{t('common.keep')}</Button>
          <Button type="primary" loading={busy} onClick={() => void act()}>
            {action}
          </Button>
        </div>
      }
    >
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} /> : null}
      {isNew ? (
        <>
          <label className="field" htmlFor={`${id}-name`}>
            <span>{t('clients.name')}</span>
            <Input id={`${id}-name`} value={name} maxLength={80} autoComplete="off" onChange={({ target }) => setName(target.value)} />
          </label>
          <fieldset className="field client-kinds">
            <legend>{t('clients.roles')}</legend>
            <Checkbox.Group value={[...roles]} onChange={setRoles} options={clientRoles.map((role) => ({ value: role, label: lookup(`role.${role}`, role) }))} />
          </fieldset>
        </>
      ) : (
        <p>{t('clients.addEffect')}</p>
      )}
      <CredentialFields draft={draft} onChange={setDraft} />
      {tried && missing !== undefined ? <p className="field-error">{missing}</p> : null}
    </Modal>
  );
}
