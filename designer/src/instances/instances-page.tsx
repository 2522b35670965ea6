import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useNow } from '../app/clock.ts';
import { Page } from '../app/page.tsx';
import { Segments } from '../app/segments.tsx';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { nodesOf, type ProcessInstance } from '../graphql/model.ts';
import { problemOf } from '../graphql/problem.ts';
import { useLive } from '../graphql/live.tsx';
import { useSettled } from '../graphql/use-settled.ts';
import { useText } from '../i18n/use-text.ts';
import { PatientCell } from '../patient/patient-banner.tsx';
import { CaseMark } from './case-mark.tsx';
import { instancesChangedSubscription, instancesDocument, type InstancesChange } from './documents.ts';
import { instanceNumber } from './instance-number.ts';

const statuses = ['all', 'running', 'paused', 'completed', 'failed', 'cancelled'] as const;
type Status = (typeof statuses)[number];
const words = { all: 'instances.all', running: 'state.running', paused: 'state.paused', completed: 'state.done', failed: 'state.failed', cancelled: 'state.stopped' } as const;
const pageSize = 50;
const live = { query: instancesChangedSubscription, field: 'processInstancesChanged', variables: {} };
/** Changes come in bursts: one reading answers all of this time. */
const settleMs = 500;

function InstanceRow({ instance }: { readonly instance: ProcessInstance }): ReactNode {
  const text = useText();
  const now = useNow();
  const name = text.of(instance.definition.name);
  const number = instanceNumber(instance);
  return (
    <li className="instance-row">
      <Link to={`/instances/${instance.processInstanceId}`}>
        <CaseMark instance={instance} />
        <span className="instance-name">
          <strong>{number}</strong> <span className="muted">{name}</span>
        </span>
        <PatientCell patient={instance.patient} maskedFields={instance.maskedFields} />
        <span className="muted">
          {instance.startedAt === null ? '' : `${text.t('instances.started')} ${text.dateTime(instance.startedAt)} (${text.relative(instance.startedAt, now)})`}
        </span>
      </Link>
    </li>
  );
}

/** The list of cases. Filters stand in the address. */
export function InstancesPage(): ReactNode {
  const text = useText();
  const { t } = text;
  const [params, setParams] = useSearchParams();
  const status: Status = statuses.find((each) => each === params.get('status')) ?? 'all';
  const patientId = params.get('patient');
  const [pages, setPages] = useState(1);
  const [result, again] = useQuery({ query: instancesDocument, variables: { first: Math.min(100, pageSize * pages), after: null, status: status === 'all' ? null : status, patientId }, requestPolicy: 'cache-and-network' });
  useLive<InstancesChange>(live, useSettled(settleMs, () => again({ requestPolicy: 'network-only' })));
  const instances = nodesOf(result.data?.processInstances);
  const connection = result.data?.processInstances;
  return (
    <Page
      page="instances"
      title="instances.title"
      ready={result.data !== undefined || result.error !== undefined}
      aside={<Segments label={t('instances.status')} value={status} onChange={(value) => setParams({ ...(value === 'all' ? {} : { status: value }), ...(patientId === null ? {} : { patient: patientId }) }, { replace: true })} options={statuses.map((value) => ({ value, label: t(words[value]) }))} />}
    >
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {result.data === undefined ? (
        result.error === undefined ? <Loading rows={8} /> : null
      ) : instances.length === 0 ? (
        <Empty>{t('instances.empty')}</Empty>
      ) : (
        <ul className="rows" aria-label={t('instances.title')}>
          {instances.map((instance) => (
            <InstanceRow key={instance.id} instance={instance} />
          ))}
        </ul>
      )}
      {connection?.pageInfo.hasNextPage === true && pages < 2 ? (
        <p className="row-actions centre">
          <Button onClick={() => setPages(pages + 1)}>{t('common.more')}</Button>
        </p>
      ) : null}
    </Page>
  );
}
