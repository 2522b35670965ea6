import { type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Segments } from '../app/segments.tsx';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { MorePages } from '../feedback/more-pages.tsx';
import { useLive } from '../graphql/live.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useFurtherPages } from '../graphql/use-pages.ts';
import { useText } from '../i18n/use-text.ts';
import '../app/styles/patient-access.css';
import { accessesDocument, patientAccessChangedSubscription } from './documents.ts';
import { AccessCard } from './access-card.tsx';
import type { AccessStatus } from './model.ts';

const statuses = ['OPEN', 'TO_REVIEW', 'REVIEWED'] as const;
const pageSize = 20;
const live = { query: patientAccessChangedSubscription, field: 'patientAccessChanged', variables: {} };

/** 隐私: the emergency accesses that last, that wait for a review, and that were reviewed. */
export function PrivacyPage(): ReactNode {
  const { t } = useText();
  const [params, setParams] = useSearchParams();
  const status = statuses.find((each) => each === params.get('view')) ?? 'TO_REVIEW';
  const counts = { OPEN: useAccesses('OPEN'), TO_REVIEW: useAccesses('TO_REVIEW'), REVIEWED: useAccesses('REVIEWED') };
  const refresh = (): void => Object.values(counts).forEach(({ again }) => again());
  useLive(live, refresh);
  const { result, again, pages } = counts[status];
  const { data, error } = result;
  return (
    <Page page="privacy" title="privacy.title" ready={data !== undefined || error !== undefined}>
      <p className="muted prose">{t('privacy.lead')}</p>
      <p>
        <Segments
          label={t('privacy.title')}
          value={status}
          onChange={(value) => setParams(value === 'TO_REVIEW' ? {} : { view: value }, { replace: true })}
          options={statuses.map((value) => ({ value, label: `${t(`privacy.status.${value}`)} ${counts[value].result.data?.emergencyAccesses.totalCount ?? ''}`.trim() }))}
        />
      </p>
      {error === undefined ? null : <ProblemNotice problem={problemOf(error)} onRetry={again} />}
      {data === undefined && error === undefined ? <Loading rows={5} /> : null}
      {data !== undefined && pages.nodes.length === 0 ? <Empty>{t(`privacy.empty.${status}`)}</Empty> : null}
      {pages.nodes.map((access) => (
        <AccessCard key={access.id} access={access} onReviewed={refresh} />
      ))}
      <MorePages pages={pages} />
    </Page>
  );
}

function useAccesses(status: AccessStatus) {
  const variables = { status, first: pageSize, after: null };
  const [result, read] = useQuery({ query: accessesDocument, variables, requestPolicy: 'cache-and-network' });
  const pages = useFurtherPages(accessesDocument, variables, result.data?.emergencyAccesses, (data) => data.emergencyAccesses);
  return { result, pages, again: () => read({ requestPolicy: 'network-only' }) };
}
