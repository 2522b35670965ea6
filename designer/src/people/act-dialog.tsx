import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import type { CommandResult } from '../graphql/command.ts';
import { useText } from '../i18n/use-text.ts';

export interface ActDialogProps {
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
export function ActDialog({ title, effect, action, children, missing, onAct, onClose }: ActDialogProps): ReactNode {
  const { t } = useText();
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
    <Modal
      open
      title={title}
      onCancel={onClose}
      footer={
        <div className="row-actions end">
          <Button onClick={onClose}>{t('common.keep')}</Button>
          <Button type="primary" loading={isBusy} onClick={() => void act()}>
            {action}
          </Button>
        </div>
      }
    >
      <p className="muted">{effect}</p>
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} onRetry={() => void act()} /> : null}
      {children}
      {isTried && missing !== undefined ? (
        <p className="field-error" role="alert">
          {missing}
        </p>
      ) : null}
    </Modal>
  );
}
