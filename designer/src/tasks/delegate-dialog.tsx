import { Select } from 'antd';
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
  /** Whom it can be handed to. */
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
  const [delegateId, setDelegateId] = useState<string>();
  return (
    <ReasonDialog
      title={t('delegate.title')}
      effect={t('delegate.effect', { who: roleNames(task.candidateRoles, text) })}
      action={t('delegate.action')}
      missing={delegateId === undefined ? t('delegate.missing') : undefined}
      onAct={async (reason) => {
        const input = { taskId: task.id, delegateId: delegateId ?? '', reason };
        const result = await sendCommand(client, delegateTaskDocument, { input: { ...input, idempotencyKey: intention.keyFor(input) } });
        if (result.kind !== 'problem') intention.answered();
        return result;
      }}
      onClose={onClose}
    >
      <label className="field" htmlFor={id}>
        <span>{t('delegate.person')}</span>
        <Select<string>
          id={id}
          {...(delegateId === undefined ? {} : { value: delegateId })}
          showSearch={{ optionFilterProp: 'label' }}
          notFoundContent={t('delegate.nobody')}
          options={people.map((person) => ({ value: person.id, label: person.displayName }))}
          onChange={setDelegateId}
        />
      </label>
    </ReasonDialog>
  );
}
