import { Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { InstanceDetail } from '../instances/documents.ts';
import { cancelInstanceDocument, pauseInstanceDocument, resumeInstanceDocument } from './documents.ts';
import { OperationForm } from './operation-form.tsx';

/** What every operation is given. */
export interface OperationProps {
  readonly instance: InstanceDetail;
  /** Why it can no longer be done. */
  readonly overtaken: string | undefined;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

const openTasksOf = ({ tasks }: InstanceDetail): number => tasks.filter(({ status }) => status === 'open').length;

/** Holds the case: people are refused, what comes from outside is kept. */
export function PauseOperation(props: OperationProps): ReactNode {
  const { t } = useText();
  const [tasks] = useState(() => openTasksOf(props.instance));
  return <OperationForm {...props} title={t('operate.pause')} effect={<p>{t('operate.pause.effect', { tasks })}</p>} action={t('operate.pause')} document={pauseInstanceDocument} input={{}} hasTakenEffect={props.instance.status === 'paused'} outcome={t('operate.pause.done')} />;
}

/** Lets a held case go on. */
export function ResumeOperation(props: OperationProps): ReactNode {
  const { t } = useText();
  return <OperationForm {...props} title={t('operate.resume')} effect={<p>{t('operate.resume.effect')}</p>} action={t('operate.resume')} document={resumeInstanceDocument} input={{}} hasTakenEffect={props.instance.status !== 'paused'} outcome={t('operate.resume.done')} />;
}

/** Ends the case for good, with or without undoing what it has done. */
export function CancelOperation(props: OperationProps): ReactNode {
  const { t } = useText();
  const { instance } = props;
  const [compensate, setCompensate] = useState(false);
  const [tasks] = useState(() => openTasksOf(instance));
  const isEnded = instance.status === 'cancelled';
  return (
    <OperationForm
      {...props}
      title={t('instance.cancel')}
      isDanger
      effect={<p>{t('operate.cancel.effect', { tasks })}</p>}
      action={t(compensate ? 'operate.cancel.undoAction' : 'instance.cancel')}
      document={cancelInstanceDocument}
      input={compensate ? { compensate } : {}}
      hasTakenEffect={isEnded}
      outcome={t(compensate && !isEnded ? 'operate.cancel.undoing' : compensate ? 'operate.cancel.undone' : 'operate.cancel.done')}
    >
      {(editable) => (
        <Radio.Group className="operation-choice" disabled={!editable} aria-label={t('operate.cancel.how')} value={compensate} onChange={(event) => setCompensate(event.target.value === true)}>
          <Radio value={false}>
            <strong>{t('operate.cancel.plain')}</strong> <span className="muted block">{t('operate.cancel.plainEffect')}</span>
          </Radio>
          <Radio value={true}>
            <strong>{t('operate.cancel.undo')}</strong> <span className="muted block">{t('operate.cancel.undoEffect')}</span>
          </Radio>
        </Radio.Group>
      )}
    </OperationForm>
  );
}
