import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useDelayed } from '../app/use-delayed.ts';
import type { Problem } from '../graphql/problem.ts';
import { CopyButton } from './copy-button.tsx';
import { useText } from '../i18n/use-text.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { StateMark } from '../status/state-mark.tsx';

/** A skeleton after 150 ms, words after 2 s. */
export function Loading({ rows = 4 }: { readonly rows?: number }): ReactNode {
  const { t } = useText();
  const visible = useDelayed(true, 150);
  const slow = useDelayed(true, 2_000);
  return (
    <div className="loading" aria-busy="true" role="status">
      {visible ? <Skeleton active title={false} paragraph={{ rows }} /> : null}
      <p className={slow ? 'muted' : 'visually-hidden'}>{t('common.loading')}</p>
    </div>
  );
}

/** One sentence that says why there is nothing, and at most one action. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <svg width="72" height="48" viewBox="0 0 72 48" aria-hidden="true">
        <rect x="8" y="10" width="56" height="30" rx="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 26h17l4 6h14l4-6h17" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** The code of a problem, with a button that copies it. */
export function ProblemCode({ code }: { readonly code: string }): ReactNode {
  const { t } = useText();
  return (
    <span className="problem-code">
      {t('common.code')} <code>{code}</code>
      <CopyButton size="small" type="text" text={() => code} label={t('common.copyCode')} />
    </span>
  );
}

const sentences: Readonly<Record<Problem['kind'], MessageKey>> = {
  network: 'problem.network',
  notFound: 'problem.notFound',
  forbidden: 'problem.forbidden',
  rateLimited: 'problem.rateLimited',
  unexpected: 'problem.unexpected',
};

/** What happened, what still works, what to do, and the code. */
export function ProblemNotice({ problem, onRetry }: { readonly problem: Problem; readonly onRetry?: () => void }): ReactNode {
  const { t } = useText();
  return (
    <section className="notice notice-failed" role="alert">
      <StateMark state="failed" bare />
      <div>
        <p>{problem.message ?? t(sentences[problem.kind])}</p>
        <p className="notice-actions">
          {/* What a role may not see, another try does not show. */}
          {onRetry === undefined || problem.kind === 'forbidden' ? null : (
            <Button size="small" onClick={onRetry}>
              {t('common.retry')}
            </Button>
          )}
          <ProblemCode code={problem.code} />
        </p>
      </div>
    </section>
  );
}
