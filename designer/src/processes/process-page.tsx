import { Select } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import '../app/styles/processes.css';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { readProcessGraph, withCollapsed } from '../instances/picture/process-graph.ts';
import { useLayout } from '../instances/picture/use-layout.ts';
import { ExportButton } from './export-button.tsx';
import { PartsCards } from './parts-cards.tsx';
import { processesDocument, versionDocument, type PublishedVersion } from './documents.ts';
import { ModelOutline, ModelPicture } from './model-picture.tsx';

/** A process with more elements is shown with its sub-processes closed. */
const openUpTo = 60;

/** One published process, in each of its versions. The version stands in the address. */
export function ProcessPage(): ReactNode {
  const text = useText();
  const { t } = text;
  const { key = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const [result] = useQuery({ query: processesDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const process = result.data?.processDefinitions.find((each) => each.key === key);
  const chosen = process?.versions.find(({ hash }) => hash === params.get('version')) ?? process?.versions.find(({ isCurrent }) => isCurrent);
  const [version, again] = useQuery({ query: versionDocument, variables: { id: chosen?.id ?? '' }, pause: chosen === undefined });
  const answered = version.data?.node;
  // While another version is read, the one before it is still the answer.
  const document = answered?.id === chosen?.id ? answered?.document : undefined;
  const label = ({ version, isCurrent, publishedAt }: PublishedVersion): string => [`${t('processes.version')} ${version}`, ...(isCurrent ? [t('processes.current')] : []), text.dateTime(publishedAt)].join(' · ');
  return (
    <Page page="process" title="processes.title" wide ready={result.data !== undefined || result.error !== undefined} heading={process === undefined ? undefined : text.of(process.name, key)} aside={<Link to="/processes">{t('processes.title')}</Link>}>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} />}
      {result.data !== undefined && process === undefined ? <ProblemNotice problem={{ kind: 'notFound', code: 'PROCESS_NOT_FOUND', message: t('processes.unknown') }} /> : null}
      {process === undefined || chosen === undefined ? null : (
        <>
          <div className="version-row">
            <Select className="version-pick" aria-label={t('processes.version')} value={chosen.hash} onChange={(hash: string) => setParams({ version: hash }, { replace: true })} options={process.versions.map((version) => ({ value: version.hash, label: label(version) }))} />
            {document === undefined ? null : <ExportButton key={chosen.id} document={document} name={`${process.key}-${chosen.version}`} />}
          </div>
          {version.error === undefined ? null : <ProblemNotice problem={problemOf(version.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
          {document === undefined ? version.error === undefined ? <Loading rows={5} /> : null : <VersionPicture key={chosen.id} id={chosen.id} document={document} />}
        </>
      )}
    </Page>
  );
}

function VersionPicture({ id, document }: { readonly id: string; readonly document: unknown }): ReactNode {
  const { t, locale } = useText();
  const whole = useMemo(() => readProcessGraph(document, locale), [document, locale]);
  const [isOpen, setOpen] = useState<boolean | undefined>();
  const isExpanded = isOpen ?? whole.elements.length <= openUpTo;
  const graph = useMemo(() => (isExpanded ? whole : withCollapsed(whole, new Set())), [whole, isExpanded]);
  const hasInside = whole.elements.some(({ parentId }) => parentId !== undefined);
  const layout = useLayout(`version:${id}:${locale}:${whole.elements.length}:${isExpanded}`, graph);
  return (
    <>
      <ModelPicture graph={graph} whole={whole} layout={layout}>
        {hasInside ? (
          <button type="button" className="canvas-button" aria-pressed={isExpanded} onClick={() => setOpen(!isExpanded)}>
            {isExpanded ? t('processes.collapse') : t('processes.expand')}
          </button>
        ) : null}
      </ModelPicture>
      <ModelOutline graph={whole} />
      <PartsCards document={document} />
    </>
  );
}
