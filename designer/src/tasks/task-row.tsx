import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Person, Task } from '../graphql/model.ts';
import { useText, type Text } from '../i18n/use-text.ts';
import { doseWords, drugWords, orderLineOf } from '../orders/order-line.ts';
import { UrgencyMark } from '../orders/urgency-mark.tsx';
import { PatientCell } from '../patient/patient-banner.tsx';
import { StateMark } from '../status/state-mark.tsx';
import type { InboxRow } from './inbox.ts';
import { timeLeft } from './time-left.ts';
import { performerNames } from './verification-notice.tsx';
import { verificationStage } from './verification.ts';

/** 还剩 12 分钟 / 超时 3 分钟 / 无时限. */
export function timeLeftWords(task: Task, nowMs: number, text: Text): string {
  const left = timeLeft(task, nowMs);
  if (left.kind === 'none') return text.t('tasks.noLimit');
  return text.t(left.kind === 'late' ? 'tasks.late' : 'tasks.left', { time: text.duration(left.durationMs) });
}

/** The name of a task; its element's id only if the process gave it none. */
export function taskName(task: Task, text: Text): string {
  return text.of(task.name, task.elementId);
}

export interface TaskRowProps {
  readonly row: InboxRow<Task>;
  readonly nowMs: number;
  readonly viewerId: string;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onClaim: () => void;
  readonly onRelease: () => void;
}

/** 待核对, who did it and until when it counts; when to look again. */
function TimesLine({ task, viewerId, nowMs }: { readonly task: Task; readonly viewerId: string; readonly nowMs: number }): ReactNode {
  const text = useText();
  const { verification, followUpAt } = task;
  const stage = verificationStage(task, viewerId, undefined);
  const lines = [
    ...(verification === null ? [] : [text.t('verify.row.done', { names: performerNames(task, text), time: text.when(verification.performedAt, nowMs) })]),
    ...(verification === null || verification.until === null ? [] : [text.t('verify.row.until', { time: text.when(verification.until, nowMs) })]),
    ...(followUpAt === null ? [] : [text.t('tasks.followUp', { time: text.when(followUpAt, nowMs) })]),
  ];
  if (lines.length === 0) return null;
  return (
    <span className="task-times" data-verification={stage}>
      {stage === 'second' ? <StateMark state="attention">{text.t('verify.row.second')}</StateMark> : null}
      {lines.map((line) => (
        <span key={line} className="small">
          {line}
        </span>
      ))}
    </span>
  );
}

/** Who has it: me, somebody else, for a while somebody for somebody, or whoever verifies what I did. */
function holderWords(task: Task, viewerId: string, { t }: Text): string {
  const { assignee, owner } = task;
  if (assignee === null) return t(verificationStage(task, viewerId, undefined) === 'performed' ? 'verify.row.performed' : 'tasks.unclaimed');
  const nameOf = (person: Person): string => (person.id === viewerId ? t('tasks.me') : person.displayName);
  return owner === null ? nameOf(assignee) : t('tasks.onBehalf', { holder: nameOf(assignee), owner: nameOf(owner) });
}

/** One task: time left, patient, task, place, process, who has it. */
export function TaskRow({ row, nowMs, viewerId, selected, onSelect, onClaim, onRelease }: TaskRowProps): ReactNode {
  const text = useText();
  const { item: task } = row;
  const left = timeLeft(task, nowMs);
  const line = orderLineOf(task.input);
  const drug = drugWords(line, text);
  const name = taskName(task, text);
  const words = timeLeftWords(task, nowMs, text);
  const gone = row.goneAtMs !== undefined;
  const mine = task.assignee?.id === viewerId;
  const label = text.t('tasks.row', { patient: task.patient?.name ?? text.t('patient.none'), task: name, time: words });
  return (
    <div role="row" aria-label={label} aria-selected={selected} tabIndex={selected ? 0 : -1} data-task={task.id} className={`task-row${gone ? ' task-row-gone' : ''}`} onFocus={onSelect}>
      <div role="gridcell" className="task-time">
        <StateMark state={left.state}>{words}</StateMark> <UrgencyMark line={line} />
        {left.kind === 'none' ? null : <span className={`time-bar state-${left.state}`} style={{ ['--share' as string]: left.share }} aria-hidden="true" />}
      </div>
      <div role="gridcell" className="task-patient">
        <PatientCell patient={task.patient} maskedFields={task.maskedFields} />
      </div>
      <div role="gridcell" className="task-name">
        {gone ? name : <Link to={`/tasks/${encodeURIComponent(task.id)}`} tabIndex={selected ? 0 : -1}>{name}</Link>}
        {row.isNew === true ? <span className="new-mark">{text.t('tasks.newMark')}</span> : null}
        {drug === undefined ? null : <span className="task-drug">{[drug, ...doseWords(line, text)].join(' · ')}</span>}
        {gone ? null : <TimesLine task={task} viewerId={viewerId} nowMs={nowMs} />}
        <span className="muted small">{text.of(task.processInstance?.definition.name)}</span>
      </div>
      <div role="gridcell" className="task-place">
        {task.patient?.encounter == null ? (task.unit ?? '—') : text.t('tasks.place', { ward: text.of(task.patient.encounter.wardName), bed: task.patient.encounter.bed })}
      </div>
      <div role="gridcell" className="task-holder">
        {gone ? <StateMark state="cancelled">{text.t('tasks.gone')}</StateMark> : holderWords(task, viewerId, text)}
      </div>
      <div role="gridcell" className="task-actions">
        {gone ? null : task.canClaim && task.assignee === null ? (
          <Button size="small" onClick={onClaim} tabIndex={selected ? 0 : -1}>
            {text.t('tasks.claim')}
          </Button>
        ) : mine ? (
          <Button size="small" type="text" onClick={onRelease} tabIndex={selected ? 0 : -1}>
            {text.t('tasks.release')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
