import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import '../app/styles/processes.css';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { processesDocument, type PublishedProcess } from './documents.ts';

function ProcessRow({ process }: { readonly process: PublishedProcess }): ReactNode {
  const text = useText();
  const { t } = text;
  return (
    <li>
      <Link to={`/processes/of/${process.key}`}>
        <strong>{text.of(process.name, process.key)}</strong>
        <span className="muted">{process.key}</span>
        <span className="chip">
          {t('processes.version')} {process.version}
        </span>
        <span className="muted">{t('processes.published', { time: text.dateTime(process.publishedAt) })}</span>
        <span className="muted">{t('processes.versions', { count: process.versions.length })}</span>
      </Link>
    </li>
  );
}

/** Everything that is published, and the way to check a file. */
export function ProcessesPage(): ReactNode {
  const { t } = useText();
  const [result, again] = useQuery({ query: processesDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const processes = result.data?.processDefinitions;
  const check = (
    <Link className="operate-link" to="/processes/check">
      {t('processes.check')}
    </Link>
  );
  return (
    <Page page="processes" title="processes.title" ready={result.data !== undefined || result.error !== undefined} aside={check}>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {processes === undefined ? (
        result.error === undefined ? <Loading rows={4} /> : null
      ) : processes.length === 0 ? (
        <Empty action={check}>{t('processes.empty')}</Empty>
      ) : (
        <ul className="process-rows" aria-label={t('processes.title')}>
          {processes.map((process) => (
            <ProcessRow key={process.key} process={process} />
          ))}
        </ul>
      )}
    </Page>
  );
}
