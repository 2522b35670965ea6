import type { Logger } from 'pino';
import { recordFact, type KeyStore } from '#activities';
import { startPolling, type CommandService } from '../commands/index.ts';
import type { Database } from '#database';
import { engineActor } from '#engine';
import { eligibleFor } from '../identity/task-rights.ts';
import { endingLicences, endsSoon } from './ending-licences.ts';

const pollMs = 2_000;
const warnEveryMs = 60_000;

export interface PassTasksOptions {
  readonly database: Pick<Database, 'prisma' | 'pool'>;
  readonly commands: Pick<CommandService, 'delegateTask' | 'releaseTask'>;
  readonly keys: KeyStore;
  readonly logger: Logger;
}

/**
 * When an absence begins, hands the person's open tasks to the substitute who may do them, and gives the others back to
 * everybody. That it is due is a row, so that it outlives every process; each task's command has the absence in its key, so
 * that any number of gateways may do this at once. Also puts on record, a month before, that a licence runs out.
 */
export function startPassingTasks(options: PassTasksOptions): { stop(): Promise<void> } {
  const { logger } = options;
  let warnedAt = 0;
  return startPolling({
    pauseMs: pollMs,
    work: async () => {
      if (Date.now() - warnedAt >= warnEveryMs) {
        await recordExpiring(options);
        warnedAt = Date.now();
      }
      await passDueTasks(options);
      return false;
    },
    failed: (error) => logger.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'tasks of absent people could not be passed on; trying again'),
  });
}

/** Does once what `startPassingTasks` does again and again. Whatever fails is tried at the next call. */
export async function passDueTasks({ database, commands }: Omit<PassTasksOptions, 'logger' | 'keys'>, at = new Date()): Promise<void> {
  const due = await database.prisma.absence.findMany({ where: { startsAt: { lte: at }, endsAt: { gt: at }, endedAt: null, tasksPassedAt: null }, orderBy: { startsAt: 'asc' }, take: 20 });
  for (const { id, userId, substituteId } of due) {
    const tasks = await database.prisma.userTask.findMany({ where: { assignee: userId, status: 'open' }, select: { taskId: true, instanceId: true, candidateRoles: true, unit: true } });
    let isAllDone = true;
    for (const { taskId, instanceId, candidateRoles, unit } of tasks) {
      // It is the absent person's task, and their or their head's wish: the absence says whose.
      const command = { actor: { id: userId, kind: 'person' as const, roles: [] }, instanceId, taskId, idempotencyKey: `absence/${id}/${instanceId}/${taskId}`, reason: 'ABSENCE_BEGUN' };
      const isEligible = (await eligibleFor(database, { candidateRoles, unit })).includes(substituteId);
      const { status } = await (isEligible ? commands.delegateTask({ ...command, delegateId: substituteId }) : commands.releaseTask({ ...command, idempotencyKey: `${command.idempotencyKey}/release` }));
      isAllDone &&= status !== 'pending';
    }
    if (isAllDone) await database.prisma.absence.updateMany({ where: { id, tasksPassedAt: null }, data: { tasksPassedAt: at } });
  }
}

/** Puts on record, once each, that a licence runs out within a month. */
async function recordExpiring({ database, keys }: PassTasksOptions): Promise<void> {
  const now = new Date();
  for (const { qualificationId: id, userId, code, validUntil } of (await endingLicences(database)).filter(endsSoon)) {
    await recordFact(database, keys, { factId: `qualification.expiring/${id}`, action: 'qualification.expiring', at: now.toISOString(), actor: engineActor, detail: { personId: userId, code, validUntil: validUntil.toISOString() } });
  }
}
