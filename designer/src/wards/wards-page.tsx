import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Segments } from '../app/segments.tsx';
import '../app/styles/people.css';
import '../app/styles/wards.css';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import { StateMark } from '../status/state-mark.tsx';
import { wardStandingsDocument, type WardStanding } from './documents.ts';
import { doesMatch } from './obstacles.ts';
import { CloseWardDialog, NewWardDialog, RenameWardDialog, ReopenWardDialog } from './ward-dialogs.tsx';

const shows = ['open', 'closed', 'all'] as const;
type Show = (typeof shows)[number];
type Open = { readonly kind: 'new' } | { readonly kind: 'rename' | 'close' | 'reopen'; readonly id: string };

function WardRow({ standing, mayChange, onOpen }: { readonly standing: WardStanding; readonly mayChange: boolean; readonly onOpen: (open: Open) => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const { id, ward, patients, occupiedBeds, openTasks, openCases, people } = standing;
  const isClosed = ward.closedAt !== null;
  const other = text.locale === 'zh-CN' ? ward.name.en : ward.name.zhCN;
  return (
    <li className="ward-row" data-ward={id} data-status={isClosed ? 'CLOSED' : 'OPEN'}>
      <div>
        <strong>{text.of(ward.name, id)}</strong>
        <span className="muted small block">{other}</span>
        <span className="small block">{t('wards.code.of', { code: id })}</span>
        {ward.closedAt === null ? null : <StateMark state="paused">{t('wards.closedAt', { time: text.dateTime(ward.closedAt) })}</StateMark>}
        {isClosed && patients > 0 ? <StateMark state="attention">{t('wards.closedWithPatients')}</StateMark> : null}
      </div>
      <dl className="ward-counts">
        <div>
          <dt>{t('wards.patients')}</dt>
          <dd>{patients}</dd>
        </div>
        <div>
          <dt>{t('wards.beds')}</dt>
          <dd>{occupiedBeds}</dd>
        </div>
        <div>
          <dt>{t('wards.people')}</dt>
          <dd>{people === 0 ? 0 : <Link to={`/admin/people?ward=${encodeURIComponent(id)}`} aria-label={t('wards.people.of', { name: text.of(ward.name, id), count: people })}>{people}</Link>}</dd>
        </div>
        <div>
          <dt>{t('wards.openTasks')}</dt>
          <dd>{openTasks}</dd>
        </div>
        <div>
          <dt>{t('wards.openCases')}</dt>
          <dd>{openCases}</dd>
        </div>
      </dl>
      {mayChange ? (
        <p className="row-actions">
          {isClosed ? (
            <Button onClick={() => onOpen({ kind: 'reopen', id })}>{t('wards.reopen')}</Button>
          ) : (
            <>
              <Button onClick={() => onOpen({ kind: 'rename', id })}>{t('wards.rename')}</Button>
              <Button onClick={() => onOpen({ kind: 'close', id })}>{t('wards.close')}</Button>
            </>
          )}
        </p>
      ) : null}
    </li>
  );
}

/** 病区: which there are, what goes on there, and what the system administrator does with them. Search and filter stand in the address. */
export function WardsPage(): ReactNode {
  const { t } = useText();
  const viewer = useViewer();
  const [params, setParams] = useSearchParams();
  const show: Show = shows.find((each) => each === params.get('show')) ?? 'open';
  // Its own state beside the address: a field that waits for the router loses the first letter of an input method.
  const [search, setSearch] = useState(params.get('q') ?? '');
  const [open, setOpen] = useState<Open | undefined>();
  const [result, again] = useQuery({ query: wardStandingsDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const standings = result.data?.wardStandings;
  const read = (): void => again({ requestPolicy: 'network-only' });
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(params);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  };
  const close = (done: boolean): void => {
    setOpen(undefined);
    if (done) read();
  };
  const mayChange = viewer.roles.includes('system-administrator');
  const found = (standings ?? []).filter((each) => (show === 'all' || (each.ward.closedAt !== null) === (show === 'closed')) && doesMatch(each, search));
  // The one that a dialog is about, as it is now: also when somebody else has changed it meanwhile.
  const chosen = open === undefined || open.kind === 'new' ? undefined : standings?.find(({ id }) => id === open.id);

  return (
    <Page
      page="wards"
      title="wards.title"
      wide
      ready={standings !== undefined || result.error !== undefined}
      aside={<Segments label={t('people.show')} value={show} onChange={(value) => set('show', value === 'open' ? '' : value)} options={shows.map((value) => ({ value, label: t(`wards.show.${value}`) }))} />}
    >
      <div className="people-bar">
        <Input className="people-search" allowClear aria-label={t('wards.search')} placeholder={t('wards.search')} maxLength={100} value={search} onChange={(event) => { setSearch(event.target.value); set('q', event.target.value); }} />
        {mayChange ? <Button type="primary" onClick={() => setOpen({ kind: 'new' })}>{t('wards.new')}</Button> : null}
      </div>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={read} />}
      {standings === undefined && result.error === undefined ? <Loading rows={5} /> : null}
      {standings === undefined ? null : found.length > 0 ? (
        <ul className="rows" aria-label={t('wards.title')}>
          {found.map((standing) => (
            <WardRow key={standing.id} standing={standing} mayChange={mayChange} onOpen={setOpen} />
          ))}
        </ul>
      ) : search !== '' ? (
        <Empty action={<Button onClick={() => { setSearch(''); setParams({ show: 'all' }, { replace: true }); }}>{t('rules.clearFilter')}</Button>}>{t('wards.noMatch')}</Empty>
      ) : (
        <Empty {...(mayChange && show !== 'closed' ? { action: <Button onClick={() => setOpen({ kind: 'new' })}>{t('wards.new')}</Button> } : {})}>{t(show === 'closed' ? 'wards.noneClosed' : mayChange ? 'wards.none' : 'wards.none.reader')}</Empty>
      )}
      {open?.kind === 'new' ? <NewWardDialog onClose={close} /> : null}
      {open?.kind === 'rename' && chosen !== undefined ? <RenameWardDialog standing={chosen} onChanged={read} onClose={close} /> : null}
      {open?.kind === 'close' && chosen !== undefined ? <CloseWardDialog standing={chosen} onChanged={read} onClose={close} /> : null}
      {open?.kind === 'reopen' && chosen !== undefined ? <ReopenWardDialog standing={chosen} onChanged={read} onClose={close} /> : null}
    </Page>
  );
}
