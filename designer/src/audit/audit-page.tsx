import { Button, Input } from 'antd';
import { useEffect, useEffectEvent, useState, type FormEvent, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { nodesOf } from '../graphql/model.ts';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { PatientBanner, PatientCell } from '../patient/patient-banner.tsx';
import { AuditTrail } from './audit-trail.tsx';
import { patientsDocument } from './documents.ts';

/** The auditor's search. Patient, case, rule set and filter stand in the address; each look-up is itself on record. */
export function AuditPage(): ReactNode {
  const { t } = useText();
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const patientId = params.get('patient');
  const instanceId = params.get('instance');
  const ruleSet = params.get('rules');
  const [text, setText] = useState(search);
  const asked = params.toString();
  const [shown, setShown] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    const wanted = text.trim();
    if (wanted === '') return;
    setParams(/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(wanted) ? { instance: wanted } : { search: wanted });
  }

  return (
    <Page page="audit" title="audit.title" ready={asked === '' || shown === asked} aside={<span className="muted small">{t('audit.recorded')}</span>}>
      <form className="audit-search" role="search" onSubmit={submit}>
        <label className="field">
          <span>{t('audit.search')}</span>
          <Input value={text} onChange={(event) => setText(event.target.value)} allowClear autoComplete="off" />
        </label>
        <Button type="primary" htmlType="submit">
          {t('audit.find')}
        </Button>
      </form>
      {patientId === null && instanceId === null && ruleSet === null ? search === '' ? <Empty>{t('audit.start')}</Empty> : <Results search={search} onChoose={(id) => setParams({ search, patient: id })} onShown={() => setShown(asked)} /> : <AuditTrail key={`${patientId ?? ''}${instanceId ?? ''}${ruleSet ?? ''}`} patientId={patientId} instanceId={instanceId} ruleSet={ruleSet} onShown={() => setShown(asked)} />}
    </Page>
  );
}

function Results({ search, onChoose, onShown }: { readonly search: string; readonly onChoose: (patientId: string) => void; readonly onShown: () => void }): ReactNode {
  const { t } = useText();
  const [result, again] = useQuery({ query: patientsDocument, variables: { search } });
  const patients = nodesOf(result.data?.patients);
  const settled = result.error !== undefined || (result.data !== undefined && patients.length !== 1);
  const tell = useEffectEvent(onShown);
  useEffect(() => {
    if (settled) tell();
  }, [settled, search]);
  if (result.error !== undefined) return <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (result.data === undefined) return <Loading rows={3} />;
  if (patients.length === 0) return <Empty>{t('audit.noPatient')}</Empty>;
  const [only] = patients;
  if (only !== undefined && patients.length === 1) {
    return (
      <>
        <PatientBanner patient={only} />
        <p>
          <Link to={`/patients/${only.patientId}/access-log`}>{t('privacy.log')}</Link>
        </p>
        <AuditTrail key={only.id} patientId={only.id} instanceId={null} ruleSet={null} onShown={onShown} />
      </>
    );
  }
  return (
    <ul className="rows" aria-label={t('audit.results')}>
      {patients.map((patient) => (
        <li key={patient.id} className="instance-row">
          <button type="button" onClick={() => onChoose(patient.id)}>
            <PatientCell patient={patient} />
          </button>
        </li>
      ))}
    </ul>
  );
}
