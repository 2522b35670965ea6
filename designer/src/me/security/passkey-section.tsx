import { Button, Input } from 'antd';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { callAuthDoor, type AuthRefusal } from '../../session/auth-door.ts';
import { AuthRefusalNotice } from '../../session/auth-refusal-notice.tsx';
import { passkeyObstacle } from '../../session/passkey.ts';
import type { PasskeyRow } from '../../session/security-overview.ts';
import { AddPasskey } from './add-passkey.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { useOpenForm, type SecuritySectionProps } from './section.ts';

/** One's passkeys: add, name, remove. */
export function PasskeySection({ overview: { passkeys }, onChange }: SecuritySectionProps): ReactNode {
  const { t } = useText();
  const { isOpen, open, close, done } = useOpenForm(onChange);
  const obstacle = passkeyObstacle();
  return (
    <section className="card" aria-labelledby="security-passkeys">
      <h2 id="security-passkeys">{t('passkey.title')}</h2>
      {passkeys.length === 0 && !isOpen ? <p>{t('passkey.none')}</p> : null}
      {passkeys.length === 0 ? null : (
        <ul className="passkeys">
          {passkeys.map((each) => (
            <Passkey key={each.id} passkey={each} onChange={onChange} />
          ))}
        </ul>
      )}
      {isOpen ? <AddPasskey onDone={done} onClose={close} /> : null}
      {obstacle === undefined ? null : <p className="muted">{t(`passkey.obstacle.${obstacle}`)}</p>}
      {isOpen || obstacle !== undefined ? null : (
        <Button type={passkeys.length === 0 ? 'primary' : 'default'} onClick={open}>
          {t('passkey.add')}
        </Button>
      )}
    </section>
  );
}

function Passkey({ passkey: { id, name, createdAt, lastUsedAt, backedUp }, onChange }: { readonly passkey: PasskeyRow; readonly onChange: () => Promise<void> }): ReactNode {
  const { t, dateTime } = useText();
  const [act, setAct] = useState<'rename' | 'remove' | undefined>();
  const shownName = name ?? t('passkey.unnamed');
  return (
    <li>
      {act === 'rename' ? (
        <Rename
          id={id}
          name={shownName}
          onClose={(isRenamed) => {
            setAct(undefined);
            if (isRenamed) void onChange();
          }}
        />
      ) : (
        <div className="passkey">
          <div>
            <strong>{shownName}</strong>
            <p className="muted small">
              {createdAt === null ? '' : t('passkey.added', { time: dateTime(createdAt) })} {lastUsedAt === null ? t('passkey.neverUsed') : t('passkey.used', { time: dateTime(lastUsedAt) })} {backedUp ? t('passkey.backedUp') : ''}
            </p>
          </div>
          <div className="row-actions">
            <Button onClick={() => setAct('rename')} aria-label={t('passkey.renameOf', { name: shownName })}>{t('passkey.rename')}</Button>
            <Button danger onClick={() => setAct('remove')} aria-label={t('passkey.removeOf', { name: shownName })}>{t('passkey.remove')}</Button>
          </div>
        </div>
      )}
      {act === 'remove' ? (
        <RemoveDialog
          title={t('passkey.removeOf', { name: shownName })}
          effect={t('passkey.remove.effect')}
          path="/passkey/remove"
          body={{ id }}
          onClose={(isRemoved) => {
            setAct(undefined);
            if (isRemoved) void onChange();
          }}
        />
      ) : null}
    </li>
  );
}

function Rename({ id, name, onClose }: { readonly id: string; readonly name: string; readonly onClose: (isRenamed: boolean) => void }): ReactNode {
  const { t } = useText();
  const field = useId();
  const [typed, setTyped] = useState(name);
  const [refusal, setRefusal] = useState<AuthRefusal | undefined>();
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (typed.trim() === '') return;
    const answer = await callAuthDoor('/passkey/rename', { id, name: typed.trim() });
    if (answer.kind === 'refused') setRefusal(answer);
    else onClose(true);
  }
  return (
    <form onSubmit={(event) => void submit(event)} aria-label={t('passkey.renameOf', { name })}>
      <label className="field" htmlFor={field}>
        <span>{t('passkey.name')}</span>
        <Input id={field} autoFocus maxLength={64} value={typed} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <div className="row-actions">
        <Button type="primary" htmlType="submit">{t('passkey.rename')}</Button>
        <Button onClick={() => onClose(false)}>{t('common.back')}</Button>
      </div>
      <AuthRefusalNotice refusal={refusal} />
    </form>
  );
}
