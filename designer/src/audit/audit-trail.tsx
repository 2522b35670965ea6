import { Button } from 'antd';
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Segments } from '../app/segments.tsx';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { useText } from '../i18n/use-text.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { auditFilters } from './filter-entries.ts';
import { useAuditTrail, type AuditQuestion } from './use-audit-trail.ts';

export interface AuditTrailProps extends Omit<AuditQuestion, 'filter'> {
  /** Called once the record, or why it cannot be read, is on the screen. */
  readonly onShown: () => void;
}

/** The record of one patient, case or rule set, in business words, with why each rule decided. The view stands in the address. */
export function AuditTrail({ patientId, instanceId, ruleSet, onShown }: AuditTrailProps): ReactNode {
  const { t } = useText();
  const [params, setParams] = useSearchParams();
  const filter = auditFilters.find((each) => each === params.get('only')) ?? 'all';
  const choose = (only: string): void => {
    const next = new URLSearchParams(params);
    if (only === 'all') next.delete('only');
    else next.set('only', only);
    setParams(next, { replace: true });
  };
  return (
    <section className="card" aria-labelledby="audit-trail">
      <h2 id="audit-trail" className="visually-hidden">
        {t('audit.title')}
      </h2>
      {ruleSet === null ? (
        <div className="row-actions">
          <Segments label={t('audit.filter')} value={filter} onChange={choose} options={auditFilters.map((value) => ({ value, label: t(`audit.filter.${value}`) }))} />
        </div>
      ) : (
        <p className="row-actions">
          <span>{t('audit.ofRuleSet')}</span>
          <Link to={`/rules/${encodeURIComponent(ruleSet)}`}>
            <code>{ruleSet}</code>
          </Link>
        </p>
      )}
      <Entries key={`${filter}|${patientId ?? ''}|${instanceId ?? ''}|${ruleSet ?? ''}`} patientId={patientId} instanceId={instanceId} ruleSet={ruleSet} filter={filter} onShown={onShown} />
    </section>
  );
}

function Entries({ patientId, instanceId, ruleSet, filter, onShown }: AuditQuestion & Pick<AuditTrailProps, 'onShown'>): ReactNode {
  const { t } = useText();
  const { entries, problem, total, hasMore, more } = useAuditTrail({ patientId, instanceId, ruleSet, filter });
  const settled = entries !== undefined || problem !== undefined;
  const tell = useEffectEvent(onShown);
  useEffect(() => {
    if (settled) tell();
  }, [settled]);
  return (
    <>
      {problem === undefined ? null : <ProblemNotice problem={problem} onRetry={more} />}
      {entries === undefined ? (
        problem === undefined ? <Loading rows={8} /> : null
      ) : (
        <>
          {filter === 'people' ? null : <p className="muted">{t('audit.total', { count: total })}</p>}
          <Timeline entries={[...entries].reverse()} label={t('timeline.label')} showCase={instanceId === null && ruleSet === null} />
          {hasMore ? <Button onClick={more}>{t('common.more')}</Button> : null}
        </>
      )}
    </>
  );
}
