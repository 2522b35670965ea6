import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { countWords, shareWords } from '../backtest/result-words.ts';
import { listWords } from '../rule-name.ts';
import { reviewShare, type ReviewCounts } from './rule-statistic.ts';

/** How often pharmacists let the orders of a rule pass, and why; what is not known is said. */
export function Reviews({ reviews }: { readonly reviews: ReviewCounts }): ReactNode {
  const text = useText();
  const { t } = text;
  const { approved, returned, rechecked, notDecided, unknown, approvalReasons } = reviews;
  const decided = reviewShare(reviews);
  const others = [
    ...(notDecided === 0 ? [] : [t('statistics.reviews.notDecided', { count: countWords(notDecided) })]),
    ...(unknown === 0 ? [] : [t('statistics.reviews.unknown', { count: countWords(unknown) })]),
  ];
  if (decided === undefined && others.length === 0) return null;
  return (
    <div className="statistic-reviews" data-approved={approved} data-unknown={unknown}>
      {decided === undefined ? null : (
        <>
          <span className="rate-bar" aria-hidden="true" style={{ ['--share' as string]: decided.share }} />
          <span>{t('statistics.reviews', { decided: countWords(decided.decided), approved: countWords(approved), rate: shareWords(approved, decided.decided), returned: countWords(returned), rechecked: countWords(rechecked) })}</span>
        </>
      )}
      {others.length === 0 ? null : <span className="muted small block">{listWords(others, text)}</span>}
      {approvalReasons === null || approvalReasons.length === 0 ? null : (
        <span className="muted small block">{t('statistics.reviews.reasons', { reasons: listWords(approvalReasons.map(({ text: reason, count }) => t('statistics.reason', { reason, count: countWords(count) })), text) })}</span>
      )}
    </div>
  );
}
