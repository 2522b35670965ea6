import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from 'urql';
import { newIdempotencyKey, sendCommand, type Refusal } from '../graphql/command.ts';
import type { Task } from '../graphql/model.ts';
import type { Problem } from '../graphql/problem.ts';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import { claimTaskDocument } from './documents.ts';
import { inboxAction } from './inbox-keys.ts';
import type { InboxRow } from './inbox.ts';
import { ReleaseDialog } from './release-dialog.tsx';
import { TaskRow } from './task-row.tsx';

export interface TaskGridProps {
  readonly rows: readonly InboxRow<Task>[];
  readonly nowMs: number;
  readonly onChanged: () => void;
}

/** The rows with their keys: J K Enter L O, only while the list has the focus. */
export function TaskGrid({ rows, nowMs, onChanged }: TaskGridProps): ReactNode {
  const { t } = useText();
  const client = useClient();
  const viewer = useViewer();
  const navigate = useNavigate();
  const grid = useRef<HTMLDivElement>(null);
  const [selectedId, setSelectedId] = useState<string | undefined>();
  const [releasing, setReleasing] = useState<Task | undefined>();
  const [trouble, setTrouble] = useState<{ readonly refusal: Refusal } | { readonly problem: Problem } | undefined>();
  const found = rows.findIndex((row) => row.item.id === selectedId);
  const selected = found === -1 ? 0 : found;

  async function claim(task: Task): Promise<void> {
    const result = await sendCommand(client, claimTaskDocument, { input: { taskId: task.id, idempotencyKey: newIdempotencyKey() } });
    setTrouble(result.kind === 'accepted' ? undefined : result);
    onChanged();
  }

  function select(index: number): void {
    const id = rows[index]?.item.id;
    if (id === undefined) return;
    setSelectedId(id);
    const row = [...(grid.current?.querySelectorAll<HTMLElement>('[data-task]') ?? [])].find((element) => element.dataset['task'] === id);
    row?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const action = inboxAction({ code: event.code, isComposing: event.nativeEvent.isComposing, ctrlKey: event.ctrlKey, altKey: event.altKey, metaKey: event.metaKey, shiftKey: event.shiftKey });
    const row = rows[selected];
    if (action === undefined || row === undefined) return;
    // Enter on a button or link inside the row is that button's own.
    if (action === 'open' && event.target instanceof HTMLElement && event.target.role !== 'row') return;
    event.preventDefault();
    if (action === 'next') select(Math.min(rows.length - 1, selected + 1));
    else if (action === 'previous') select(Math.max(0, selected - 1));
    else if (row.goneAtMs !== undefined) return;
    else if (action === 'open') void navigate(`/tasks/${encodeURIComponent(row.item.id)}`);
    else if (action === 'claim' && row.item.canClaim && row.item.assignee === null) void claim(row.item);
    else if (action === 'release' && row.item.assignee?.id === viewer.id) setReleasing(row.item);
  }

  return (
    <>
      {trouble === undefined ? null : 'refusal' in trouble ? <RefusalNotice refusal={trouble.refusal} /> : <ProblemNotice problem={trouble.problem} />}
      <div className="task-grid" role="grid" aria-label={t('tasks.title')} ref={grid} onKeyDown={onKeyDown}>
        <div role="row" className="task-row task-head">
          {(['time', 'patient', 'task', 'place', 'holder', 'actions'] as const).map((column) => (
            <div key={column} role="columnheader">
              {t(`tasks.column.${column}`)}
            </div>
          ))}
        </div>
        {rows.map((row, index) => (
          <TaskRow key={row.item.id} row={row} nowMs={nowMs} viewerId={viewer.id} selected={index === selected} onSelect={() => setSelectedId(row.item.id)} onClaim={() => void claim(row.item)} onRelease={() => setReleasing(row.item)} />
        ))}
      </div>
      {releasing === undefined ? null : (
        <ReleaseDialog
          task={releasing}
          onClose={(changed) => {
            setReleasing(undefined);
            if (changed) onChanged();
          }}
        />
      )}
    </>
  );
}
