import type { ReactNode } from 'react';
import type { Refusal } from '../graphql/command.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import { ProblemCode } from './feedback.tsx';

/** The server's own words for a refusal, as given, what to do about it, and its code. */
export function RefusalNotice({ refusal, lead }: { readonly refusal: Refusal; readonly lead?: ReactNode }): ReactNode {
  const { t, lookup } = useText();
  const advice = lookup(`advice.${refusal.code}`, '');
  return (
    <section className="notice notice-failed" role="alert">
      <StateMark state="failed" bare />
      <div>
        <p>
          {lead} {refusal.message === '' ? t('problem.unexpected') : refusal.message}
        </p>
        {advice === '' ? null : <p>{advice}</p>}
        <ProblemCode code={refusal.checkCode ?? refusal.code} />
      </div>
    </section>
  );
}
