import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { ReturnedReview } from './model.ts';

/** True when who asked for the review took it back: nobody has objected to it. */
export function isWithdrawn({ requestedBy, verdict }: { readonly requestedBy: { readonly id: string }; readonly verdict: { readonly decidedBy: { readonly id: string } } | null }): boolean {
  return verdict?.decidedBy.id === requestedBy.id;
}

/** Why the draft came back from its review, in the words of who returned it. */
export function ReturnedNotice({ returned }: { readonly returned: ReturnedReview }): ReactNode {
  const text = useText();
  const { t } = text;
  const { version, verdict } = returned;
  if (verdict === null) return null;
  const words = { version, person: verdict.decidedBy.displayName, time: text.dateTime(verdict.decidedAt), comment: verdict.comment };
  if (isWithdrawn(returned)) return <p className="muted">{t('rules.review.withdrawn', words)}</p>;
  return (
    <p className="notice notice-attention" data-returned={version}>
      <StateMark state="attention" bare /> {t('rules.review.returned', words)}
    </p>
  );
}
