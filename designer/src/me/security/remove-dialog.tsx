import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
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
  const { t } = useText();
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
    <Modal
      open
      title={title}
      onCancel={() => onClose(false)}
      footer={
        <div className="row-actions end">
          <Button onClick={() => onClose(false)}>{t('common.keep')}</Button>
          <Button type="primary" danger loading={busy} onClick={() => void remove()}>
            {title}
          </Button>
        </div>
      }
    >
      <p>{effect}</p>
      <AuthRefusalNotice refusal={refusal} />
    </Modal>
  );
}
