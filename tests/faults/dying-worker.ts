/**
 * A worker that ends itself, and Temporal with it, as if the power had gone: right after its recording
 * activity has committed, before the workflow task can be answered. Run by `recovery.test.ts`.
 * Arguments: database URL, Temporal address, task queue, process id of Temporal (0: it lives on), batches to let pass,
 * of which process (all when absent).
 */
import { createKeyStore } from '#activities';
import { createActivities } from '#activities';
import { createDatabase } from '#database';
import { Worker } from '@temporalio/worker';
import { bundleProcessWorkflow } from '#workflows';
import { deriveClaimsSecret } from '../../gateway/create-worker.ts';
import { connectTemporal } from '../../gateway/temporal.ts';
import { lookUp } from '../support/approval-process.ts';

const [databaseUrl = '', address = '', taskQueue = '', temporalPid = '', letPass = '0', processKey = ''] = process.argv.slice(2);
const masterKey = Buffer.alloc(32, 1);
const database = createDatabase(databaseUrl);
const keys = createKeyStore(database, masterKey);
const temporal = await connectTemporal({ address, namespace: 'default', database, keys });
const activities = createActivities({ database, keys, claimsSecret: deriveClaimsSecret(masterKey), services: [lookUp], settings: { hisHost: '', hisMllpPort: 1, mqttUrl: 'mqtt://127.0.0.1:1' } });
let passed = 0;

const worker = await Worker.create({
  connection: temporal.connection,
  namespace: 'default',
  taskQueue,
  dataConverter: temporal.dataConverter,
  workflowBundle: await bundleProcessWorkflow(),
  activities: {
    ...activities,
    recordInstance: async (input: Parameters<typeof activities.recordInstance>[0]) => {
      await activities.recordInstance(input);
      if (processKey !== '' && input.batch.processKey !== processKey) return;
      passed += 1;
      if (passed <= Number(letPass)) return;
      if (temporalPid !== '0') process.kill(Number(temporalPid), 'SIGKILL');
      process.kill(process.pid, 'SIGKILL');
    },
  },
});
process.stdout.write('polling\n');
await worker.run();
