import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useQuery, type TypedDocumentNode } from 'urql';
import { Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { nodesOf } from '../../graphql/model.ts';
import { problemOf } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { ChangedDecision, type ChangedDecisionProps } from './changed-decision.tsx';
import type { ChangesFound, ChangesPage } from './documents.ts';

const pageSize = 25;

/** Which part of them is listed; what the query has beside the page. */
type Filter = Readonly<Record<string, string | null>>;

export interface ChangeListProps<Chosen extends Filter> extends Omit<ChangedDecisionProps, 'change'> {
  readonly label: string;
  /** Reads a page of the changes of what has the id. */
  readonly query: TypedDocumentNode<ChangesFound, ChangesPage & Chosen>;
  readonly id: string;
  readonly filter: Chosen;
  /** More may have come since a page was read. */
  readonly isGrowing?: boolean;
}

/** The decisions that change, oldest first, a page at a time. Give it a key of the filter: its pages are of one list. */
export function ChangeList<Chosen extends Filter>({ label, ...shared }: ChangeListProps<Chosen>): ReactNode {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return (
    <ul className="plain-list" aria-label={label}>
      {cursors.map((after, place) => (
        <ChangePage key={after ?? ''} after={after} isLast={place === cursors.length - 1} onMore={(cursor) => setCursors([...cursors, cursor])} {...shared} />
      ))}
    </ul>
  );
}

interface ChangePageProps<Chosen extends Filter> extends Omit<ChangeListProps<Chosen>, 'label'> {
  readonly after: string | null;
  readonly isLast: boolean;
  readonly onMore: (cursor: string) => void;
}

function ChangePage<Chosen extends Filter>({ query, id, filter, isGrowing = false, after, isLast, onMore, ...shared }: ChangePageProps<Chosen>): ReactNode {
  const { t } = useText();
  const [result, again] = useQuery({ query, variables: { id, first: pageSize, after, ...filter }, requestPolicy: isGrowing ? 'cache-and-network' : 'cache-first' });
  if (result.error !== undefined) {
    return (
      <li>
        <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />
      </li>
    );
  }
  const changes = result.data?.found?.changes;
  if (changes === undefined) {
    return (
      <li>
        <Loading rows={4} />
      </li>
    );
  }
  const rows = nodesOf(changes);
  const { hasNextPage, endCursor } = changes.pageInfo;
  return (
    <>
      {rows.length === 0 ? <li className="muted">{t('backtest.noChange')}</li> : null}
      {rows.map((change) => (
        <ChangedDecision key={change.decisionId} change={change} {...shared} />
      ))}
      {isLast && hasNextPage && endCursor !== null ? (
        <li className="row-actions centre">
          <Button onClick={() => onMore(endCursor)}>{t('common.more')}</Button>
        </li>
      ) : null}
    </>
  );
}
