import { useState, type ReactNode } from 'react';
import { ActDialog } from '../../feedback/act-dialog.tsx';
import { callAuthDoor, type AuthRefusal } from '../../session/auth-door.ts';
import { AuthRefusalNotice } from '../../session/auth-refusal-notice.tsx';

export interface RemoveDialogProps {
  readonly title: string;
  /** What will happen; never 您确定吗. */
  readonly effect: string;
  /** The door under `/api/auth`, and what it is told. */
  readonly path: string;
  readonly body: object;
  readonly onClose: (isRemoved: boolean) => void;
}

/** Previews what removing a factor does, does it, and shows why it was refused. */
export function RemoveDialog({ title, effect, path, body, onClose }: RemoveDialogProps): ReactNode {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<AuthRefusal | undefined>();

  async function remove(): Promise<void> {
    setBusy(true);
    const answer = await callAuthDoor(path, body);
    setBusy(false);
    if (answer.kind === 'refused') setRefusal(answer);
    else onClose(true);
  }

  return (
    <ActDialog title={title} effect={effect} action={title} danger busy={busy} onAct={() => void remove()} onClose={() => onClose(false)}>
      <AuthRefusalNotice refusal={refusal} />
    </ActDialog>
  );
}
