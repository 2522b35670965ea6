import type { Database } from '#database';

/** The emergency accesses that are open to a person now, by patient: their ids. `patientIds`: of whom to ask. */
export async function openAccessesOf({ pool }: Pick<Database, 'pool'>, userId: string, patientIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ patient_id: string; id: string }>('select patient_id, id from emergency_access where user_id = $1 and patient_id = any($2) and ended_at is null and expires_at > clock_timestamp()', [userId, [...patientIds]]);
  return new Map(rows.map(({ patient_id: patientId, id }) => [patientId, id]));
}
