import { useState, type ReactNode } from 'react';
import type { CommandResult } from '../graphql/command.ts';
import { ActDialog } from './act-dialog.tsx';
import { ProblemNotice } from './feedback.tsx';
import { RefusalNotice } from './refusal-notice.tsx';

export interface FieldsDialogProps {
  readonly title: string;
  /** What will happen. */
  readonly effect: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  readonly children: ReactNode;
  /** What the fields still lack, as a sentence. */
  readonly missing: string | undefined;
  readonly onAct: () => Promise<CommandResult<unknown>>;
  readonly onClose: () => void;
}

/** Fields of something new, and how it ended. Where a reason is needed, `ReasonDialog` stands instead. */
export function FieldsDialog({ title, effect, action, children, missing, onAct, onClose }: FieldsDialogProps): ReactNode {
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<CommandResult<unknown> | undefined>();

  async function act(): Promise<void> {
    setTried(true);
    if (missing !== undefined) return;
    setBusy(true);
    const outcome = await onAct();
    setBusy(false);
    setResult(outcome);
  }

  return (
    <ActDialog title={title} effect={effect} action={action} busy={isBusy} onAct={() => void act()} onClose={onClose}>
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} onRetry={() => void act()} /> : null}
      {children}
      {isTried && missing !== undefined ? (
        <p className="field-error" role="alert">
          {missing}
        </p>
      ) : null}
    </ActDialog>
  );
}
