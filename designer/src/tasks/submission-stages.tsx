import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { Submission } from './submission.ts';

const order = ['submitted', 'processing', 'done'] as const;

function stateAt(index: number, stage: Submission['stage']): State {
  const at = order.indexOf(stage as (typeof order)[number]);
  if (stage === 'done' || index < at) return 'done';
  return index === at ? 'running' : 'idle';
}

/** 已提交 → 处理中 → 结果, with how far it is. */
export function SubmissionStages({ submission, children }: { readonly submission: Submission; readonly children?: ReactNode }): ReactNode {
  const { t } = useText();
  const { stage } = submission;
  if (stage === 'editing' || stage === 'performed' || stage === 'refused' || stage === 'problem') return null;
  return (
    <section className={`notice ${stage === 'done' ? 'notice-done' : ''}`} role="status" aria-label={t('task.stage')} data-state={stage}>
      <div>
        <ol className="stages">
          <li>
            <StateMark state={stateAt(0, stage)}>{t('task.stage.submitted')}</StateMark>
          </li>
          <li>
            <StateMark state={stateAt(1, stage)}>{t('task.stage.processing')}</StateMark>
          </li>
          <li>
            <StateMark state={stateAt(2, stage)}>{t('task.stage.result')}</StateMark>
          </li>
        </ol>
        {stage === 'done' ? <p>{t('task.result.done')}</p> : null}
        {stage === 'processing' ? <p>{t('task.result.pending')}</p> : null}
        {children}
      </div>
    </section>
  );
}
