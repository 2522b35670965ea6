import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { CommandResult } from '../../graphql/command.ts';
import { useText } from '../../i18n/use-text.ts';

/** The names of the cases because of which a command was refused. */
export function failedCasesOf(result: CommandResult<unknown>): readonly string[] {
  return result.kind === 'refused' ? (result.refusal.failedCases ?? []) : [];
}

export interface FailedCasesProps {
  readonly ruleSetKey: string;
  /** What they were run against. */
  readonly against: 'draft' | 'review';
  readonly names: readonly string[];
  readonly onFollow: () => void;
}

/** The saved cases that keep a draft from its review or a review from its approval, each with the way to it. */
export function FailedCases({ ruleSetKey, against, names, onFollow }: FailedCasesProps): ReactNode {
  const { t } = useText();
  const to = (name?: string): string => `/rules/${encodeURIComponent(ruleSetKey)}?tab=test&against=${against}${name === undefined ? '' : `&case=${encodeURIComponent(name)}`}`;
  if (names.length === 0) return null;
  return (
    <div className="failed-cases" data-failed={names.length}>
      <p>{t(against === 'draft' ? 'trials.submit.failed' : 'trials.approve.failed', { count: names.length })}</p>
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
