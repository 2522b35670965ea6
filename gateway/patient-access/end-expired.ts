import type { Logger } from 'pino';
import { factStatement, type KeyStore } from '#activities';
import type { Database } from '#database';
import { engineActor } from '#engine';
import { startPolling } from '../commands/index.ts';

const pollMs = 1_000;
const batchSize = 50;

export interface AccessEndsOptions {
  readonly database: Pick<Database, 'prisma' | 'pool'>;
  readonly keys: KeyStore;
  readonly logger: Pick<Logger, 'warn'>;
}

interface Expired {
  readonly id: string;
  readonly patient_id: string;
  readonly user_id: string;
  readonly until: Date;
}

/** What ends by the clock: emergency accesses and memberships of care teams. */
const kinds = [
  { table: 'emergency_access', until: 'expires_at', action: 'emergencyAccess.expired', detail: 'emergencyAccessId' },
  { table: 'care_team_member', until: 'valid_until', action: 'careTeam.memberExpired', detail: 'membershipId' },
] as const;

/**
 * Notes the end of what has expired, by the database's clock, and puts it on record; the database wakes the person's streams. That
 * nothing more is seen does not wait for it: rights are judged by the time itself. Any number of gateways may do this at once.
 */
export function startAccessEnds({ database, keys, logger }: AccessEndsOptions): { stop(): Promise<void> } {
  return startPolling({
    pauseMs: pollMs,
    work: async () => {
      let isMore = false;
      for (const kind of kinds) isMore = (await endExpired(kind, { database, keys })) || isMore;
      return isMore;
    },
    failed: (error) => logger.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'what has expired could not be ended; trying again'),
  });
}

async function endExpired({ table, until, action, detail }: (typeof kinds)[number], { database, keys }: Omit<AccessEndsOptions, 'logger'>): Promise<boolean> {
  const { rows } = await database.pool.query<Expired>(`select id, patient_id, user_id, ${until} as until from ${table} where ended_at is null and ${until} <= clock_timestamp() order by ${until} limit ${batchSize}`);
  for (const { id, patient_id: patientId, user_id: userId, until: endedAt } of rows) {
    const dataKey = await keys.keyFor(patientId);
    await database.prisma.$transaction(async (transaction) => {
      // Another gateway, or the person, may have been first.
      if ((await transaction.$executeRawUnsafe(`update ${table} set ended_at = ${until} where id = $1::uuid and ended_at is null`, id)) === 0) return;
      const { text, values } = factStatement({ factId: `${action}/${id}`, action, at: endedAt.toISOString(), actor: engineActor, patientId, detail: { [detail]: id, userId } }, dataKey);
      await transaction.$executeRawUnsafe(text, ...values);
    });
  }
  return rows.length === batchSize;
}
