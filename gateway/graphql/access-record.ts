import { createHash, randomUUID } from 'node:crypto';
import type { Variables } from '#engine';
import type { Access } from '../identity/access.ts';
import { actorOf, type Viewer } from '../identity/viewer.ts';
import type { DoorFact } from './door-fact.ts';

/** A repeat by the same viewer within this time is the same read: pages refresh themselves. */
const windowMs = 15 * 60_000;

/** What an operation read or was refused; `flush` puts it on record before the answer leaves. */
export interface AccessRecord {
  /** Data of this patient were read. */
  add(patientId: string): void;
  /** The record itself was searched. */
  search(filter: Variables): void;
  /** The viewer's roles did not allow `operation`, as `Type.field`. */
  refuse(operation: string): void;
  /** `access`: the viewer's rights as they were when it was read; the entry says by which relation. */
  flush(access: Pick<Access, 'relationTo'>): Promise<void>;
}

/** The emergency accesses that are open to a person now: their ids, by patient. */
export type OpenAccesses = (userId: string, patientIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Remembers over requests what is on record already, so that a refreshing list costs nothing. */
export function createAccessRecorder(recordFact: (fact: DoorFact) => Promise<void>, openAccessesOf: OpenAccesses): (viewer: Viewer) => AccessRecord {
  const recorded = new Map<string, number>();

  return (viewer) => {
    const touched = new Set<string>();
    const refused = new Set<string>();
    const searches: Variables[] = [];
    const actor = actorOf(viewer);
    return {
      add: (patientId) => void touched.add(patientId),
      search: (filter) => void searches.push(filter),
      refuse: (operation) => void refused.add(operation),
      async flush(access) {
        const now = Date.now();
        const bucket = Math.floor(now / windowMs);
        const session = `${viewer.id}/${viewer.sessionId ?? 'token'}`;
        const related = [...touched].map((patientId) => ({ patientId, relation: access.relationTo(patientId) }));
        const inEmergency = related.flatMap(({ patientId, relation }) => (relation === 'emergency-access' ? [patientId] : []));
        const emergencies = inEmergency.length === 0 ? undefined : await openAccessesOf(viewer.id, inEmergency);
        const facts: DoorFact[] = [
          ...related.map(({ patientId, relation }): DoorFact => {
            // Each emergency access has its own reads.
            const emergencyAccessId = emergencies?.get(patientId);
            const detail = relation === undefined ? {} : { detail: { relation, ...(emergencyAccessId === undefined ? {} : { emergencyAccessId }) } };
            return { factId: ['patient.read', session, patientId, ...(emergencyAccessId === undefined ? [] : [emergencyAccessId]), bucket].join('/'), action: 'patient.read', actor, patientId, ...detail };
          }),
          ...searches.map((detail): DoorFact => ({ factId: `audit.searched/${session}/${createHash('sha256').update(JSON.stringify(detail)).digest('hex').slice(0, 24)}/${bucket}`, action: 'audit.searched', actor, detail })),
          ...[...refused].map((operation): DoorFact => ({ factId: `access.refused/${randomUUID()}`, action: 'access.refused', actor, reason: `FORBIDDEN ${operation}` })),
        ].filter(({ factId }) => !recorded.has(factId));
        touched.clear();
        refused.clear();
        searches.length = 0;
        await Promise.all(facts.map(recordFact));
        for (const { factId } of facts) recorded.set(factId, now);
        if (recorded.size > 50_000) for (const [factId, at] of recorded) if (now - at > windowMs) recorded.delete(factId);
      },
    };
  };
}
