import type { ReactNode } from 'react';
import type { Task } from '../graphql/model.ts';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';

/** Who has the task when it is not simply the viewer's: somebody else, or somebody for somebody. */
export function HolderNotice({ task }: { readonly task: Pick<Task, 'assignee' | 'owner'> }): ReactNode {
  const { t } = useText();
  const viewer = useViewer();
  const { assignee, owner } = task;
  if (assignee === null) return null;
  const mine = assignee.id === viewer.id;
  if (owner !== null && mine) return <p className="notice">{t('task.delegatedToYou', { owner: owner.displayName })}</p>;
  if (owner !== null) return <p className="notice notice-attention">{owner.id === viewer.id ? t('task.delegatedByYou', { name: assignee.displayName }) : t('task.delegated', { name: assignee.displayName, owner: owner.displayName })}</p>;
  return mine ? null : <p className="notice notice-attention">{t('task.heldBy', { name: assignee.displayName })}</p>;
}
