import { recordFact, type KeyStore } from '#activities';
import type { Database } from '#database';
import type { Refusal } from './commands/index.ts';

/** The refusal of a command, on record before its answer. */
export async function recordCommandRefusal(database: Pick<Database, 'pool'>, keys: KeyStore, { commandId, kind, actor, failure, instanceId, taskId }: Refusal): Promise<void> {
  const { code, place, checkCode, elementId } = failure;
  const action = kind.includes('Task') ? 'task.refused' : 'command.refused';
  await recordFact(database, keys, {
    factId: `${action}/${commandId}`,
    action,
    at: new Date().toISOString(),
    actor,
    reason: checkCode ?? (code === 'COMPLETION_CHECK_FAILED' ? (place ?? code) : code),
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(taskId === undefined ? {} : { taskId }),
    ...(elementId === undefined ? {} : { elementId }),
    detail: { kind, code, ...(place === undefined ? {} : { place }) },
  });
}
