import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { useText } from '../i18n/use-text.ts';
import { useCommand } from '../rules/use-command.ts';
import { StateMark } from '../status/state-mark.tsx';
import { FieldsDialog } from '../feedback/fields-dialog.tsx';
import { disablePersonCommand, enablePersonCommand, renamePersonCommand, renewLinkCommand, type NewLink } from './commands.ts';
import type { Person } from './model.ts';
import { FirstLinkDialog } from './new-person-dialog.tsx';

function RenameDialog({ person, onClose }: { readonly person: Person; readonly onClose: (done: boolean) => void }): ReactNode {
  const { t } = useText();
  const [name, setName] = useState(person.displayName);
  const [staffNumber, setStaffNumber] = useState(person.staffNumber ?? '');
  const send = useCommand(renamePersonCommand);
  return (
    <FieldsDialog
      title={t('people.rename')}
      effect={t('people.rename.effect')}
      action={t('people.rename.action')}
      missing={name.trim() === '' ? t('people.new.nameMissing') : undefined}
      onClose={() => onClose(false)}
      onAct={async () => {
        const outcome = await send({ personId: person.id, name: name.trim(), ...(staffNumber.trim() === '' ? {} : { staffNumber: staffNumber.trim() }) });
        if (outcome.kind === 'accepted') onClose(true);
        return outcome;
      }}
    >
      <label className="field">
        <span>{t('people.name')}</span>
        <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('people.staffNumber.optional')}</span>
        <Input value={staffNumber} maxLength={32} onChange={(event) => setStaffNumber(event.target.value)} />
      </label>
    </FieldsDialog>
  );
}

/** The account itself: names, whether it can sign in, and what the system administrator does with it. */
export function AccountCard({ person, mayChange, onChanged }: { readonly person: Person; readonly mayChange: boolean; readonly onChanged: () => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const [open, setOpen] = useState<'rename' | 'disable' | 'enable' | 'link' | undefined>();
  const [path, setPath] = useState<string | undefined>();
  const disable = useCommand(disablePersonCommand);
  const enable = useCommand(enablePersonCommand);
  const renew = useCommand(renewLinkCommand);
  const close = (done: boolean): void => {
    setOpen(undefined);
    if (done) onChanged();
  };
  const isDisabled = person.disabledAt !== null;
  return (
    <section className="card" aria-labelledby="account-heading">
      <h2 id="account-heading">{t('people.account')}</h2>
      <dl className="facts">
        <dt>{t('session.username')}</dt>
        <dd>{person.username}</dd>
        <dt>{t('people.staffNumber')}</dt>
        <dd>{person.staffNumber ?? t('people.none')}</dd>
        <dt>{t('people.createdAt')}</dt>
        <dd>{text.dateTime(person.createdAt)}</dd>
        <dt>{t('people.state')}</dt>
        <dd>
          {person.disabledAt !== null ? (
            <StateMark state="paused">{t('people.disabledBy', { name: person.disabledBy?.displayName ?? '', time: text.dateTime(person.disabledAt) })}</StateMark>
          ) : person.canSignIn ? (
            <StateMark state="done">{t('people.canSignIn')}</StateMark>
          ) : (
            <StateMark state="waiting">{t('people.notYetIn')}</StateMark>
          )}
        </dd>
      </dl>
      {mayChange ? (
        <p className="row-actions">
          <Button onClick={() => setOpen('rename')}>{t('people.rename')}</Button>
          {!person.canSignIn && !isDisabled ? <Button onClick={() => setOpen('link')}>{t('people.renewLink')}</Button> : null}
          <Button danger={!isDisabled} onClick={() => setOpen(isDisabled ? 'enable' : 'disable')}>{isDisabled ? t('people.enable') : t('people.disable')}</Button>
        </p>
      ) : null}
      {open === 'rename' ? <RenameDialog person={person} onClose={close} /> : null}
      {open === 'disable' ? <ReasonDialog title={t('people.disable.title', { name: person.displayName })} effect={t('people.disable.effect')} action={t('people.disable')} onAct={(reason) => disable({ personId: person.id, reason })} onClose={close} /> : null}
      {open === 'enable' ? <ReasonDialog title={t('people.enable.title', { name: person.displayName })} effect={t('people.enable.effect')} action={t('people.enable')} onAct={(reason) => enable({ personId: person.id, reason })} onClose={close} /> : null}
      {open === 'link' && path === undefined ? (
        <FieldsDialog
          title={t('people.renewLink')}
          effect={t('people.renewLink.effect')}
          action={t('people.renewLink')}
          missing={undefined}
          onClose={() => close(false)}
          onAct={async () => {
            const outcome = await renew({ personId: person.id });
            // The command reads it of its payload.
            if (outcome.kind === 'accepted') setPath((outcome.payload as NewLink).firstPasswordPath ?? undefined);
            return outcome;
          }}
        >
          {null}
        </FieldsDialog>
      ) : null}
      {path === undefined ? null : (
        <FirstLinkDialog
          path={path}
          onClose={() => {
            setPath(undefined);
            close(true);
          }}
        />
      )}
    </section>
  );
}
