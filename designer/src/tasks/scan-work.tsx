import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import { StateMark } from '../status/state-mark.tsx';
import { HolderNotice } from './holder-notice.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import { ReturnedNotice } from './returned-notice.tsx';
import { useTaskRecord } from './task-record.ts';
import { taskName } from './task-row.tsx';
import type { TaskWorkProps } from './task-work.tsx';
import { VerificationNotice } from './verification-notice.tsx';
import { draftIdOf, verificationStage } from './verification.ts';

/** A task that is done by scanning at the bedside: the way there, and what two persons have to know. */
export function ScanWork(props: TaskWorkProps): ReactNode {
  return <OneRound key={draftIdOf(props.task)} {...props} />;
}

function OneRound({ task, again }: TaskWorkProps): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const record = useTaskRecord(task);
  const [rejecting, setRejecting] = useState(false);
  const verifying = verificationStage(task, viewer.id, record.rule);
  return (
    <section className="card" aria-label={taskName(task, text)}>
      {verifying === 'none' ? null : <VerificationNotice task={task} stage={verifying} rule={record.rule} />}
      {record.returned === undefined ? null : <ReturnedNotice returned={record.returned} />}
      {task.status === 'open' ? <HolderNotice task={task} /> : null}
      {verifying === 'performed' ? null : <p>{t('task.scanOnly')}</p>}
      {task.status !== 'open' ? (
        <StateMark state={task.status === 'completed' ? 'done' : 'cancelled'} />
      ) : verifying === 'performed' ? null : (
        <p className="row-actions">
          <Link to={`/bedside?task=${encodeURIComponent(task.id)}`}>
            <Button type="primary" size="large" tabIndex={-1}>
              {t('task.goScan')}
            </Button>
          </Link>
          {verifying === 'second' && task.canComplete ? (
            <Button danger size="large" onClick={() => setRejecting(true)}>
              {t('verify.reject')}
            </Button>
          ) : null}
        </p>
      )}
      {rejecting ? (
        <RejectDialog
          task={task}
          onClose={(changed) => {
            setRejecting(false);
            if (changed) again();
          }}
        />
      ) : null}
    </section>
  );
}
