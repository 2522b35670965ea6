import type { ReactNode } from 'react';
import { useNow } from '../app/clock.ts';
import type { Task } from '../graphql/model.ts';
import { roleNames } from '../session/role-names.ts';
import { useText, type Text } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { VerificationRule, VerificationStage } from './verification.ts';

/** The people who did it first, in a row. */
export function performerNames(task: Pick<Task, 'verification'>, text: Text): string {
  return (task.verification?.performedBy ?? []).map(({ displayName }) => displayName).join(text.locale === 'zh-CN' ? '、' : ', ');
}

export interface VerificationNoticeProps {
  readonly task: Task;
  readonly stage: Exclude<VerificationStage, 'none'>;
  readonly rule: VerificationRule | undefined;
}

/** What the two-person rule means for the person who looks at the task now. */
export function VerificationNotice({ task, stage, rule }: VerificationNoticeProps): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const { verification } = task;
  const until = verification?.until ?? null;
  const isOver = until !== null && Date.parse(until) <= now;
  return (
    <section className={`notice ${stage === 'performed' ? 'notice-done' : 'notice-attention'}`} aria-label={t('verify.title')} data-verification={stage}>
      <StateMark state={stage === 'performed' ? 'waiting' : 'attention'} bare />
      <div>
        <p>
          <strong>{t(`verify.${stage}.lead`)}</strong>
        </p>
        {stage === 'first' ? <p>{t('verify.first.how', { who: rule === undefined || rule.roles.length === 0 ? t('verify.anybody') : roleNames(rule.roles, text) })}</p> : null}
        {verification === null ? null : (
          <p>
            {t(stage === 'performed' ? 'verify.performed.when' : 'verify.second.when', { names: performerNames(task, text), time: text.dateTime(verification.performedAt) })}{' '}
            {until === null ? null : <span {...(isOver ? { className: 'field-error' } : {})}>{isOver ? t('verify.over', { time: text.dateTime(until) }) : t(stage === 'performed' ? 'verify.performed.until' : 'verify.until', { time: text.dateTime(until), left: text.relative(until, now) })}</span>}
          </p>
        )}
        {stage === 'first' ? null : <p>{t(`verify.${stage}.how`)}</p>}
      </div>
    </section>
  );
}
