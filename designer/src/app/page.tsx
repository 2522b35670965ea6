import { useEffect, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { MessageKey } from '../i18n/messages.ts';

export interface PageProps {
  /** Stable name for tests: the `data-page` of `<main>`. */
  readonly page: string;
  readonly title: MessageKey;
  /** True once the page shows what it is for (data, an empty state or an error). */
  readonly ready: boolean;
  readonly heading?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
  readonly hideHeading?: boolean;
}

/** The `<main>` of a route, with its one heading. */
export function Page({ page, title, ready, heading, aside, children, wide = false, hideHeading = false }: PageProps): ReactNode {
  const text = useText();
  const name = text.t(title);
  useEffect(() => {
    document.title = `${name} · Careloop`;
  }, [name]);
  return (
    <main id="main" tabIndex={-1} data-page={page} data-ready={ready} className={wide ? 'page page-wide' : 'page'}>
      <header className={hideHeading ? 'visually-hidden' : 'page-header'}>
        <h1>{heading ?? name}</h1>
        {aside === undefined ? null : <div className="page-aside">{aside}</div>}
      </header>
      {children}
    </main>
  );
}
