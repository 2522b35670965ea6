import type { ReactNode } from 'react';
import { ProblemCode } from '../feedback/feedback.tsx';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { AuthRefusal } from './auth-door.ts';

/** Why a sign-in door refused, what to do, and the code. */
export function AuthRefusalNotice({ refusal, id }: { readonly refusal: Pick<AuthRefusal, 'key' | 'code'> | undefined; readonly id?: string }): ReactNode {
  const { t } = useText();
  if (refusal === undefined) return null;
  return (
    <div className="notice notice-failed" role="alert" id={id}>
      <StateMark state="failed" bare />
      <div>
        <p>{t(refusal.key)}</p>
        {refusal.code === '' ? null : <ProblemCode code={refusal.code} />}
      </div>
    </div>
  );
}
