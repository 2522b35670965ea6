import { Input, Radio } from 'antd';
import { useId, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { CredentialInput } from './documents.ts';
import { credentialKinds } from './model.ts';

/** What a person has filled in of a new credential. */
export interface CredentialDraft {
  readonly kind: CredentialInput['kind'];
  readonly material: string;
  /** A day, `2027-01-31`, or empty. */
  readonly lastDay: string;
}

export const emptyCredential: CredentialDraft = { kind: 'SECRET', material: '', lastDay: '' };

/** The draft as the gateway takes it: the last day counts whole, by the clock of the reader. */
export function inputOf({ kind, material, lastDay }: CredentialDraft): CredentialInput {
  return {
    kind,
    ...(kind === 'SECRET' ? {} : kind === 'JWK' ? { jwk: material } : { certificate: material }),
    ...(lastDay === '' ? {} : { expiresAt: new Date(`${lastDay}T23:59:59`).toISOString() }),
  };
}

/** True while what was pasted is missing. */
export function lacksMaterial({ kind, material }: CredentialDraft): boolean {
  return kind !== 'SECRET' && material.trim() === '';
}

/** The fields of a new credential: its kind, what is pasted for it, and its end. */
export function CredentialFields({ draft, onChange }: { readonly draft: CredentialDraft; readonly onChange: (draft: CredentialDraft) => void }): ReactNode {
  const { t } = useText();
  const id = useId();
  return (
    <>
      <fieldset className="field client-kinds">
        <legend>{t('clients.kind')}</legend>
        <Radio.Group value={draft.kind} onChange={({ target }) => onChange({ ...draft, kind: target.value as CredentialDraft['kind'] })}>
          {credentialKinds.map((kind) => (
            <Radio key={kind} value={kind}>
              {t(`clients.kind.${kind}`)} <span className="muted small block">{t(`clients.kindHelp.${kind}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      {draft.kind === 'SECRET' ? null : (
        <label className="field" htmlFor={`${id}-material`}>
          <span>{t(draft.kind === 'JWK' ? 'clients.jwk' : 'clients.certificate')}</span>
          <Input.TextArea id={`${id}-material`} rows={5} value={draft.material} spellCheck={false} autoComplete="off" onChange={({ target }) => onChange({ ...draft, material: target.value })} />
          <span className="muted small">{t('clients.publicOnly')}</span>
        </label>
      )}
      <label className="field" htmlFor={`${id}-end`}>
        <span>
          {t('clients.lastDay')} <span className="muted">({t('common.optional')})</span>
        </span>
        <Input id={`${id}-end`} type="date" value={draft.lastDay} onChange={({ target }) => onChange({ ...draft, lastDay: target.value })} />
      </label>
    </>
  );
}
