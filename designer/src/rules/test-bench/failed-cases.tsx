import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../i18n/use-text.ts';

/** The saved cases that keep a draft from its review, each with the way to it. */
export function FailedCases({ ruleSetKey, names, onFollow }: { readonly ruleSetKey: string; readonly names: readonly string[]; readonly onFollow: () => void }): ReactNode {
  const { t } = useText();
  const to = (name?: string): string => `/rules/${encodeURIComponent(ruleSetKey)}?tab=test&against=draft${name === undefined ? '' : `&case=${encodeURIComponent(name)}`}`;
  if (names.length === 0) return null;
  return (
    <div className="failed-cases" data-failed={names.length}>
      <p>{t('trials.submit.failed', { count: names.length })}</p>
      <ul>
        {names.slice(0, 20).map((name) => (
          <li key={name}>
            <Link to={to(name)} onClick={onFollow}>{name}</Link>
          </li>
        ))}
      </ul>
      <p>
        <Link to={to()} onClick={onFollow}>{t('trials.submit.all')}</Link>
      </p>
    </div>
  );
}
