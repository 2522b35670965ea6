import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import '../../app/styles/rule-trials.css';
import { Empty, Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { problemOf } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { countWords, shareWords } from '../backtest/result-words.ts';
import { instantsOf, rangeProblem, type ChosenRange, type InstantRange } from '../date-range.ts';
import { DateRangeField } from '../date-range-field.tsx';
import type { RuleSetDetail } from '../model.ts';
import { listWords, ruleNaming } from '../rule-name.ts';
import { statisticsDocument } from './documents.ts';
import { Reviews } from './reviews.tsx';
import { mostOverriddenFirst, overrideRate, type RuleStatistic } from './rule-statistic.ts';

const maximumDays = 366;
const shownAtFirst = 50;
const initial: ChosenRange = { choice: '30', from: '', to: '' };

/** 统计: for each rule how often it fired, how often its cards were overridden, and why. */
export function StatisticsTab({ ruleSet }: { readonly ruleSet: RuleSetDetail }): ReactNode {
  const text = useText();
  const { t } = text;
  const [range, setRange] = useState(initial);
  // Set when it is chosen: a range that moved with the clock would be read anew all the time.
  const [asked, setAsked] = useState<InstantRange>(() => instantsOf(initial, Date.now()) ?? { from: '', to: '' });
  const [shown, setShown] = useState(shownAtFirst);
  const [result, again] = useQuery({ query: statisticsDocument, variables: { key: ruleSet.key, ...asked }, requestPolicy: 'cache-and-network' });
  const choose = (next: ChosenRange): void => {
    setRange(next);
    const instants = rangeProblem(next, maximumDays) === undefined ? instantsOf(next, Date.now()) : undefined;
    if (instants !== undefined) setAsked(instants);
  };
  const found = result.data?.ruleStatistics;
  const rules = mostOverriddenFirst(found?.rules ?? []);
  const nothing = found !== undefined && found.decisions === 0 && rules.every(({ cards }) => cards === 0);
  return (
    <section className="card" aria-label={t('rules.tab.statistics')}>
      <div className="trial-bar">
        <DateRangeField value={range} onChange={choose} maximumDays={maximumDays} />
      </div>
      {result.error !== undefined ? (
        <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />
      ) : found === undefined ? (
        <Loading rows={8} />
      ) : nothing ? (
        <Empty>{t('statistics.none')}</Empty>
      ) : (
        <div aria-busy={result.fetching}>
          <p role="status">
            {t('statistics.decisions', { count: countWords(found.decisions) })} <span className="muted">{t('statistics.about')}</span>
          </p>
          <ul className="statistics" aria-label={t('rules.tab.statistics')}>
            {rules.slice(0, shown).map((rule) => (
              <StatisticRow key={rule.ruleId} rule={rule} />
            ))}
          </ul>
          {rules.length > shown ? <Button onClick={() => setShown(shown + 500)}>{t('common.more')}</Button> : null}
        </div>
      )}
    </section>
  );
}

function StatisticRow({ rule }: { readonly rule: RuleStatistic }): ReactNode {
  const text = useText();
  const { t } = text;
  const { ruleId, name, fired, cards, accepted, overridden, overrideReasons } = rule;
  const rate = overrideRate(rule);
  const isMissing = ruleId.startsWith('missing');
  return (
    <li className="statistic" data-rule={ruleId}>
      <p className="statistic-name">
        <strong>{name === null ? (ruleId.startsWith('missing:') ? ruleNaming(undefined, text)(ruleId) : ruleId === 'missing' ? t('statistics.missing') : ruleId) : text.of(name, ruleId)}</strong>
        {name === null && !isMissing ? <span className="muted small"> {t('statistics.earlier')}</span> : null}
      </p>
      <p>
        {t('statistics.fired', { count: countWords(fired) })}
        {cards === 0 ? '' : ` · ${t('statistics.cards', { count: countWords(cards) })}`}
      </p>
      {rate === undefined ? (
        <p className="muted">{t(cards === 0 ? 'statistics.noCards' : 'statistics.noAnswers')}</p>
      ) : (
        <div>
          <span className="rate-bar" aria-hidden="true" style={{ ['--share' as string]: rate }} />
          <span>{t('statistics.overridden', { overridden: countWords(overridden), answered: countWords(accepted + overridden), rate: shareWords(overridden, accepted + overridden) })}</span>
          {overrideReasons.length === 0 ? null : (
            <span className="muted small block">{t('statistics.reasons', { reasons: listWords(overrideReasons.map((reason) => t('statistics.reason', { reason: reason.name === null ? (reason.code === '' ? t('statistics.noReason') : reason.code) : text.of(reason.name, reason.code), count: countWords(reason.count) })), text) })}</span>
          )}
        </div>
      )}
      <Reviews reviews={rule.reviews} />
    </li>
  );
}
