import { randomUUID } from 'node:crypto';
import { actorOf, type Viewer } from '../identity/viewer.ts';
import type { DoorFact } from './context.ts';

/** A repeat by the same viewer within this time is the same read: pages refresh themselves. */
const windowMs = 15 * 60_000;

/** What an operation touched or was refused; `flush` puts it on record before the answer leaves. */
export interface PatientReads {
  /** Data of this patient were read. */
  add(patientId: string): void;
  /** The viewer's roles did not allow `operation`, as `Type.field`. */
  refuse(operation: string): void;
  flush(): Promise<void>;
}

/** Remembers over requests what is on record already, so that a refreshing list costs nothing. */
export function createPatientReadRecorder(recordFact: (fact: DoorFact) => Promise<void>): (viewer: Viewer) => PatientReads {
  const recorded = new Map<string, number>();

  return (viewer) => {
    const touched = new Set<string>();
    const refused = new Set<string>();
    const actor = actorOf(viewer);
    return {
      add: (patientId) => void touched.add(patientId),
      refuse: (operation) => void refused.add(operation),
      async flush() {
        const now = Date.now();
        const reads = [...touched].map((patientId) => ({ patientId, factId: readFactId(viewer, patientId, now) })).filter(({ factId }) => !recorded.has(factId));
        const refusals = [...refused].map((operation): DoorFact => ({ factId: `access.refused/${randomUUID()}`, action: 'access.refused', actor, reason: `FORBIDDEN ${operation}` }));
        touched.clear();
        refused.clear();
        await Promise.all([...reads.map(({ patientId, factId }): DoorFact => ({ factId, action: 'patient.read', actor, patientId })), ...refusals].map(recordFact));
        for (const { factId } of reads) recorded.set(factId, now);
        if (recorded.size > 50_000) for (const [factId, at] of recorded) if (now - at > windowMs) recorded.delete(factId);
      },
    };
  };
}

function readFactId({ id, sessionId = 'token' }: Viewer, patientId: string, now: number): string {
  return `patient.read/${id}/${sessionId}/${patientId}/${Math.floor(now / windowMs)}`;
}
