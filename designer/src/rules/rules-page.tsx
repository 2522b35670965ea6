import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Segments } from '../app/segments.tsx';
import '../app/styles/rules.css';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { nodesOf } from '../graphql/model.ts';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { roleNames } from '../session/role-names.ts';
import { ruleSetsDocument } from './documents.ts';
import type { RuleSetRow } from './model.ts';
import { filterRuleSets, ruleSetFilters, type RuleSetFilter } from './rules-list.ts';
import { RuleSetMarks } from './rule-set-marks.tsx';

/** The most that one reading of the gateway gives. */
const pageSize = 100;

function Row({ ruleSet }: { readonly ruleSet: RuleSetRow }): ReactNode {
  const text = useText();
  const { t } = text;
  const { inEffect } = ruleSet;
  return (
    <li className="rule-set-row" data-rule-set={ruleSet.key}>
      <Link to={`/rules/${encodeURIComponent(ruleSet.key)}`}>
        <span className="rule-set-name">
          <strong>{text.of(ruleSet.name, ruleSet.key)}</strong> <code>{ruleSet.key}</code>
        </span>
        <span>
          {t(`rules.domain.${ruleSet.domain}`)} <span className="muted small">{t('rules.owner', { role: roleNames([ruleSet.ownerRole], text) })}</span>
        </span>
        <span>{inEffect === null ? <span className="muted">{t('rules.noneInEffect')}</span> : t('rules.inEffectSince', { version: inEffect.version, time: text.dateTime(inEffect.effectiveAt) })}</span>
        <RuleSetMarks ruleSet={ruleSet} />
      </Link>
    </li>
  );
}

/** All rule sets: what is in effect since when, and what goes on with each. Filter and search stand in the address. */
export function RulesPage(): ReactNode {
  const { t } = useText();
  const [params, setParams] = useSearchParams();
  const filter: RuleSetFilter = ruleSetFilters.find((each) => each === params.get('show')) ?? 'all';
  // Its own state beside the address: a field that waits for the router loses the first letter of an input method.
  const [search, setSearch] = useState(params.get('q') ?? '');
  const [result, again] = useQuery({ query: ruleSetsDocument, variables: { first: pageSize, after: null }, requestPolicy: 'cache-and-network' });
  const rows = nodesOf(result.data?.ruleSets);
  const shown = filterRuleSets(rows, filter, search);
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(params);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  };
  const find = (words: string): void => {
    setSearch(words);
    set('q', words);
  };
  const showAll = (): void => {
    setSearch('');
    setParams({}, { replace: true });
  };
  return (
    <Page
      page="rules"
      title="rules.title"
      wide
      ready={result.data !== undefined || result.error !== undefined}
      aside={<Segments label={t('rules.filter')} value={filter} onChange={(value) => set('show', value === 'all' ? '' : value)} options={ruleSetFilters.map((value) => ({ value, label: t(`rules.filter.${value}`) }))} />}
    >
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {result.data === undefined ? (
        result.error === undefined ? <Loading rows={6} /> : null
      ) : (
        <>
          <Input className="rule-search" allowClear aria-label={t('rules.search')} placeholder={t('rules.search')} value={search} onChange={(event) => find(event.target.value)} />
          {rows.length === 0 ? (
            <Empty>{t('rules.empty')}</Empty>
          ) : shown.length === 0 ? (
            <Empty action={<Button onClick={showAll}>{t('rules.clearFilter')}</Button>}>{t('rules.noMatch')}</Empty>
          ) : (
            <ul className="rows" aria-label={t('rules.title')}>
              {shown.map((ruleSet) => (
                <Row key={ruleSet.key} ruleSet={ruleSet} />
              ))}
            </ul>
          )}
          {result.data.ruleSets.pageInfo.hasNextPage ? <p className="muted">{t('rules.onlyFirst', { count: pageSize })}</p> : null}
        </>
      )}
    </Page>
  );
}
