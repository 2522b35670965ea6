import { randomUUID } from 'node:crypto';
import { recordFact, type KeyStore } from '#activities';
import type { Database } from '#database';
import type { Actor, Json } from '#engine';

/** Something that a door did not let happen. */
export interface Refusal {
  /** `access.refused`, `command.refused`, `task.refused`, `order.refused`, … */
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
  /** Absent: the patient of the instance, so that who searches the patient finds the refusal. */
  readonly patientId?: string;
  /** What was expected and what came, encrypted in the record. */
  readonly detail?: Json;
}

/** Puts a refusal on record; to be awaited before the refusal is answered. */
export async function recordRefusal(database: Pick<Database, 'pool'>, keys: KeyStore, { code, commandId, ...refusal }: Refusal): Promise<void> {
  const { rows } = await database.pool.query<{ patient_id: string | null; process_key: string }>(
    'select patient_id, process_key from process_instance where id = $1',
    // What a caller gives as an id need not be one.
    [/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(refusal.instanceId ?? '') ? refusal.instanceId : null],
  );
  const [instance] = rows;
  const { instanceId: _asked, ...rest } = refusal;
  await recordFact(database, keys, {
    ...(instance ? { processKey: instance.process_key } : {}),
    ...(instance?.patient_id ? { patientId: instance.patient_id } : {}),
    ...(instance && refusal.instanceId !== undefined ? { instanceId: refusal.instanceId } : {}),
    ...rest,
    factId: `${refusal.action}/${commandId ?? randomUUID()}`,
    at: new Date().toISOString(),
    reason: code,
  });
}
