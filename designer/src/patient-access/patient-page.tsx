import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { nodesOf, type Patient } from '../graphql/model.ts';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { CaseMark } from '../instances/case-mark.tsx';
import { instancesDocument } from '../instances/documents.ts';
import { instanceNumber } from '../instances/instance-number.ts';
import { PatientBanner } from '../patient/patient-banner.tsx';
import { useViewer } from '../session/viewer.tsx';
import { tasksDocument } from '../tasks/documents.ts';
import '../app/styles/patient-access.css';
import { CareTeamPanel } from './care-team-panel.tsx';
import { patientDocument } from './documents.ts';
import { FindPatientLink } from './find-patient-link.tsx';
import { LabelsPanel } from './labels-panel.tsx';
import { overseers } from './overseers.ts';

const rows = 20;

/** One patient: who they are, their open tasks and cases, and who may see them. */
export function PatientPage(): ReactNode {
  const { id = '' } = useParams();
  const [result, again] = useQuery({ query: patientDocument, variables: { search: id }, requestPolicy: 'cache-and-network' });
  const patient = nodesOf(result.data?.patients).find(({ patientId }) => patientId === id);
  const isReady = result.error !== undefined || (result.data !== undefined && (patient !== undefined || !result.fetching));
  return (
    <Page page="patient" title="access.patient" ready={isReady}>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {!isReady ? <Loading rows={6} /> : null}
      {isReady && patient === undefined && result.error === undefined ? (
        <>
          <ProblemNotice problem={{ kind: 'notFound', code: 'PATIENT_NOT_FOUND' }} />
          <FindPatientLink />
        </>
      ) : null}
      {patient === undefined ? null : <Detail patient={patient} />}
    </Page>
  );
}

function Detail({ patient }: { readonly patient: Patient }): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const [tasks] = useQuery({ query: tasksDocument, variables: { first: rows, after: null, mine: null, patientId: patient.id }, requestPolicy: 'cache-and-network' });
  const [cases] = useQuery({ query: instancesDocument, variables: { first: rows, after: null, status: null, patientId: patient.id }, requestPolicy: 'cache-and-network' });
  const openTasks = nodesOf(tasks.data?.tasks);
  const instances = nodesOf(cases.data?.processInstances);
  const readsLog = viewer.roles.some((role) => role === 'head-nurse' || overseers.includes(role));
  return (
    <>
      <PatientBanner patient={patient} />
      <div className="patient-columns">
        <section className="card" aria-label={t('access.tasks')}>
          <h2>{t('access.tasks')}</h2>
          {tasks.data !== undefined && openTasks.length === 0 ? <p className="muted">{t('access.noTasks')}</p> : null}
          <ul className="plain-list">
            {openTasks.map((task) => (
              <li key={task.id}>
                <Link to={`/tasks/${encodeURIComponent(task.id)}`}>{text.of(task.name, task.elementId)}</Link> {task.dueAt === null ? null : <span className="muted">{text.dateTime(task.dueAt)}</span>}
              </li>
            ))}
          </ul>
        </section>
        <section className="card" aria-label={t('access.cases')}>
          <h2>{t('access.cases')}</h2>
          {cases.data !== undefined && instances.length === 0 ? <p className="muted">{t('access.noCases')}</p> : null}
          <ul className="plain-list">
            {instances.map((instance) => (
              <li key={instance.id} className="row-actions">
                <Link to={`/instances/${instance.processInstanceId}`}>
                  {text.of(instance.definition.name)} {instanceNumber(instance)}
                </Link>
                <span className="chip">
                  <CaseMark instance={instance} />
                </span>
              </li>
            ))}
          </ul>
        </section>
        <CareTeamPanel patientId={patient.patientId} />
        <LabelsPanel patientId={patient.patientId} />
      </div>
      {readsLog ? (
        <p>
          <Link to={`/patients/${patient.patientId}/access-log`}>{t('privacy.log')}</Link>
        </p>
      ) : null}
    </>
  );
}
