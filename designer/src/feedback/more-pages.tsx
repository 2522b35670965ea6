import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { FurtherPages } from '../graphql/use-pages.ts';
import { useText } from '../i18n/use-text.ts';
import { ProblemNotice } from './feedback.tsx';

/** The foot of a list that is read page by page: what went wrong, and the button that reads on. */
export function MorePages({ pages }: { readonly pages: Omit<FurtherPages<unknown>, 'nodes'> }): ReactNode {
  const { t } = useText();
  return (
    <>
      {pages.problem === undefined ? null : <ProblemNotice problem={pages.problem} />}
      {pages.hasMore ? (
        <p className="row-actions centre">
          <Button loading={pages.isReading} onClick={pages.more}>
            {t('common.more')}
          </Button>
        </p>
      ) : null}
    </>
  );
}
