import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Task } from '../graphql/model.ts';
import { formatTime } from '../i18n/format-date.ts';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import { DelegateDialog } from './delegate-dialog.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import { ReleaseDialog } from './release-dialog.tsx';
import { taskName } from './task-row.tsx';
import type { VerificationStage } from './verification.ts';

export interface TaskActionsProps {
  readonly task: Task;
  readonly verifying: VerificationStage;
  readonly disabled: boolean;
  readonly busy: boolean;
  readonly savedAtMs: number | undefined;
  readonly onClaim: () => void;
  readonly onChanged: () => void;
  /** The form that the main button submits. */
  readonly formId: string;
}

/** What can be done with an open task: the main action last, at the right. */
export function TaskActions({ task, verifying, disabled, busy, savedAtMs, onClaim, onChanged, formId }: TaskActionsProps): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const [open, setOpen] = useState<'release' | 'delegate' | 'reject' | undefined>();
  const mine = task.assignee?.id === viewer.id;
  const close = (changed: boolean): void => {
    setOpen(undefined);
    if (changed) onChanged();
  };
  return (
    <>
      <footer className="sticky-actions">
        {mine ? <Button onClick={() => setOpen('release')}>{t('tasks.release')}</Button> : null}
        {mine && task.owner === null ? <Button onClick={() => setOpen('delegate')}>{t('delegate.title')}</Button> : null}
        {task.assignee === null && task.canClaim ? <Button onClick={onClaim}>{t('tasks.claim')}</Button> : null}
        {verifying === 'second' && task.canComplete ? (
          <Button danger onClick={() => setOpen('reject')}>
            {t('verify.reject')}
          </Button>
        ) : null}
        <span className="muted small">{savedAtMs === undefined ? '' : t('task.draftKept', { time: formatTime(new Date(savedAtMs).toISOString()) })}</span>
        <Button type="primary" htmlType="submit" form={formId} disabled={disabled} loading={busy} title="Ctrl+Enter">
          {verifying === 'second' ? t('verify.confirm') : t('task.complete', { task: taskName(task, text) })}
        </Button>
      </footer>
      {open === 'release' ? <ReleaseDialog task={task} onClose={close} /> : null}
      {open === 'delegate' ? <DelegateDialog task={task} people={task.delegates ?? []} onClose={close} /> : null}
      {open === 'reject' ? <RejectDialog task={task} onClose={close} /> : null}
    </>
  );
}
