import { fileURLToPath } from 'node:url';
import { createDatabase } from '#database';
import type { CommandService } from '../../gateway/commands/index.ts';
import { seedDemoHospital } from '../../gateway/demo-hospital/index.ts';
import { publishProcess, publishRuleLibrary } from '../../gateway/processes/index.ts';
import { startTestDatabase } from './index.ts';
import { orderLoopFolder } from './rule-office.ts';
import { startGateway, type As, type RunningGateway } from './running-gateway.ts';

/** A gateway with all rule sets and the demo hospital; `desk` is the clinical system that asks. */
export interface DemoGateway {
  readonly gateway: RunningGateway;
  readonly desk: As;
  close(): Promise<void>;
}

export async function startDemoGateway(): Promise<DemoGateway> {
  const server = await startTestDatabase();
  const database = createDatabase(server.url, 4);
  await publishProcess(database, orderLoopFolder);
  await publishRuleLibrary(database, fileURLToPath(new URL('../../rules/library', import.meta.url)));
  await seedDemoHospital(database);
  await database.close();
  const gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService });
  return {
    gateway,
    desk: await gateway.tokenOf('emr-desk'),
    async close() {
      await gateway.close();
      await server.stop();
    },
  };
}
