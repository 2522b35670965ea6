import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { nodesOf } from '../../graphql/model.ts';
import { problemOf } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { ChangedDecision, type ChangedDecisionProps } from './changed-decision.tsx';
import { changesDocument, type ChangeFilter } from './documents.ts';

const pageSize = 25;

export interface ChangeListProps extends Omit<ChangedDecisionProps, 'change'> {
  readonly backtestId: string;
  readonly filter: ChangeFilter;
}

/** The decisions that change, oldest first, a page at a time. Give it a key of the filter: its pages are of one list. */
export function ChangeList({ backtestId, filter, ...shared }: ChangeListProps): ReactNode {
  const { t } = useText();
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return (
    <>
      <ul className="plain-list" aria-label={t('backtest.changes')}>
        {cursors.map((after, place) => (
          <ChangePage key={after ?? ''} id={backtestId} filter={filter} after={after} isLast={place === cursors.length - 1} onMore={(cursor) => setCursors([...cursors, cursor])} shared={shared} />
        ))}
      </ul>
    </>
  );
}

function ChangePage({ id, filter, after, isLast, onMore, shared }: { readonly id: string; readonly filter: ChangeFilter; readonly after: string | null; readonly isLast: boolean; readonly onMore: (cursor: string) => void; readonly shared: Omit<ChangedDecisionProps, 'change'> }): ReactNode {
  const { t } = useText();
  const [result, again] = useQuery({ query: changesDocument, variables: { id, first: pageSize, after, ...filter } });
  if (result.error !== undefined) {
    return (
      <li>
        <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />
      </li>
    );
  }
  const changes = result.data?.backtest?.changes;
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
