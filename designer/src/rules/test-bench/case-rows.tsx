import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { RuleCaseResult, RuleSetDocument } from '#rules';
import { Segments } from '../../app/segments.tsx';
import { LevelMark } from '../../facts/fact-list.tsx';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { listWords, ruleNaming } from '../rule-name.ts';
import { differenceWords } from './difference-words.ts';
import type { SavedCase } from './model.ts';

/** Rows that are drawn at first; a rule set may have 2,000 cases. */
const shownAtFirst = 100;

export interface CaseRowsProps {
  readonly cases: readonly SavedCase[];
  /** By the place of the cases; undefined while the document cannot be run. */
  readonly results: readonly RuleCaseResult[] | undefined;
  readonly document: RuleSetDocument | undefined;
  readonly onOpen: (id: string) => void;
}

/** The saved cases: what each expects, and what came out otherwise. Those that fail come first. */
export function CaseRows({ cases, results, document, onOpen }: CaseRowsProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [search, setSearch] = useState('');
  const [only, setOnly] = useState<'all' | 'failed'>('all');
  const [shown, setShown] = useState(shownAtFirst);
  const nameOf = ruleNaming(document, text);
  const rows = cases.map((each, place) => ({ each, differences: results?.[place]?.differences }));
  const failed = rows.filter(({ differences }) => differences !== undefined && differences.length > 0).length;
  const words = search.trim().toLowerCase();
  const matching = rows
    .filter(({ each, differences }) => (only === 'all' || (differences?.length ?? 0) > 0) && `${each.name} ${each.tags.join(' ')} ${each.expected.ruleIds.map(nameOf).join(' ')}`.toLowerCase().includes(words))
    .sort((a, b) => Number((b.differences?.length ?? 0) > 0) - Number((a.differences?.length ?? 0) > 0));
  return (
    <>
      <div className="case-filter">
        <Input allowClear aria-label={t('trials.cases.search')} placeholder={t('trials.cases.search')} value={search} onChange={(event) => setSearch(event.target.value)} />
        <Segments label={t('rules.filter')} value={only} onChange={setOnly} options={[{ value: 'all', label: t('trials.cases.all', { count: cases.length }) }, { value: 'failed', label: t('trials.cases.failed', { count: failed }) }]} />
      </div>
      <ul className="rows case-rows" aria-label={t('trials.cases')}>
        {matching.slice(0, shown).map(({ each, differences }) => (
          <li key={each.id} className="case-row" data-case={each.id} data-passed={differences === undefined ? 'unknown' : differences.length === 0}>
            <span>{differences === undefined ? <StateMark state="idle">{t('trials.notRun')}</StateMark> : differences.length === 0 ? <StateMark state="done">{t('trials.passed')}</StateMark> : <StateMark state="failed">{t('trials.failed')}</StateMark>}</span>
            <span className="case-name">
              <Button type="link" onClick={() => onOpen(each.id)}>
                {each.name}
              </Button>
              {each.tags.map((tag) => (
                <span key={tag} className="chip">
                  {tag}
                </span>
              ))}
            </span>
            <span>
              <span className="muted small">{t('trials.expected')} </span>
              <LevelMark level={each.expected.level} /> {each.expected.ruleIds.length === 0 ? <span className="muted">{t('trials.expected.noRule')}</span> : listWords(each.expected.ruleIds.map(nameOf), text)}
            </span>
            {differences === undefined || differences.length === 0 || document === undefined ? null : (
              <ul className="difference-lines">
                {differenceWords(differences, document, text).map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {matching.length === 0 ? <p className="muted">{t('trials.cases.noMatch')}</p> : null}
      {matching.length > shown ? (
        <p className="row-actions centre">
          <span className="muted">{t('rules.shownOf', { shown, count: matching.length })}</span>
          <Button onClick={() => setShown(shown + 500)}>{t('common.more')}</Button>
        </p>
      ) : null}
    </>
  );
}
