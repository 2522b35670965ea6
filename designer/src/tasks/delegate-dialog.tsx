import { Button, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { sendCommand } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import type { Person, Task } from '../graphql/model.ts';
import { roleNames } from '../session/role-names.ts';
import { useText } from '../i18n/use-text.ts';
import { delegateTaskDocument } from './documents.ts';

export interface DelegateDialogProps {
  readonly task: Pick<Task, 'id' | 'candidateRoles'>;
  /** Known people whom it could be handed to; anybody else by their number. */
  readonly people: readonly Person[];
  readonly onClose: (changed: boolean) => void;
}

/** Hands a task to another person for a while. The server decides whether that person may do it. */
export function DelegateDialog({ task, people, onClose }: DelegateDialogProps): ReactNode {
  const text = useText();
  const { t } = text;
  const client = useClient();
  const id = useId();
  const [intention] = useState(() => new Intention());
  const [entered, setEntered] = useState('');
  const delegateId = entered.trim();
  return (
    <ReasonDialog
      title={t('delegate.title')}
      effect={t('delegate.effect', { who: roleNames(task.candidateRoles, text) })}
      action={t('delegate.action')}
      missing={delegateId === '' ? t('delegate.missing') : undefined}
      onAct={async (reason) => {
        const input = { taskId: task.id, delegateId, reason };
        const result = await sendCommand(client, delegateTaskDocument, { input: { ...input, idempotencyKey: intention.keyFor(input) } });
        if (result.kind !== 'problem') intention.answered();
        return result;
      }}
      onClose={onClose}
    >
      <label className="field" htmlFor={id}>
        <span>{t('delegate.person')}</span>
        <Input id={id} value={entered} maxLength={64} autoComplete="off" onChange={(event) => setEntered(event.target.value)} aria-describedby={`${id}-help`} />
        <span id={`${id}-help`} className="muted small">
          {t('delegate.personHelp')}
        </span>
      </label>
      {people.length === 0 ? null : (
        <div className="row-actions" role="group" aria-label={t('delegate.known')}>
          <span className="label">{t('delegate.known')}</span>
          {people.map((person) => (
            <Button key={person.id} size="small" aria-pressed={person.id === delegateId} {...(person.id === delegateId ? { type: 'primary' as const } : {})} onClick={() => setEntered(person.id)}>
              {person.displayName}
            </Button>
          ))}
        </div>
      )}
    </ReasonDialog>
  );
}
