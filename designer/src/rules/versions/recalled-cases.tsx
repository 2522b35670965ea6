import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { problemOf } from '../../graphql/problem.ts';
import { useFurtherPages } from '../../graphql/use-pages.ts';
import { useText } from '../../i18n/use-text.ts';
import { instanceState } from '../../status/state.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { recallDocument } from '../documents.ts';
import { MoreRows } from '../more-rows.tsx';

const pageSize = 50;

/** The cases that were open at the recall and last judged by the version; read once they are asked for. */
export function RecalledCases({ ruleSet, version }: { readonly ruleSet: string; readonly version: string }): ReactNode {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="rule-lines" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('rules.recall.cases')}</summary>
      {isOpen ? <Cases ruleSet={ruleSet} version={version} /> : null}
    </details>
  );
}

function Cases({ ruleSet, version }: { readonly ruleSet: string; readonly version: string }): ReactNode {
  const text = useText();
  const { t } = text;
  const variables = { key: ruleSet, version, first: pageSize, after: null };
  const [result, again] = useQuery({ query: recallDocument, variables, requestPolicy: 'cache-and-network' });
  const recall = result.data?.ruleSetVersion?.recall;
  const pages = useFurtherPages(recallDocument, variables, recall?.openCases, (data) => data.ruleSetVersion?.recall?.openCases);
  if (result.error !== undefined) return <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (recall == null) return <Loading rows={2} />;
  const count = recall.openCases.totalCount ?? pages.nodes.length;
  return (
    <>
      <p role="status">{t('rules.recall.progress', { count, left: recall.stillToJudge })}</p>
      <ul className="plain-list">
        {pages.nodes.map((each) => (
          <li key={each.id}>
            <StateMark state={instanceState(each.status, [])} /> <Link to={`/instances/${each.processInstanceId}`}>{each.businessKey ?? text.of(each.definition.name)}</Link>
          </li>
        ))}
      </ul>
      <MoreRows pages={pages} count={count} />
    </>
  );
}
