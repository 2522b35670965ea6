import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import type { Shadow } from './model.ts';

/** Whether a shadow runs, was stopped, or ended by itself. */
export function ShadowState({ shadow: { isRunning, stoppedAt } }: { readonly shadow: Pick<Shadow, 'isRunning' | 'stoppedAt'> }): ReactNode {
  const { t } = useText();
  if (isRunning) return <StateMark state="running">{t('shadow.state.running')}</StateMark>;
  return stoppedAt === null ? <StateMark state="done">{t('shadow.state.ended')}</StateMark> : <StateMark state="cancelled">{t('shadow.state.stopped')}</StateMark>;
}
