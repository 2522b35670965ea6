import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { Stage } from './stage.ts';

const order = ['submitted', 'processing', 'done'] as const;
const words = { submitted: 'task.stage.submitted', processing: 'task.stage.processing', done: 'task.stage.result' } as const;

/** 已提交 → 处理中 → 结果 of an operation, with its outcome and the reason, which is on record once it is done. */
export function OperationStages({ stage, outcome, reason }: { readonly stage: Stage; readonly outcome: string; readonly reason: string }): ReactNode {
  const { t } = useText();
  const at = order.findIndex((each) => each === stage.stage);
  if (at < 0) return null;
  const stateAt = (index: number): State => (stage.stage === 'done' || index < at ? 'done' : index === at ? 'running' : 'idle');
  return (
    <div className={`notice ${stage.stage === 'done' ? 'notice-done' : ''}`} role="status" aria-label={t('operate.progress')} data-state={stage.stage}>
      <div>
        <ol className="stages">
          {order.map((each, index) => (
            <li key={each}>
              <StateMark state={stateAt(index)}>{t(words[each])}</StateMark>
            </li>
          ))}
        </ol>
        {stage.stage === 'done' ? <p>{outcome}</p> : null}
        {stage.stage === 'processing' ? <p>{t('operate.pending')}</p> : null}
        <p className="muted small">{t(stage.stage === 'done' ? 'operate.recorded' : 'operate.reasonGiven', { reason })}</p>
      </div>
    </div>
  );
}
