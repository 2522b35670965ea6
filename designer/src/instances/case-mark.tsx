import type { ReactNode } from 'react';
import type { ProcessInstance } from '../graphql/model.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import { caseStateKey, instanceState } from '../status/state.ts';

/** The state of a case in shape, colour and word, with the error that ended it. */
export function CaseMark({ instance: { status, incidents, errorCode = null } }: { readonly instance: Pick<ProcessInstance, 'status' | 'incidents'> & Partial<Pick<ProcessInstance, 'errorCode'>> }): ReactNode {
  const { t } = useText();
  const state = instanceState(status, incidents);
  return <StateMark state={state}>{errorCode === null ? t(caseStateKey(state)) : `${t('state.failed')} ${errorCode}`}</StateMark>;
}
