import type { ReactNode } from 'react';
import { useNow } from '../app/clock.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { State } from '../status/state.ts';
import type { RuleSetRow, SuspensionStatus, VersionStatus } from './model.ts';
import { isWithdrawn } from './returned-notice.tsx';
import { inForce, nextScheduled } from './rules-list.ts';

const versionStates: Readonly<Record<VersionStatus, State>> = { SCHEDULED: 'waiting', IN_EFFECT: 'running', SUPERSEDED: 'done', RECALLED: 'failed' };

/** What a version is now, as shape, colour and word. */
export function VersionMark({ status }: { readonly status: VersionStatus }): ReactNode {
  const { t } = useText();
  return <StateMark state={versionStates[status]}>{t(`rules.status.${status}`)}</StateMark>;
}

const suspensionStates: Readonly<Record<SuspensionStatus, State>> = { UNCONFIRMED: 'attention', CONFIRMED: 'paused', LIFT_REQUESTED: 'attention', LIFTED: 'done' };

/** Where a suspension stands; overdue counts most. */
export function SuspensionMark({ suspension }: { readonly suspension: { readonly status: SuspensionStatus; readonly isOverdue: boolean } }): ReactNode {
  const { t } = useText();
  return suspension.isOverdue ? <StateMark state="overdue">{t('rules.suspension.overdue')}</StateMark> : <StateMark state={suspensionStates[suspension.status]}>{t(`rules.suspension.${suspension.status}`)}</StateMark>;
}

/** What goes on with a rule set: a version to come, a review, a draft, suspensions. */
export function RuleSetMarks({ ruleSet }: { readonly ruleSet: Pick<RuleSetRow, 'versions' | 'review' | 'draft' | 'suspensions'> }): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const { review, draft } = ruleSet;
  const next = nextScheduled(ruleSet.versions);
  const suspended = inForce(ruleSet.suspensions);
  const overdue = suspended.filter(({ isOverdue }) => isOverdue).length;
  return (
    <span className="rule-marks">
      {next === undefined ? null : <StateMark state="waiting">{t('rules.mark.scheduled', { version: next.version, time: text.when(next.effectiveAt, now) })}</StateMark>}
      {review === null ? null : <StateMark state="attention">{t('rules.mark.review', { version: review.version })}</StateMark>}
      {draft === null || review !== null ? null : draft.returned === null || isWithdrawn(draft.returned) ? (
        <StateMark state="idle">{t('rules.mark.draft', { person: draft.savedBy.displayName })}</StateMark>
      ) : (
        <StateMark state="attention">{t('rules.mark.returned', { version: draft.returned.version })}</StateMark>
      )}
      {suspended.length === 0 ? null : <StateMark state={overdue > 0 ? 'overdue' : 'paused'}>{overdue > 0 ? t('rules.mark.overdue', { count: suspended.length, overdue }) : t('rules.mark.suspended', { count: suspended.length })}</StateMark>}
    </span>
  );
}
