import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';

export interface ActDialogProps {
  readonly title: string;
  /** What will happen; never 您确定吗. */
  readonly effect: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  /** For what takes something away. */
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly onAct: () => void;
  readonly onClose: () => void;
  /** Further fields, and how it ended. */
  readonly children?: ReactNode;
}

/** Previews an action's effect, and offers to act or to keep things as they are. */
export function ActDialog({ title, effect, action, danger = false, busy, onAct, onClose, children }: ActDialogProps): ReactNode {
  const { t } = useText();
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      footer={
        <div className="row-actions end">
          <Button onClick={onClose}>{t('common.keep')}</Button>
          <Button type="primary" danger={danger} loading={busy} onClick={onAct}>
            {action}
          </Button>
        </div>
      }
    >
      <p>{effect}</p>
      {children}
    </Modal>
  );
}
