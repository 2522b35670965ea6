import { Button, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import type { CommandResult } from '../graphql/command.ts';
import { useText } from '../i18n/use-text.ts';
import { FieldsDialog } from '../feedback/fields-dialog.tsx';
import { useCommand } from '../rules/use-command.ts';
import { StateMark } from '../status/state-mark.tsx';
import { closeWardCommand, createWardCommand, renameWardCommand, reopenWardCommand, type WardName, type WardStanding } from './documents.ts';
import { mergedNames } from './merged-names.ts';
import { obstaclesOf } from './obstacles.ts';

/** As the gateway takes it: it also stands in messages and in the addresses of cabinets. */
const codeForm = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;

function NameFields({ names, onChange }: { readonly names: WardName; readonly onChange: (names: WardName) => void }): ReactNode {
  const { t } = useText();
  return (
    <>
      <label className="field">
        <span>{t('wards.nameZhCN')}</span>
        <Input value={names.zhCN} lang="zh-CN" maxLength={60} onChange={(event) => onChange({ ...names, zhCN: event.target.value })} />
      </label>
      <label className="field">
        <span>{t('wards.nameEn')}</span>
        <Input value={names.en} lang="en" maxLength={60} onChange={(event) => onChange({ ...names, en: event.target.value })} />
      </label>
    </>
  );
}

/** Makes a ward. Its code is shown as what never changes. */
export function NewWardDialog({ onClose }: { readonly onClose: (done: boolean) => void }): ReactNode {
  const { t } = useText();
  const [code, setCode] = useState('');
  const [names, setNames] = useState<WardName>({ zhCN: '', en: '' });
  const send = useCommand(createWardCommand);
  const missing = !codeForm.test(code) ? t('wards.codeMissing') : names.zhCN.trim() === '' || names.en.trim() === '' ? t('wards.nameMissing') : undefined;
  return (
    <FieldsDialog
      title={t('wards.new')}
      effect={t('wards.new.effect')}
      action={t('wards.new.action')}
      missing={missing}
      onClose={() => onClose(false)}
      onAct={async () => {
        const outcome = await send({ code, nameZhCN: names.zhCN.trim(), nameEn: names.en.trim() });
        if (outcome.kind === 'accepted') onClose(true);
        return outcome;
      }}
    >
      <label className="field">
        <span>{t('wards.code')}</span>
        <Input value={code} maxLength={32} autoFocus autoCapitalize="none" spellCheck={false} aria-describedby="ward-code-help" onChange={(event) => setCode(event.target.value.trim())} />
        <span id="ward-code-help" className="muted small">{t('wards.code.help')}</span>
      </label>
      <NameFields names={names} onChange={setNames} />
    </FieldsDialog>
  );
}

interface WardDialogProps {
  /** The ward as it is now. */
  readonly standing: WardStanding;
  /** Reads the wards anew: after a conflict the dialog goes on with what is there now. */
  readonly onChanged: () => void;
  readonly onClose: (done: boolean) => void;
}

/**
 * Renames a ward. What somebody else has saved meanwhile is shown beside what was entered here; a name that was not touched here
 * becomes theirs, so that neither is lost.
 */
export function RenameWardDialog({ standing: { id, revision, ward }, onChanged, onClose }: WardDialogProps): ReactNode {
  const { t } = useText();
  const [names, setNames] = useState<WardName>(ward.name);
  // Only a refusal moves on to what somebody else saved: until then it is what the person has seen.
  const [seen, setSeen] = useState({ revision, name: ward.name });
  const [begun] = useState(revision);
  const [isConflict, setConflict] = useState(false);
  const send = useCommand(renameWardCommand);
  if (isConflict && seen.revision !== revision) {
    setNames(mergedNames(names, seen.name, ward.name));
    setSeen({ revision, name: ward.name });
  }
  return (
    <FieldsDialog
      title={t('wards.rename')}
      effect={t('wards.rename.effect', { code: id })}
      action={t('wards.rename.action')}
      missing={names.zhCN.trim() === '' || names.en.trim() === '' ? t('wards.nameMissing') : undefined}
      onClose={() => onClose(false)}
      onAct={async () => {
        const outcome = await send({ wardId: id, expectedRevision: seen.revision, nameZhCN: names.zhCN.trim(), nameEn: names.en.trim() });
        if (outcome.kind === 'accepted') onClose(true);
        if (isChanged(outcome)) {
          setConflict(true);
          onChanged();
        }
        return outcome;
      }}
    >
      {isConflict && revision !== begun ? (
        <div className="notice notice-attention" role="status">
          <StateMark state="attention" bare />
          <div>
            <p>{t(ward.closedAt === null ? 'wards.now' : 'wards.now.closed', { zhCN: ward.name.zhCN, en: ward.name.en })}</p>
            <p className="notice-actions">
              <Button size="small" onClick={() => setNames(ward.name)}>{t('wards.takeNow')}</Button>
            </p>
          </div>
        </div>
      ) : null}
      <NameFields names={names} onChange={setNames} />
    </FieldsDialog>
  );
}

/** Says before anything is sent what stands in the way, and where it is settled; else asks for the reason. */
export function CloseWardDialog({ standing, onChanged, onClose }: WardDialogProps): ReactNode {
  const text = useText();
  const { t } = text;
  const send = useCommand(closeWardCommand);
  const title = t('wards.close.title', { name: text.of(standing.ward.name, standing.id) });
  const obstacles = obstaclesOf(standing);
  if (obstacles.length > 0) {
    return (
      <Modal open title={title} onCancel={() => onClose(false)} footer={<Button onClick={() => onClose(false)}>{t('wards.understood')}</Button>}>
        <p>{t('wards.close.inUse')}</p>
        <ul className="ward-obstacles">
          {obstacles.map(({ key, count, path }) => (
            <li key={key}>
              {t(key, { count })} {path === undefined ? null : <Link to={path}>{t('wards.obstacle.go')}</Link>}
            </li>
          ))}
        </ul>
      </Modal>
    );
  }
  return (
    <ReasonDialog
      title={title}
      effect={t('wards.close.effect')}
      action={t('wards.close')}
      onAct={async (reason) => {
        const outcome = await send({ wardId: standing.id, expectedRevision: standing.revision, reason });
        if (isChanged(outcome)) onChanged();
        return outcome;
      }}
      onClose={onClose}
    />
  );
}

/** Opens a closed ward again. */
export function ReopenWardDialog({ standing, onChanged, onClose }: WardDialogProps): ReactNode {
  const text = useText();
  const { t } = text;
  const send = useCommand(reopenWardCommand);
  return (
    <ReasonDialog
      title={t('wards.reopen.title', { name: text.of(standing.ward.name, standing.id) })}
      effect={t('wards.reopen.effect')}
      action={t('wards.reopen')}
      onAct={async (reason) => {
        const outcome = await send({ wardId: standing.id, expectedRevision: standing.revision, reason });
        if (isChanged(outcome)) onChanged();
        return outcome;
      }}
      onClose={onClose}
    />
  );
}

/** Whether somebody else has changed the ward since it was read. */
function isChanged(outcome: CommandResult<unknown>): boolean {
  return outcome.kind === 'refused' && outcome.refusal.code === 'WARD_CHANGED';
}
