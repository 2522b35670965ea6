import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { useNow } from '../app/clock.ts';
import { Page } from '../app/page.tsx';
import { FactList } from '../facts/fact-list.tsx';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useLive } from '../graphql/live.tsx';
import type { Task } from '../graphql/model.ts';
import { useText } from '../i18n/use-text.ts';
import { FindPatientLink } from '../patient-access/find-patient-link.tsx';
import { doseWords, drugWords, orderLineOf } from '../orders/order-line.ts';
import { UrgencyMark } from '../orders/urgency-mark.tsx';
import { PatientBanner } from '../patient/patient-banner.tsx';
import { StateMark } from '../status/state-mark.tsx';
import { useViewer } from '../session/viewer.tsx';
import { taskDocument, tasksChangedSubscription, type TasksChange } from './documents.ts';
import { isAboutTask } from './is-about-task.ts';
import { ScanWork } from './scan-work.tsx';
import { TaskWork } from './task-work.tsx';
import { taskName, timeLeftWords } from './task-row.tsx';
import { timeLeft } from './time-left.ts';
import { verificationStage } from './verification.ts';

/** Names that the patient banner shows already, and the key of a dose, which holds a time that is not the hospital's. */
const notShown = new Set(['patientId', 'encounterId', 'wristband', 'bed', 'birthDate', 'ward', 'doseId']);

const live = { query: tasksChangedSubscription, field: 'tasksChanged', variables: {} };

/** One task, for doing one thing well. */
export function TaskPage(): ReactNode {
  const { id = '' } = useParams();
  return <OneTask key={id} id={id} />;
}

function OneTask({ id }: { readonly id: string }): ReactNode {
  const text = useText();
  const [result, again] = useQuery({ query: taskDocument, variables: { id } });
  const current = result.data?.task ?? undefined;
  // A task that others verify may be out of sight for the one who did it: what was seen stays, marked.
  const [seen, setSeen] = useState<Task | undefined>();
  if (current !== undefined && current !== seen) setSeen(current);
  const task = current ?? seen;
  useLive<TasksChange>(live, (event) => {
    if (event === undefined || task === undefined || isAboutTask(event, task)) again({ requestPolicy: 'network-only' });
  });
  const missing = result.data?.task === null && task === undefined;
  const isGone = result.data?.task === null && task !== undefined;
  return (
    <Page
      page="task"
      title="tasks.title"
      ready={task !== undefined || missing || result.error !== undefined}
      heading={task === undefined ? undefined : taskName(task, text)}
      aside={
        <Link to="/tasks" className="back-link">
          {text.t('task.backToList')}
        </Link>
      }
    >
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {missing ? <ProblemNotice problem={{ kind: 'notFound', code: 'TASK_NOT_FOUND' }} /> : null}
      {missing ? <FindPatientLink /> : null}
      {task === undefined ? (missing || result.error !== undefined ? null : <Loading rows={8} />) : <TaskDetail task={isGone ? { ...task, canClaim: false, canComplete: false } : task} isGone={isGone} again={() => again({ requestPolicy: 'network-only' })} />}
    </Page>
  );
}

function TaskDetail({ task, isGone, again }: { readonly task: Task; readonly isGone: boolean; readonly again: () => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const process = text.of(task.processInstance?.definition.name);
  const why = text.of(task.why, t('task.whyDefault', { process }));
  const facts = task.input ?? {};
  const line = orderLineOf(task.input);
  const drug = drugWords(line, text);
  const viewer = useViewer();
  // The case shows what the first person entered; who verifies looks at the thing itself.
  const isVerifying = verificationStage(task, viewer.id, undefined) === 'second';
  return (
    <>
      {isGone ? <p className="notice">{t('task.noLonger')}</p> : null}
      {task.patient === null ? null : <PatientBanner patient={task.patient} />}
      <p className="why-line">
        <span className="label">{t('task.why')}</span> {why}
        {task.processInstance === null || isVerifying ? null : (
          <Link to={`/instances/${task.processInstance.processInstanceId}`} className="why-process">
            {t('task.toProcess')}
          </Link>
        )}
      </p>
      <p className="why-line">
        <StateMark state={task.status === 'open' ? timeLeft(task, now).state : task.status === 'completed' ? 'done' : 'cancelled'}>{task.status === 'open' ? timeLeftWords(task, now, text) : undefined}</StateMark>
        {task.dueAt === null ? null : (
          <span>
            <span className="label">{t('task.due')}</span> {text.dateTime(task.dueAt)}
          </span>
        )}
        {task.followUpAt === null ? null : (
          <span>
            <span className="label">{t('task.followUp')}</span> {text.dateTime(task.followUpAt)} <span className="muted">({text.relative(task.followUpAt, now)})</span>
          </span>
        )}
        <span>
          <span className="label">{t('task.created')}</span> {text.dateTime(task.createdAt)} <span className="muted">({text.relative(task.createdAt, now)})</span>
        </span>
      </p>
      {drug === undefined ? null : (
        <p className="task-order">
          <strong>{drug}</strong>
          {doseWords(line, text).map((part) => (
            <span key={part} className="nowrap">
              {part}
            </span>
          ))}
          <UrgencyMark line={line} />
        </p>
      )}
      <div className={task.presentation === 'bedsideScan' ? 'task-columns task-scan' : 'task-columns'}>
        {Object.keys(facts).length === 0 ? null : (
          <section className="card" aria-labelledby="task-facts">
            <h2 id="task-facts">{t('task.facts')}</h2>
            <FactList data={facts} label={t('task.facts')} omit={notShown} />
          </section>
        )}
        {task.presentation === 'bedsideScan' ? <ScanWork task={task} again={again} /> : <TaskWork task={task} again={again} />}
      </div>
    </>
  );
}
