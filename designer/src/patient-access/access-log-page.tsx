import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { MorePages } from '../feedback/more-pages.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useFurtherPages } from '../graphql/use-pages.ts';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import '../app/styles/patient-access.css';
import { AccessLogList } from './access-log-list.tsx';
import { accessLogDocument, patientIdentityDocument } from './documents.ts';
import { IdentityLine } from './identity-line.tsx';
import { LabelsPanel } from './labels-panel.tsx';
import { overseers } from './overseers.ts';

const pageSize = 50;

/** Who reached one patient, when, and by which relation. */
export function AccessLogPage(): ReactNode {
  const { t } = useText();
  const { id = '' } = useParams();
  const viewer = useViewer();
  const isOverseer = viewer.roles.some((role) => overseers.includes(role));
  const variables = { patientId: id, first: pageSize, after: null };
  const [result, again] = useQuery({ query: accessLogDocument, variables, requestPolicy: 'cache-and-network' });
  const [who] = useQuery({ query: patientIdentityDocument, variables: { patientId: id }, pause: !isOverseer });
  const pages = useFurtherPages(accessLogDocument, variables, result.data?.patientAccessLog, (data) => data.patientAccessLog);
  const identity = who.data?.patientIdentity;
  return (
    <Page page="access-log" title="privacy.log" ready={result.data !== undefined || result.error !== undefined}>
      {identity == null ? null : <IdentityLine patient={identity} />}
      <p className="muted prose">{t('privacy.logLead')}</p>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {result.data === undefined && result.error === undefined ? <Loading rows={6} /> : null}
      {identity == null ? null : <LabelsPanel patientId={id} />}
      {result.data === undefined ? null : (
        <section className="card">
          <AccessLogList entries={pages.nodes} />
          <MorePages pages={pages} />
        </section>
      )}
    </Page>
  );
}
