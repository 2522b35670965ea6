import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import type { AuditEntry } from '../graphql/model.ts';
import { problemOf, type Problem } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { timelineDocument } from './documents.ts';

const pageSize = 80;

interface Loaded {
  readonly entries: readonly AuditEntry[];
  readonly before: string | null;
}

/** Puts a page of newer entries behind what is shown, each once. */
function merge(shown: readonly AuditEntry[], fresh: readonly AuditEntry[]): readonly AuditEntry[] {
  const known = new Set(shown.map((entry) => entry.id));
  return [...shown, ...fresh.filter((entry) => !known.has(entry.id))];
}

/** The newest entries of a case; older ones on demand. `changes` counts up when there may be new ones. */
export function InstanceTimeline({ id, changes }: { readonly id: string; readonly changes: number }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [loaded, setLoaded] = useState<Loaded | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();

  useEffect(() => {
    let stale = false;
    void client.query(timelineDocument, { id, last: pageSize, before: null }, { requestPolicy: 'network-only' }).toPromise().then((result) => {
      if (stale) return;
      const page = result.data?.processInstance?.timeline;
      if (page === undefined) {
        if (result.error !== undefined) setProblem(problemOf(result.error));
        return;
      }
      setProblem(undefined);
      const entries = page.edges.map((edge) => edge.node);
      setLoaded((before) => (before === undefined ? { entries, before: page.pageInfo.hasPreviousPage ? page.pageInfo.startCursor : null } : { ...before, entries: merge(before.entries, entries) }));
    });
    return () => {
      stale = true;
    };
  }, [client, id, changes]);

  async function older(): Promise<void> {
    if (loaded?.before == null) return;
    const result = await client.query(timelineDocument, { id, last: pageSize, before: loaded.before }, { requestPolicy: 'network-only' }).toPromise();
    const page = result.data?.processInstance?.timeline;
    if (page === undefined) return;
    setLoaded((now) => (now === undefined ? now : { entries: merge(page.edges.map((edge) => edge.node), now.entries), before: page.pageInfo.hasPreviousPage ? page.pageInfo.startCursor : null }));
  }

  if (loaded === undefined) return problem === undefined ? <Loading rows={6} /> : <ProblemNotice problem={problem} />;
  return (
    <>
      {problem === undefined ? null : <ProblemNotice problem={problem} />}
      <Timeline entries={loaded.entries} label={t('timeline.label')} />
      {loaded.before === null ? null : <Button onClick={() => void older()}>{t('common.more')}</Button>}
    </>
  );
}
