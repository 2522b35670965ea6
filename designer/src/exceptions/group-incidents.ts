import type { Incident } from '../graphql/model.ts';

/** Incidents with one cause: the same trouble at the same step of the same process. */
export interface CauseGroup {
  readonly key: string;
  readonly kind: Incident['kind'];
  readonly code: string;
  readonly sample: Incident;
  readonly incidents: readonly Incident[];
  readonly since: string;
}

/** Groups by cause, the most frequent first, unknown outcomes before failures of the same size. */
export function groupByCause(incidents: readonly Incident[]): readonly CauseGroup[] {
  const groups = new Map<string, Incident[]>();
  for (const incident of incidents) {
    const key = [incident.processInstance?.processKey ?? '', incident.elementId, incident.kind, incident.code].join('|');
    groups.set(key, [...(groups.get(key) ?? []), incident]);
  }
  return [...groups]
    .flatMap(([key, list]): readonly CauseGroup[] => {
      const sorted = [...list].sort((a, b) => a.raisedAt.localeCompare(b.raisedAt));
      const [first] = sorted;
      return first === undefined ? [] : [{ key, kind: first.kind, code: first.code, sample: first, incidents: sorted, since: first.raisedAt }];
    })
    .sort((a, b) => b.incidents.length - a.incidents.length || Number(b.kind === 'outcomeUnknown') - Number(a.kind === 'outcomeUnknown') || a.since.localeCompare(b.since));
}
