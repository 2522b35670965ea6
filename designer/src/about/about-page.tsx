import type { ReactNode } from 'react';
import { useIsDemo } from '../app/installation.tsx';
import { Page } from '../app/page.tsx';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';

/** The intended use, in the words of INTENDED_USE.md. */
export function AboutPage(): ReactNode {
  const { t } = useText();
  const isDemo = useIsDemo();
  return (
    <Page page="about" title="about.title" ready>
      {isDemo ? (
        <p className="notice notice-attention">
          <StateMark state="attention" bare /> <strong>{t('app.demo')}</strong>
        </p>
      ) : null}
      <section className="prose" aria-labelledby="intended-use">
        <h2 id="intended-use">{t('about.use')}</h2>
        <p>{t('about.use.runs')}</p>
        <p>{t('about.use.not')}</p>
        <p>{t('about.use.demo')}</p>
        <p>{t('about.use.rating')}</p>
      </section>
    </Page>
  );
}
