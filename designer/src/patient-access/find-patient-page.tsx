import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useClient } from 'urql';
import { Page } from '../app/page.tsx';
import { Segments } from '../app/segments.tsx';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf, type Problem } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { readScannerSettings, wedgeSettingsOf } from '../scanner/scanner-settings.ts';
import { useScanner } from '../scanner/use-scanner.ts';
import { useViewer } from '../session/viewer.tsx';
import { StateMark } from '../status/state-mark.tsx';
import '../app/styles/patient-access.css';
import { findPatientDocument, type FindBy } from './documents.ts';
import { FoundPatient } from './found-patient.tsx';
import { overseers } from './overseers.ts';
import type { PatientIdentity } from './model.ts';

const ways = ['name', 'encounterId', 'wristband'] as const;
type Way = (typeof ways)[number];
type Found = { readonly patients: readonly PatientIdentity[]; readonly isMore: boolean };

const nothing: FindBy = { wristband: null, encounterId: null, name: null };

/** 查找患者: one patient of the whole hospital, by wristband, inpatient number or a part of the name. */
export function FindPatientPage(): ReactNode {
  const { t } = useText();
  const client = useClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const viewer = useViewer();
  const [way, setWay] = useState<Way>('name');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [scanner] = useState(() => wedgeSettingsOf(readScannerSettings(window.localStorage)));

  async function find(by: Way, value: string): Promise<void> {
    if (value.trim() === '') return;
    setBusy(true);
    const { data, error } = await client.query(findPatientDocument, { ...nothing, [by]: value.trim() }, { requestPolicy: 'network-only' }).toPromise();
    setBusy(false);
    setFound(data?.findPatient);
    const read = error === undefined ? undefined : problemOf(error);
    setProblem(read?.code === 'SEARCH_LIMIT' ? { ...read, message: t('access.searchLimit') } : read?.code === 'INPUT_INVALID' ? { ...read, message: t('access.searchShort') } : read);
  }

  useScanner(true, (code) => {
    setWay('wristband');
    setText(code);
    void find('wristband', code);
  }, scanner);

  return (
    <Page page="find-patient" title="access.findTitle" ready>
      {params.get('ended') === null ? null : (
        <p className="notice notice-done" role="status">
          <StateMark state="done">{t('access.ended')}</StateMark>
        </p>
      )}
      <p className="muted prose">{t(viewer.roles.some((role) => overseers.includes(role)) ? 'access.findLeadOverseer' : 'access.findLead')}</p>
      <form
        className="find-form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void find(way, text);
        }}
      >
        <Segments label={t('access.findBy')} value={way} onChange={setWay} options={ways.map((value) => ({ value, label: t(`access.findBy.${value}`) }))} />
        <Input size="large" aria-label={t(`access.findBy.${way}`)} value={text} maxLength={64} onChange={(event) => setText(event.target.value)} allowClear />
        <Button size="large" type="primary" htmlType="submit" loading={busy}>
          {t('access.find')}
        </Button>
      </form>
      {problem === undefined ? null : <ProblemNotice problem={problem} />}
      {busy && found === undefined ? <Loading rows={2} /> : null}
      {found !== undefined && found.patients.length === 0 && problem === undefined ? <Empty>{t('access.nobody')}</Empty> : null}
      {found?.patients.map((patient) => (
        <FoundPatient key={patient.patientId} patient={patient} onOpen={() => void navigate(`/patients/${patient.patientId}`)} />
      ))}
      {found?.isMore === true ? <p className="muted">{t('access.isMore')}</p> : null}
    </Page>
  );
}
