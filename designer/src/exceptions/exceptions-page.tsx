import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { nodesOf } from '../graphql/model.ts';
import { problemOf } from '../graphql/problem.ts';
import { useLive } from '../graphql/live.tsx';
import { useSettled } from '../graphql/use-settled.ts';
import { formatClock } from '../i18n/format-date.ts';
import { useText } from '../i18n/use-text.ts';
import { incidentsDocument, instancesChangedSubscription, type InstancesChange } from '../instances/documents.ts';
import { useNow } from '../app/clock.ts';
import { StateMark } from '../status/state-mark.tsx';
import { groupByCause } from './group-incidents.ts';
import { IncidentCard } from './incident-card.tsx';

const live = { query: instancesChangedSubscription, field: 'processInstancesChanged', variables: {} };
/** Changes come in bursts: one reading answers all of this time. */
const settleMs = 300;
const everyMs = 10_000;

/** Open exceptions by cause. Counts are live; within a group rows keep their order. */
export function ExceptionsPage(): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const [result, again] = useQuery({ query: incidentsDocument, variables: { first: 100, after: null, open: true }, requestPolicy: 'cache-and-network' });
  useLive<InstancesChange>(live, useSettled(settleMs, () => again({ requestPolicy: 'network-only' })));
  useEffect(() => {
    const timer = setInterval(() => again({ requestPolicy: 'network-only' }), everyMs);
    return () => clearInterval(timer);
  }, [again]);
  const groups = groupByCause(nodesOf(result.data?.incidents));
  return (
    <Page page="exceptions" title="exceptions.title" ready={result.data !== undefined || result.error !== undefined}>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {result.data === undefined && result.error === undefined ? <Loading rows={6} /> : null}
      {result.data !== undefined && groups.length === 0 ? <Empty>{t('exceptions.empty', { time: formatClock(new Date(now).toISOString()) })}</Empty> : null}
      {groups.map((group) => {
        const state = group.kind === 'outcomeUnknown' ? 'unknown' : 'failed';
        return (
          <details key={group.key} className="cause" open>
            <summary>
              <StateMark state={state} bare />
              <strong>{t('exceptions.group', { step: text.of(group.sample.elementName, group.sample.elementId), state: t(`state.${state}`), count: group.incidents.length })}</strong>
              <span className="muted">
                {t('exceptions.since', { time: text.dateTime(group.since) })} · {text.of(group.sample.processInstance?.definition.name)}
              </span>
            </summary>
            {group.incidents.map((incident) => (
              <IncidentCard key={incident.id} incident={incident} showCase onChanged={() => again({ requestPolicy: 'network-only' })} />
            ))}
          </details>
        );
      })}
    </Page>
  );
}
