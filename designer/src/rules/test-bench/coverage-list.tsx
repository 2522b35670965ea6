import { useState, type ReactNode } from 'react';
import { Button } from 'antd';
import type { RuleCoverage } from '#rules';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import type { State } from '../../status/state.ts';
import { coverageOf, untriedFirst, type Coverage } from './run-document.ts';

const states: Readonly<Record<Coverage, State>> = { covered: 'done', onlyFired: 'attention', onlyNotFired: 'attention', untested: 'idle' };
const shownAtFirst = 50;

/** How far the cases try each rule; those that none tries first. */
export function CoverageList({ coverage }: { readonly coverage: readonly RuleCoverage[] }): ReactNode {
  const text = useText();
  const { t } = text;
  const [shown, setShown] = useState(shownAtFirst);
  const covered = coverage.filter((rule) => coverageOf(rule) === 'covered').length;
  return (
    <section className="card" aria-label={t('trials.coverage')}>
      <h2>{t('trials.coverage')}</h2>
      <p role="status" data-covered={covered}>
        {t('trials.coverage.count', { covered, count: coverage.length })}
      </p>
      <ul className="plain-list">
        {untriedFirst(coverage)
          .slice(0, shown)
          .map((rule) => (
            <li key={rule.ruleId} className="coverage-row" data-rule={rule.ruleId} data-coverage={coverageOf(rule)}>
              <StateMark state={states[coverageOf(rule)]}>{t(`trials.coverage.${coverageOf(rule)}`)}</StateMark>
              <span>{text.of(rule.name, rule.ruleId)}</span>
              <span className="muted small">{t('trials.coverage.times', { fired: rule.fired, notFired: rule.notFired })}</span>
            </li>
          ))}
      </ul>
      {coverage.length > shown ? <Button onClick={() => setShown(shown + 500)}>{t('common.more')}</Button> : null}
    </section>
  );
}
