import { useEffect, useState } from 'react';
import { useClient, type Client } from 'urql';
import { nodesOf, type AuditEntry } from '../graphql/model.ts';
import { problemOf, type Problem } from '../graphql/problem.ts';
import { auditDocument } from './documents.ts';
import { actionsOf, belongsTo, mergeNewestFirst, type AuditFilter } from './filter-entries.ts';

const pageSize = 80;
/** A view that the server cannot filter reads on until it has this much to show, or has looked at this many pages. */
const enough = 30;
const mostPages = 8;

export interface AuditQuestion {
  readonly patientId: string | null;
  readonly instanceId: string | null;
  /** Its key. */
  readonly ruleSet: string | null;
  readonly filter: AuditFilter;
}

interface Loaded {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** Where each question goes on; null at its end. */
  readonly cursors: ReadonlyMap<string | undefined, string | null>;
  readonly total: number;
}

const nothing: Loaded = { entries: [], cursors: new Map(), total: 0 };

async function loadOn(client: Client, { patientId, instanceId, ruleSet, filter }: AuditQuestion, before: Loaded): Promise<Loaded | Problem> {
  let { entries } = before;
  const cursors = new Map(before.cursors);
  let total = 0;
  for (const action of actionsOf(filter)) {
    for (let pages = 0; pages < mostPages && cursors.get(action) !== null; pages += 1) {
      const result = await client.query(auditDocument, { first: pageSize, after: cursors.get(action) ?? null, patientId, instanceId, ruleSet, action: action ?? null }, { requestPolicy: 'network-only' }).toPromise();
      if (result.data === undefined) return result.error === undefined ? { kind: 'unexpected', code: 'NO_DATA' } : problemOf(result.error);
      const { auditTrail } = result.data;
      entries = mergeNewestFirst(entries, nodesOf(auditTrail).filter((entry) => belongsTo(entry, filter)));
      cursors.set(action, auditTrail.pageInfo.hasNextPage ? auditTrail.pageInfo.endCursor : null);
      if (pages === 0) total += auditTrail.totalCount ?? 0;
      if (filter !== 'people' || entries.length - before.entries.length >= enough) break;
    }
  }
  return { entries, cursors, total: Math.max(total, before.total) };
}

export interface AuditTrailState {
  readonly entries: readonly AuditEntry[] | undefined;
  readonly problem: Problem | undefined;
  readonly total: number;
  readonly hasMore: boolean;
  readonly more: () => void;
}

/** The record of a patient, case or rule set in one view, page by page. Give the component a key of the question. */
export function useAuditTrail({ patientId, instanceId, ruleSet, filter }: AuditQuestion): AuditTrailState {
  const client = useClient();
  const [loaded, setLoaded] = useState<Loaded | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [from, setFrom] = useState<Loaded>(nothing);
  useEffect(() => {
    let stale = false;
    void loadOn(client, { patientId, instanceId, ruleSet, filter }, from).then((result) => {
      if (stale) return;
      if ('entries' in result) {
        setProblem(undefined);
        setLoaded(result);
      } else setProblem(result);
    });
    return () => {
      stale = true;
    };
  }, [client, patientId, instanceId, ruleSet, filter, from]);
  return {
    entries: loaded?.entries,
    problem,
    total: loaded?.total ?? 0,
    hasMore: loaded !== undefined && [...loaded.cursors.values()].some((cursor) => cursor !== null),
    more: () => setFrom(loaded ?? nothing),
  };
}
