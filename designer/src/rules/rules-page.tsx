import { Button, Input } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Segments } from '../app/segments.tsx';
import '../app/styles/rules.css';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useFurtherPages } from '../graphql/use-pages.ts';
import { useText } from '../i18n/use-text.ts';
import { roleNames } from '../session/role-names.ts';
import { useViewer } from '../session/viewer.tsx';
import { ruleSetsDocument } from './documents.ts';
import { ImportDialog } from './files/import-dialog.tsx';
import { NewRuleSetDialog } from './files/new-dialog.tsx';
import type { RuleSetRow } from './model.ts';
import { MoreRows } from './more-rows.tsx';
import { mayWriteRules } from './rule-trial-roles.ts';
import { ruleSetFilters, shows, type RuleSetFilter } from './rules-list.ts';
import { RuleSetMarks } from './rule-set-marks.tsx';

const pageSize = 50;
/** Words are searched for once typing rests. */
const restMs = 300;

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
  const viewer = useViewer();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const filter: RuleSetFilter = ruleSetFilters.find((each) => each === params.get('show')) ?? 'all';
  // Its own state beside the address: a field that waits for the router loses the first letter of an input method.
  const [search, setSearch] = useState(params.get('q') ?? '');
  const [asked, setAsked] = useState(search);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(search), restMs);
    return () => clearTimeout(timer);
  }, [search]);
  const [open, setOpen] = useState<'import' | 'new' | undefined>();
  const variables = { first: pageSize, after: null, search: asked, show: shows[filter] };
  const [result, again] = useQuery({ query: ruleSetsDocument, variables, requestPolicy: 'cache-and-network' });
  // The rows before stay while other ones are read.
  const [seen, setSeen] = useState(result.data?.ruleSets);
  const current = result.data?.ruleSets;
  if (current !== undefined && current !== seen) setSeen(current);
  const connection = current ?? seen;
  const pages = useFurtherPages(ruleSetsDocument, variables, connection, (data) => data.ruleSets);
  const rows = pages.nodes;
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
  const edit = (key: string): void => void navigate(`/rules/${encodeURIComponent(key)}?tab=edit`);
  const close = (): void => setOpen(undefined);
  return (
    <Page
      page="rules"
      title="rules.title"
      wide
      ready={connection !== undefined || result.error !== undefined}
      aside={<Segments label={t('rules.filter')} value={filter} onChange={(value) => set('show', value === 'all' ? '' : value)} options={ruleSetFilters.map((value) => ({ value, label: t(`rules.filter.${value}`) }))} />}
    >
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {connection === undefined ? (
        result.error === undefined ? <Loading rows={6} /> : null
      ) : (
        <>
          <div className="rule-list-bar">
            <Input className="rule-search" allowClear aria-label={t('rules.search')} placeholder={t('rules.search')} maxLength={200} value={search} onChange={(event) => find(event.target.value)} />
            {mayWriteRules(viewer) ? (
              <span className="row-actions">
                <Button onClick={() => setOpen('import')}>{t('ruleFiles.import')}</Button>
                <Button onClick={() => setOpen('new')}>{t('ruleFiles.new')}</Button>
              </span>
            ) : null}
          </div>
          {rows.length > 0 ? (
            <ul className="rows" aria-label={t('rules.title')} aria-busy={current === undefined}>
              {rows.map((ruleSet) => (
                <Row key={ruleSet.key} ruleSet={ruleSet} />
              ))}
            </ul>
          ) : search === '' && filter === 'all' ? (
            <Empty>{t('rules.empty')}</Empty>
          ) : (
            <Empty action={<Button onClick={showAll}>{t('rules.clearFilter')}</Button>}>{t('rules.noMatch')}</Empty>
          )}
          <MoreRows pages={pages} count={connection.totalCount ?? rows.length} />
        </>
      )}
      {open === 'import' ? <ImportDialog onClose={close} onImported={edit} /> : null}
      {open === 'new' ? <NewRuleSetDialog onClose={close} onMade={edit} /> : null}
    </Page>
  );
}
