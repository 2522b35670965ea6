import type { AuditEntry, Task } from '../graphql/model.ts';

/** Why the work of the first person counts no more. */
export interface Returned {
  readonly at: string;
  readonly kind: 'rejected' | 'expired';
  readonly by: string;
  readonly reason: string;
}

type Line = Pick<AuditEntry, 'action' | 'taskId' | 'recordedAt' | 'reason'> & { readonly actor: Pick<AuditEntry['actor'], 'id' | 'displayName'> };

/** How the last verification of a task ended without a confirmation, unless it was done again since. `lines` oldest first. */
export function lastReturn(task: Pick<Task, 'taskId'>, lines: readonly Line[]): Returned | undefined {
  const own = task.taskId.slice(task.taskId.lastIndexOf(':') + 1);
  const last = lines.findLast(({ action, taskId }) => (taskId === own || taskId === task.taskId) && (action === 'task.performed' || action === 'task.verificationRejected'));
  if (last?.action !== 'task.verificationRejected') return undefined;
  const reason = last.reason ?? '';
  return { at: last.recordedAt, kind: reason === 'VERIFICATION_EXPIRED' ? 'expired' : 'rejected', by: last.actor.displayName ?? last.actor.id, reason };
}
