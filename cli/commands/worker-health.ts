import { hostname } from 'node:os';
import type { Command } from 'commander';

const freshMs = 120_000;

/** `careloop worker-health`: for the health check of a worker's container. */
export function registerWorkerHealth(program: Command): void {
  program
    .command('worker-health')
    .description('exit 0 when a worker of this host has asked Temporal for work within two minutes')
    .action(async () => {
      const { Connection } = await import('@temporalio/client');
      const { readSettings, requireServers } = await import('../../gateway/settings.ts');
      const settings = requireServers(readSettings());
      const connection = await Connection.connect({ address: settings.temporalAddress, connectTimeout: 5_000 });
      try {
        const queue = await connection.workflowService.describeTaskQueue({ namespace: settings.temporalNamespace, taskQueue: { name: settings.temporalTaskQueue }, taskQueueType: 1 });
        const isOurs = (identity: string | null | undefined) => identity?.endsWith(`@${hostname()}`) === true;
        const isFresh = (seconds: unknown) => Date.now() - Number(seconds) * 1_000 < freshMs;
        const polling = queue.pollers?.some((poller) => isOurs(poller.identity) && isFresh(poller.lastAccessTime?.seconds)) === true;
        if (!polling) throw new Error(`Expected a worker of ${hostname()} to poll ${settings.temporalTaskQueue}, but none has within ${freshMs / 1_000} s. See its log.`);
        process.stdout.write('A worker polls.\n');
      } finally {
        await connection.close();
      }
    });
}
