import { useEffect, useState } from 'react';
import { useClient, type OperationResult } from 'urql';
import { nodesOf, type Connection, type Task } from '../graphql/model.ts';
import { problemOf, type Problem } from '../graphql/problem.ts';
import { useLive } from '../graphql/live.tsx';
import { tasksChangedSubscription, tasksDocument, type TasksChange, type TasksVariables } from './documents.ts';
import { dropGone, openInbox, refreshInbox, takeArrived, type Inbox } from './inbox.ts';

const pageSize = 50;
const quietMs = 250;
const live = { query: tasksChangedSubscription, field: 'tasksChanged', variables: {} };

export interface InboxState {
  readonly inbox: Inbox<Task> | undefined;
  readonly problem: Problem | undefined;
  readonly updatedAtMs: number | undefined;
  readonly hasMore: boolean;
  readonly takeNew: () => void;
  readonly showMore: () => void;
  readonly refresh: () => void;
}

interface Loaded {
  readonly inbox: Inbox<Task>;
  readonly fresh: readonly Task[];
  readonly hasMore: boolean;
  readonly updatedAtMs: number;
}

/** The open tasks of the viewer, live. One inbox per filter: give the component a key of the filter. */
export function useInbox(mine: boolean): InboxState {
  const client = useClient();
  const [loaded, setLoaded] = useState<Loaded | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [wanted, setWanted] = useState({ rows: pageSize, times: 0, all: false });

  useEffect(() => {
    let stale = false;
    async function load(): Promise<void> {
      const fresh: Task[] = [];
      let after: string | null = null;
      let hasMore = true;
      while (fresh.length < wanted.rows && hasMore) {
        const result: OperationResult<{ tasks: Connection<Task> }, TasksVariables> = await client.query(tasksDocument, { first: pageSize, after, mine: mine ? true : null, patientId: null }, { requestPolicy: 'network-only' }).toPromise();
        if (stale) return;
        if (result.data === undefined) {
          if (result.error !== undefined) setProblem(problemOf(result.error));
          return;
        }
        fresh.push(...nodesOf(result.data.tasks));
        hasMore = result.data.tasks.pageInfo.hasNextPage;
        after = result.data.tasks.pageInfo.endCursor;
      }
      setProblem(undefined);
      const now = Date.now();
      setLoaded((before) => ({ inbox: before === undefined || wanted.all ? openInbox(fresh) : refreshInbox(dropGone(before.inbox, now), fresh, now), fresh, hasMore, updatedAtMs: now }));
    }
    const timer = setTimeout(() => void load(), wanted.times === 0 ? 0 : quietMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [client, mine, wanted]);

  useEffect(() => {
    const timer = setInterval(() => setLoaded((before) => {
      if (before === undefined) return before;
      const inbox = dropGone(before.inbox, Date.now());
      return inbox === before.inbox ? before : { ...before, inbox };
    }), 1_000);
    return () => clearInterval(timer);
  }, []);

  const refresh = (): void => setWanted((before) => ({ rows: before.rows, times: before.times + 1, all: false }));
  useLive<TasksChange>(live, refresh);

  return {
    inbox: loaded?.inbox,
    problem,
    updatedAtMs: loaded?.updatedAtMs,
    hasMore: loaded?.hasMore ?? false,
    takeNew: () => setLoaded((before) => (before === undefined ? before : { ...before, inbox: takeArrived(before.inbox, before.fresh) })),
    showMore: () => setWanted((before) => ({ rows: before.rows + pageSize, times: before.times + 1, all: true })),
    refresh,
  };
}
