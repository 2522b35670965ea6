import { randomUUID } from 'node:crypto';
import { recordFact, type KeyStore } from '#activities';
import type { Database } from '#database';
import type { Actor, Json } from '#engine';

/** Something that a door did not let happen. */
export interface Refusal {
  /** `access.refused`, `task.refused`, `order.refused`, `signIn.refused`, … */
  readonly action: string;
  readonly actor: Actor;
  /** Code of the refusal, for example WRONG_PATIENT. */
  readonly code: string;
  /** The command or message refused: the same one is on record once. Absent: every call is its own fact. */
  readonly commandId?: string;
  readonly instanceId?: string;
  readonly processKey?: string;
  readonly elementId?: string;
  readonly taskId?: string;
  readonly patientId?: string;
  /** What was expected and what came, encrypted in the record. */
  readonly detail?: Json;
}

/** Puts a refusal on record; to be awaited before the refusal is answered. */
export async function recordRefusal(database: Pick<Database, 'pool'>, keys: KeyStore, { code, commandId, ...refusal }: Refusal): Promise<void> {
  await recordFact(database, keys, { ...refusal, factId: `${refusal.action}/${commandId ?? randomUUID()}`, at: new Date().toISOString(), reason: code });
}

/** That somebody saw a patient's data. */
export interface PatientRead {
  readonly actor: Actor;
  readonly patientId: string;
  /** What was read, for example `Query.patient` or `auditTrail`. */
  readonly purpose: string;
}

/** The reads of the running minute, by database: a page that asks for a patient twenty times makes one entry. */
const recentReads = new WeakMap<object, { readonly minute: number; readonly factIds: Set<string> }>();

/** Puts a read on record, once a minute for the same person, patient and purpose, also over several gateways. */
export async function recordPatientRead(database: Pick<Database, 'pool'>, keys: KeyStore, { actor, patientId, purpose }: PatientRead): Promise<void> {
  const now = new Date();
  const minute = Math.floor(now.getTime() / 60_000);
  const known = recentReads.get(database.pool);
  const recent = known?.minute === minute ? known : { minute, factIds: new Set<string>() };
  recentReads.set(database.pool, recent);
  const factId = `patient.read/${minute}/${actor.id}/${patientId}/${purpose}`;
  if (recent.factIds.has(factId)) return;
  await recordFact(database, keys, { factId, action: 'patient.read', at: now.toISOString(), actor, patientId, reason: purpose });
  recent.factIds.add(factId);
}

/** That somebody signed in, out, or took over a shared device. `action`: `signIn.succeeded`, `signOut.succeeded`, … */
export async function recordSignIn(database: Pick<Database, 'pool'>, keys: KeyStore, { action, actor, sessionId, detail }: { readonly action: string; readonly actor: Actor; readonly sessionId: string; readonly detail?: Json }): Promise<void> {
  await recordFact(database, keys, { factId: `${action}/${sessionId}`, action, at: new Date().toISOString(), actor, ...(detail === undefined ? {} : { detail }) });
}
