import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useNow } from '../app/clock.ts';
import { Page } from '../app/page.tsx';
import { Segments } from '../app/segments.tsx';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { formatClock } from '../i18n/format-date.ts';
import { useText } from '../i18n/use-text.ts';
import { TaskGrid } from './task-grid.tsx';
import { isDueSoon } from './time-left.ts';
import { useInbox } from './use-inbox.ts';

type Filter = 'group' | 'mine' | 'due';

/** The inbox. The filter stands in the address, so that a link shows the same. */
export function TasksPage(): ReactNode {
  const [params, setParams] = useSearchParams();
  const asked = params.get('view');
  const filter: Filter = asked === 'mine' || asked === 'due' ? asked : 'group';
  const choose = (view: Filter): void => setParams(view === 'group' ? {} : { view }, { replace: true });
  return <Inbox key={filter === 'mine' ? 'mine' : 'group'} filter={filter} choose={choose} />;
}

function Inbox({ filter, choose }: { readonly filter: Filter; readonly choose: (filter: Filter) => void }): ReactNode {
  const { t } = useText();
  const now = useNow();
  const { inbox, problem, updatedAtMs, hasMore, takeNew, showMore, refresh } = useInbox(filter === 'mine');
  const rows = inbox?.rows.filter((row) => filter !== 'due' || isDueSoon(row.item, now)) ?? [];
  const arrived = inbox?.arrived.filter((item) => filter !== 'due' || isDueSoon(item, now)) ?? [];
  const dueSoon = inbox?.rows.filter((row) => row.goneAtMs === undefined && isDueSoon(row.item, now)).length ?? 0;
  const time = formatClock(new Date(updatedAtMs ?? now).toISOString());
  return (
    <Page
      page="tasks"
      title="tasks.title"
      ready={inbox !== undefined || problem !== undefined}
      aside={
        <Segments
          label={t('tasks.filter')}
          value={filter}
          onChange={choose}
          options={[
            { value: 'group', label: t('tasks.filter.group') },
            { value: 'mine', label: t('tasks.filter.mine') },
            { value: 'due', label: dueSoon > 0 && filter !== 'mine' ? `${t('tasks.filter.due')} ${dueSoon}` : t('tasks.filter.due') },
          ]}
        />
      }
    >
      {problem === undefined ? null : <ProblemNotice problem={problem} onRetry={refresh} />}
      <div className="pill-place" role="status" aria-label={t('tasks.newMark')}>
        {arrived.length === 0 ? null : (
          <Button type="primary" shape="round" onClick={takeNew}>
            {t('tasks.new', { count: arrived.length })}
          </Button>
        )}
      </div>
      {inbox === undefined ? (
        problem === undefined ? <Loading rows={8} /> : null
      ) : rows.length > 0 ? (
        <TaskGrid rows={rows} nowMs={now} onChanged={refresh} />
      ) : arrived.length > 0 ? null : filter === 'group' ? (
        <Empty>{t('tasks.empty', { time })}</Empty>
      ) : (
        <Empty action={<Button onClick={() => choose('group')}>{t('tasks.clearFilter')}</Button>}>{t('tasks.emptyFilter')}</Empty>
      )}
      {hasMore ? (
        <p className="row-actions centre">
          <Button onClick={showMore}>{t('common.more')}</Button>
        </p>
      ) : null}
      {updatedAtMs === undefined || rows.length === 0 ? null : <p className="muted small list-foot">{t('tasks.updated', { time })} · {t('tasks.keys')}</p>}
    </Page>
  );
}
