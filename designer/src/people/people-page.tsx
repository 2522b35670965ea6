import { Button, Input, Select } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Segments } from '../app/segments.tsx';
import '../app/styles/people.css';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useFurtherPages } from '../graphql/use-pages.ts';
import { useText } from '../i18n/use-text.ts';
import { LicencesNotice } from '../licences/licences-notice.tsx';
import { MoreRows } from '../rules/more-rows.tsx';
import { roleNames } from '../session/role-names.ts';
import { useViewer } from '../session/viewer.tsx';
import { StateMark } from '../status/state-mark.tsx';
import { useRoleWords } from './assignment-list.tsx';
import { peopleDocument, wardsDocument } from './documents.ts';
import { enumOf, givenRoles, type PersonRow } from './model.ts';
import { NewPersonDialog } from './new-person-dialog.tsx';

const pageSize = 50;
const restMs = 300;
const shows = { all: null, toConfirm: 'TO_CONFIRM', expiring: 'EXPIRING', disabled: 'DISABLED' } as const;
type Show = keyof typeof shows;
const showNames = Object.keys(shows) as Show[];

function Row({ person }: { readonly person: PersonRow }): ReactNode {
  const { t } = useText();
  const words = useRoleWords();
  const standing = person.assignments.filter(({ status }) => status !== 'ENDED');
  return (
    <li className="person-row" data-person={person.id}>
      <Link to={`/admin/people/${encodeURIComponent(person.id)}`}>
        <span>
          <strong>{person.displayName}</strong>
          <span className="muted small block">{person.staffNumber === null ? person.username : `${person.username ?? ''} · ${person.staffNumber}`}</span>
        </span>
        <span>{standing.length === 0 ? <span className="muted">{t('people.noRole')}</span> : standing.map((each) => <span key={each.id} className="block">{words(each)}</span>)}</span>
        <span className="person-marks">
          {person.disabledAt === null ? null : <StateMark state="paused">{t('people.disabled')}</StateMark>}
          {person.canSignIn ? null : <StateMark state="waiting">{t('people.notYetIn')}</StateMark>}
          {person.proposals.length === 0 ? null : <StateMark state="attention">{t('people.toConfirm')}</StateMark>}
          {standing.some(({ status }) => status === 'QUALIFICATION_MISSING') && person.disabledAt === null ? <StateMark state="attention">{t('people.status.QUALIFICATION_MISSING')}</StateMark> : null}
          {person.qualifications.some(({ expiresSoon }) => expiresSoon) ? <StateMark state="attention">{t('people.expiresSoon')}</StateMark> : null}
        </span>
      </Link>
    </li>
  );
}

/** 人员: who has an account and which roles. Search and filters stand in the address. */
export function PeoplePage(): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const show: Show = showNames.find((each) => each === params.get('show')) ?? 'all';
  const [role, unit] = [params.get('role'), params.get('ward')];
  // Its own state beside the address: a field that waits for the router loses the first letter of an input method.
  const [search, setSearch] = useState(params.get('q') ?? '');
  const [asked, setAsked] = useState(search);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(search), restMs);
    return () => clearTimeout(timer);
  }, [search]);
  const [isMaking, setMaking] = useState(false);
  const [wards] = useQuery({ query: wardsDocument, variables: {} });
  const variables = { first: pageSize, after: null, search: asked, unit, role: givenRoles.some((each) => each === role) ? enumOf(role ?? '') : null, show: shows[show] };
  const [result, again] = useQuery({ query: peopleDocument, variables, requestPolicy: 'cache-and-network' });
  // The rows before stay while other ones are read.
  const [seen, setSeen] = useState(result.data?.people);
  const current = result.data?.people;
  if (current !== undefined && current !== seen) setSeen(current);
  const connection = current ?? seen;
  const pages = useFurtherPages(peopleDocument, variables, connection, (data) => data.people);
  const set = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(params);
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  };
  const isNarrowed = search !== '' || show !== 'all' || role !== null || unit !== null;

  return (
    <Page
      page="people"
      title="people.title"
      wide
      ready={connection !== undefined || result.error !== undefined}
      aside={<Segments label={t('people.show')} value={show} onChange={(value) => set('show', value === 'all' ? undefined : value)} options={showNames.map((value) => ({ value, label: t(`people.show.${value}`) }))} />}
    >
      <LicencesNotice />
      <div className="people-bar">
        <Input className="people-search" allowClear aria-label={t('people.search')} placeholder={t('people.search')} maxLength={200} value={search} onChange={(event) => { setSearch(event.target.value); set('q', event.target.value); }} />
        <Select className="people-filter" listHeight={400} allowClear aria-label={t('people.role')} placeholder={t('people.anyRole')} value={role} onChange={(value?: string) => set('role', value)} options={givenRoles.map((value) => ({ value, label: roleNames([value], text) }))} />
        <Select className="people-filter" allowClear aria-label={t('me.unit')} placeholder={t('people.anyWard')} value={unit} onChange={(value?: string) => set('ward', value)} options={(wards.data?.wards ?? []).map(({ id, name }) => ({ value: id, label: text.of(name, id) }))} />
        {viewer.roles.includes('system-administrator') ? <Button type="primary" onClick={() => setMaking(true)}>{t('people.new')}</Button> : null}
      </div>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {connection === undefined ? (
        result.error === undefined ? <Loading rows={6} /> : null
      ) : pages.nodes.length > 0 ? (
        <ul className="rows" aria-label={t('people.title')} aria-busy={current === undefined}>
          {pages.nodes.map((person) => (
            <Row key={person.id} person={person} />
          ))}
        </ul>
      ) : (
        <Empty {...(isNarrowed ? { action: <Button onClick={() => { setSearch(''); setParams({}, { replace: true }); }}>{t('rules.clearFilter')}</Button> } : {})}>{t('people.noMatch')}</Empty>
      )}
      {connection === undefined ? null : <MoreRows pages={pages} count={connection.totalCount ?? pages.nodes.length} />}
      {isMaking ? <NewPersonDialog onClose={() => setMaking(false)} onMade={(id) => void navigate(`/admin/people/${encodeURIComponent(id)}`)} /> : null}
    </Page>
  );
}
