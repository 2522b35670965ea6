import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { Returned } from './returned.ts';

/** Says to whoever does the task again that, by whom and why it came back. */
export function ReturnedNotice({ returned }: { readonly returned: Returned }): ReactNode {
  const { t, dateTime } = useText();
  return (
    <section className="notice notice-failed" aria-label={t('verify.returned')} data-returned={returned.kind}>
      <StateMark state="failed" bare />
      <div>
        <p>
          <strong>{t(`verify.returned.${returned.kind}`, { name: returned.by, time: dateTime(returned.at) })}</strong>
        </p>
        {returned.kind === 'rejected' ? <p>{t('verify.returned.reason', { reason: returned.reason })}</p> : null}
        <p>{t(`verify.returned.${returned.kind}.how`)}</p>
      </div>
    </section>
  );
}
