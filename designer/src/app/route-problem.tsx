import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Empty, ProblemCode } from '../feedback/feedback.tsx';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import { Page } from './page.tsx';

/** A page that failed: what still works, what to do; no stack trace. */
export function RouteProblem(): ReactNode {
  const { t } = useText();
  return (
    <main className="page" id="main" data-page="problem" data-ready>
      <section className="notice notice-failed" role="alert">
        <StateMark state="failed" bare />
        <div>
          <p>{t('problem.crashed')}</p>
          <p className="notice-actions">
            <Button onClick={() => window.location.reload()}>{t('common.reload')}</Button>
            <ProblemCode code="PAGE_FAILED" />
          </p>
        </div>
      </section>
    </main>
  );
}

/** An address that does not exist. */
export function UnknownRoute(): ReactNode {
  const { t } = useText();
  return (
    <Page page="unknown" title="problem.unknownRoute" ready>
      <Empty action={<Link to="/">{t('task.backToList')}</Link>}>{t('problem.unknownRoute')}</Empty>
    </Page>
  );
}
