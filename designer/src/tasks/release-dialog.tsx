import { useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { sendCommand } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import type { Task } from '../graphql/model.ts';
import { useText } from '../i18n/use-text.ts';
import { releaseTaskDocument } from './documents.ts';

/** Gives a task back to the group, or to the person who had delegated it, with the reason. */
export function ReleaseDialog({ task, onClose }: { readonly task: Pick<Task, 'id' | 'owner'>; readonly onClose: (changed: boolean) => void }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [intention] = useState(() => new Intention());
  return (
    <ReasonDialog
      title={t('task.releaseTitle')}
      effect={task.owner === null ? t('task.releaseEffect') : t('task.releaseToOwner', { owner: task.owner.displayName })}
      action={t('tasks.release')}
      onAct={async (reason) => {
        const result = await sendCommand(client, releaseTaskDocument, { input: { taskId: task.id, reason, idempotencyKey: intention.keyFor(reason) } });
        if (result.kind !== 'problem') intention.answered();
        return result;
      }}
      onClose={onClose}
    />
  );
}
