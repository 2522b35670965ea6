import { useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { sendCommand } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import type { Task } from '../graphql/model.ts';
import { useText } from '../i18n/use-text.ts';
import { rejectVerificationDocument } from './documents.ts';
import { performerNames } from './verification-notice.tsx';

/** The second person does not confirm: back to the first, with what is different. */
export function RejectDialog({ task, onClose }: { readonly task: Pick<Task, 'id' | 'verification'>; readonly onClose: (changed: boolean) => void }): ReactNode {
  const text = useText();
  const client = useClient();
  const [intention] = useState(() => new Intention());
  return (
    <ReasonDialog
      title={text.t('verify.reject')}
      effect={text.t('verify.reject.effect', { names: performerNames(task, text) })}
      action={text.t('verify.reject')}
      label={text.t('verify.reject.reason')}
      onAct={async (reason) => {
        const result = await sendCommand(client, rejectVerificationDocument, { input: { taskId: task.id, reason, idempotencyKey: intention.keyFor(reason) } });
        if (result.kind !== 'problem') intention.answered();
        return result;
      }}
      onClose={onClose}
    />
  );
}
