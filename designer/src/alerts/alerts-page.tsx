import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useClient, useQuery } from 'urql';
import { useNow } from '../app/clock.ts';
import { Page } from '../app/page.tsx';
import { Segments } from '../app/segments.tsx';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import { sendCommand, type CommandResult } from '../graphql/command.ts';
import { nodesOf, type Alert } from '../graphql/model.ts';
import { problemOf } from '../graphql/problem.ts';
import { localInstants } from '../i18n/local-instants.ts';
import { useText } from '../i18n/use-text.ts';
import { wholeAmounts } from '../i18n/whole-amounts.ts';
import { PatientCell } from '../patient/patient-banner.tsx';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';
import { acknowledgeDocument, alertsDocument } from './documents.ts';

const marks: Readonly<Record<string, State>> = { critical: 'failed', high: 'failed', warning: 'attention', info: 'waiting' };
const everyMs = 10_000;

/** 消息: what asks for attention, with who acknowledged it and when. Nothing is acknowledged by looking. */
export function AlertsPage(): ReactNode {
  const { t } = useText();
  const [params, setParams] = useSearchParams();
  const view = params.get('view') === 'all' ? 'all' : 'open';
  const [result, again] = useQuery({ query: alertsDocument, variables: { open: view === 'open' ? true : null }, requestPolicy: 'cache-and-network' });
  useEffect(() => {
    const timer = setInterval(() => again({ requestPolicy: 'network-only' }), everyMs);
    return () => clearInterval(timer);
  }, [again]);
  const alerts = nodesOf(result.data?.alerts);
  return (
    <Page
      page="alerts"
      title="alerts.title"
      ready={result.data !== undefined || result.error !== undefined}
      aside={<Segments label={t('tasks.filter')} value={view} onChange={(value) => setParams(value === 'all' ? { view: value } : {}, { replace: true })} options={[{ value: 'open', label: t('alerts.open') }, { value: 'all', label: t('alerts.all') }]} />}
    >
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {result.data === undefined && result.error === undefined ? <Loading rows={5} /> : null}
      {result.data !== undefined && alerts.length === 0 ? <Empty>{t('alerts.empty')}</Empty> : null}
      {alerts.map((alert) => (
        <AlertCard key={alert.id} alert={alert} onChanged={() => again({ requestPolicy: 'network-only' })} />
      ))}
    </Page>
  );
}

function AlertCard({ alert, onChanged }: { readonly alert: Alert; readonly onChanged: () => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const client = useClient();
  const now = useNow();
  const [result, setResult] = useState<CommandResult<unknown> | undefined>();
  const [busy, setBusy] = useState(false);
  const state = marks[alert.severity] ?? 'attention';

  async function acknowledge(): Promise<void> {
    setBusy(true);
    const outcome = await sendCommand(client, acknowledgeDocument, { input: { alertId: alert.id } });
    setBusy(false);
    setResult(outcome);
    if (outcome.kind === 'accepted') onChanged();
  }

  return (
    <article className={`card alert alert-${state}`} data-state={alert.acknowledgedAt === null ? state : 'done'}>
      <header className="incident-head">
        <StateMark state={state}>{text.lookup(`alerts.severity.${alert.severity}`, alert.severity)}</StateMark>
        <PatientCell patient={alert.patient} />
        <span className="muted">
          {text.dateTime(alert.raisedAt)} ({text.relative(alert.raisedAt, now)})
        </span>
      </header>
      <p className="alert-text">{wholeAmounts(localInstants(text.of(alert.text), text.dateTime))}</p>
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} /> : null}
      <p className="row-actions">
        {alert.acknowledgedAt === null ? (
          <Button type="primary" loading={busy} onClick={() => void acknowledge()}>
            {t('alerts.acknowledge')}
          </Button>
        ) : (
          <StateMark state="done">{t('alerts.acknowledged', { name: alert.acknowledgedBy ?? '', time: text.dateTime(alert.acknowledgedAt) })}</StateMark>
        )}
        {alert.processInstanceId == null ? null : <Link to={`/instances/${alert.processInstanceId}`}>{t('task.toProcess')}</Link>}
      </p>
    </article>
  );
}
