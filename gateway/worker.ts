import pino from 'pino';
import { closeHospitalConnections, createKeyStore } from '#activities';
import { createDatabase } from '#database';
import { createWorker, deriveClaimsSecret } from './create-worker.ts';
import { readSecrets, type RunningSettings } from './settings.ts';
import { logShadowFailure } from './shadow-failures.ts';
import { connectTemporal } from './temporal.ts';

/** Runs a worker process until `signal` aborts; resolves when its tasks have ended. */
export async function runWorker(settings: RunningSettings, signal: AbortSignal): Promise<void> {
  const logger = pino({ level: settings.logLevel, base: { part: 'worker' } });
  const masterKey = Buffer.from(readSecrets(settings).masterKey, 'base64');
  const database = createDatabase(settings.databaseUrl, settings.databasePoolSize);
  const keys = createKeyStore(database, masterKey);
  const temporal = await connectTemporal({ address: settings.temporalAddress, namespace: settings.temporalNamespace, database, keys });
  try {
    const worker = await createWorker({
      temporal,
      taskQueue: settings.temporalTaskQueue,
      database,
      keys,
      claimsSecret: deriveClaimsSecret(masterKey),
      onShadowFailure: logShadowFailure(logger),
      settings: { hisHost: settings.hisHost, hisMllpPort: settings.hisPort, mqttUrl: `mqtt://${settings.mqttHost}:${settings.mqttPort}` },
    });
    signal.addEventListener('abort', () => worker.shutdown(), { once: true });
    if (signal.aborted) worker.shutdown();
    logger.info('worker is polling');
    await worker.run();
  } finally {
    await closeHospitalConnections();
    await temporal.close();
    await database.close();
  }
}
