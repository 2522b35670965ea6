import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import type { RuleSetDetail } from '../model.ts';
import { isWithdrawn } from '../returned-notice.tsx';

/** Every review that has been decided, newest first: who asked, who decided, and their words. */
export function PastReviews({ ruleSet }: { readonly ruleSet: Pick<RuleSetDetail, 'reviews'> }): ReactNode {
  const text = useText();
  const { t } = text;
  const decided = ruleSet.reviews.flatMap((review) => (review.verdict === null ? [] : [{ ...review, verdict: review.verdict }]));
  if (decided.length === 0) return null;
  return (
    <section className="card" aria-label={t('rules.reviews')}>
      <details className="rule-lines">
        <summary>{t('rules.reviews.count', { count: decided.length })}</summary>
        <ul className="plain-list">
          {decided.map(({ id, version, requestedBy, requestedAt, comment, verdict }) => (
            <li key={id}>
              <p className="rule-card-head">
                <StateMark state={verdict.kind === 'APPROVED' ? 'done' : 'cancelled'}>{t(verdict.kind === 'RETURNED' && isWithdrawn({ requestedBy, verdict }) ? 'rules.verdict.withdrawn' : `rules.verdict.${verdict.kind}`)}</StateMark>
                <strong>{t('rules.version', { version })}</strong>
              </p>
              <p>{t('rules.reviews.asked', { person: requestedBy.displayName, time: text.dateTime(requestedAt), comment })}</p>
              <p>{t('rules.reviews.decided', { person: verdict.decidedBy.displayName, time: text.dateTime(verdict.decidedAt), comment: verdict.comment })}</p>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
