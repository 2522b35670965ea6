import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { DecisionPanel } from '../decisions/decision-panel.tsx';
import { mayReadDecisions } from '../decisions/decision-readers.ts';
import { FactList } from '../facts/fact-list.tsx';
import type { AuditEntry } from '../graphql/model.ts';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';

const hasFields = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** What stands behind a sentence: the rule that decided, values before and after, its place in the sealed record. */
export function EntryDetail({ entry, showCase }: { readonly entry: AuditEntry; readonly showCase: boolean }): ReactNode {
  const text = useText();
  const { t } = text;
  const { roles } = useViewer();
  const [why, setWhy] = useState(false);
  const [open, setOpen] = useState(false);
  const hasValues = hasFields(entry.before) || hasFields(entry.after) || hasFields(entry.detail);
  return (
    <>
      <p className="timeline-actions">
        {entry.decisionId === null || !mayReadDecisions(roles) ? null : (
          <button type="button" className="text-button" aria-expanded={why} onClick={() => setWhy(!why)}>
            {t('timeline.why')}
          </button>
        )}
        {hasValues ? (
          <button type="button" className="text-button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('timeline.detail')}
          </button>
        ) : null}
        {showCase && entry.processInstanceId !== null ? <Link to={`/instances/${entry.processInstanceId}`}>{t('audit.case')}</Link> : null}
        {entry.leafIndex === null ? null : <span className="muted small">{t('timeline.leaf', { index: entry.leafIndex })}</span>}
      </p>
      {why && entry.decisionId !== null ? <DecisionPanel decisionId={entry.decisionId} /> : null}
      {open ? (
        <div className="entry-values">
          {([['timeline.before', entry.before], ['timeline.after', entry.after], ['timeline.detail', entry.detail]] as const).map(([key, value]) =>
            hasFields(value) ? (
              <section key={key}>
                <h4>{t(key)}</h4>
                <FactList data={value} label={t(key)} />
              </section>
            ) : null,
          )}
        </div>
      ) : null}
    </>
  );
}
