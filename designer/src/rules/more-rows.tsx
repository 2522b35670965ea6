import { Button } from 'antd';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../feedback/feedback.tsx';
import type { FurtherPages } from '../graphql/use-pages.ts';
import { useText } from '../i18n/use-text.ts';

/** How many rows are shown of how many, and the next ones. */
export function MoreRows({ pages, count }: { readonly pages: FurtherPages<unknown>; readonly count: number }): ReactNode {
  const { t } = useText();
  const { nodes, hasMore, isReading, problem, more } = pages;
  if (!hasMore) return null;
  return (
    <>
      {problem === undefined ? null : <ProblemNotice problem={problem} onRetry={more} />}
      <p className="row-actions centre">
        <span className="muted">{t('rules.shown', { shown: nodes.length, count })}</span>
        <Button loading={isReading} onClick={more}>
          {t('common.more')}
        </Button>
      </p>
    </>
  );
}
