import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clinicalActivities, closeHospitalConnections, hospitalActivities } from '#activities';
import { seedDemoHospital } from '../../gateway/demo-hospital/index.ts';
import { publishProcess } from '../../gateway/processes/index.ts';
import { startSimulators, type RunningSimulators } from '../../simulators/index.ts';
import { startTestDatabase, testTemporal } from './index.ts';
import { orderLoopFolder } from './rule-office.ts';
import { startShell, type RunningShell } from './running-shell.ts';

/** The order loop on Temporal and PostgreSQL, with the demo hospital and its simulated systems. */
export interface OrderLoopShell {
  readonly shell: RunningShell;
  readonly simulators: RunningSimulators;
  close(): Promise<void>;
}

export async function startOrderLoop(): Promise<OrderLoopShell> {
  const [server, temporal] = await Promise.all([startTestDatabase(), testTemporal()]);
  const dataFolder = mkdtempSync(join(tmpdir(), 'order-loop-'));
  const simulators = await startSimulators({ hisPort: 0, mqttPort: 0, simulatorControlPort: 0, dataFolder });
  const shell = await startShell({
    databaseUrl: server.url,
    temporalAddress: temporal.address,
    services: [...clinicalActivities, ...hospitalActivities],
    settings: { hisHost: '127.0.0.1', hisMllpPort: simulators.ports.his, mqttUrl: `mqtt://127.0.0.1:${simulators.ports.mqtt}` },
  });
  await seedDemoHospital(shell.database);
  await publishProcess(shell.database, orderLoopFolder);
  return {
    shell,
    simulators,
    async close() {
      await shell.close();
      await closeHospitalConnections();
      await simulators.close();
      await server.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
