import { Button } from 'antd';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useClient } from 'urql';
import { Segments } from '../app/segments.tsx';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { nodesOf, type AuditEntry } from '../graphql/model.ts';
import { problemOf, type Problem } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { auditDocument } from './documents.ts';
import { auditFilters, filterEntries } from './filter-entries.ts';

const pageSize = 80;

interface Loaded {
  /** Newest first, as the server gives them. */
  readonly entries: readonly AuditEntry[];
  readonly after: string | null;
  readonly hasMore: boolean;
  readonly total: number | undefined;
}

/** The record of one patient or case, in business words, with why each rule decided. */
export function AuditTrail({ patientId, instanceId, onShown }: { readonly patientId: string | null; readonly instanceId: string | null; readonly onShown: () => void }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [params, setParams] = useSearchParams();
  const filter = auditFilters.find((each) => each === params.get('only')) ?? 'all';
  const [loaded, setLoaded] = useState<Loaded | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [wanted, setWanted] = useState<string | null>(null);

  useEffect(() => {
    let stale = false;
    void client.query(auditDocument, { first: pageSize, after: wanted, patientId, instanceId }, { requestPolicy: 'network-only' }).toPromise().then((result) => {
      if (stale) return;
      if (result.data === undefined) {
        if (result.error !== undefined) setProblem(problemOf(result.error));
        return;
      }
      setProblem(undefined);
      const { auditTrail } = result.data;
      const entries = nodesOf(auditTrail);
      setLoaded((before) => ({ entries: wanted === null ? entries : [...(before?.entries ?? []), ...entries], after: auditTrail.pageInfo.endCursor, hasMore: auditTrail.pageInfo.hasNextPage, total: auditTrail.totalCount }));
    });
    return () => {
      stale = true;
    };
  }, [client, patientId, instanceId, wanted]);

  const settled = loaded !== undefined || problem !== undefined;
  const only = params.get('only');
  const tell = useEffectEvent(onShown);
  useEffect(() => {
    if (settled) tell();
  }, [settled, only]);

  if (loaded === undefined) return problem === undefined ? <Loading rows={8} /> : <ProblemNotice problem={problem} />;
  const oldestFirst = filterEntries(loaded.entries, filter).reverse();
  const choose = (only: string): void => {
    const next = new URLSearchParams(params);
    if (only === 'all') next.delete('only');
    else next.set('only', only);
    setParams(next, { replace: true });
  };
  return (
    <section className="card" aria-labelledby="audit-trail">
      <h2 id="audit-trail" className="visually-hidden">{t('audit.title')}</h2>
      {problem === undefined ? null : <ProblemNotice problem={problem} />}
      <p className="row-actions">
        <Segments label={t('audit.filter')} value={filter} onChange={choose} options={auditFilters.map((value) => ({ value, label: t(`audit.filter.${value}`) }))} />
        {loaded.total === undefined ? null : <span className="muted">{t('audit.total', { count: loaded.total })}</span>}
      </p>
      <Timeline entries={oldestFirst} label={t('timeline.label')} showCase={instanceId === null} />
      {loaded.hasMore ? <Button onClick={() => setWanted(loaded.after)}>{t('common.more')}</Button> : null}
    </section>
  );
}
