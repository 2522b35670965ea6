import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { createSigner } from '#audit';
import { createDecider, createKeyStore } from '#activities';
import { createDatabase } from '#database';
import { createSealer } from './audit/index.ts';
import { createCommandService, createDelivery, createInbox, createStateReader, startDispatcher, startProcessTimers, type Refusal } from './commands/index.ts';
import { createGateway } from './create-gateway.ts';
import { startAccessEnds } from './patient-access/index.ts';
import { startPassingTasks } from './people/index.ts';
import { startRuleChanges } from './rule-sets/index.ts';
import { deriveClaimsSecret } from './create-worker.ts';
import { startMllpDoor } from './hl7/index.ts';
import { recordCommandRefusal } from './record-command-refusal.ts';
import { createOutbound, readAllowedTarget } from './outbound/index.ts';
import { createDemoIdentities, createDemoSignInLinks, openBreachedPasswords, readSignOnFile } from './identity/index.ts';
import { readSecrets, type RunningSettings } from './settings.ts';
import { logShadowFailure } from './shadow-failures.ts';
import { connectTemporal, type Temporal } from './temporal.ts';

const webFolder = join(fileURLToPath(new URL('..', import.meta.url)), 'designer/dist');

/** Keys whose values never reach a log, wherever they stand. */
const redacted = ['password', 'token', 'secret', 'authorization', 'cookie', 'clientSecret', 'variables', 'data', 'payload', 'name'].flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** Runs a gateway process until `signal` aborts: GraphQL, sign-in, web app, HL7 door, inbox dispatcher and sealer. */
export async function runGateway(settings: RunningSettings, signal: AbortSignal): Promise<void> {
  const logger = pino({ level: settings.logLevel, base: { part: 'gateway' }, redact: { paths: redacted, censor: '[redacted]' } });
  const secrets = readSecrets(settings);
  const masterKey = Buffer.from(secrets.masterKey, 'base64');
  const outbound = createOutbound({ allow: settings.outboundAllow.map(readAllowedTarget) });
  const signOnProviders = settings.signOnFile === undefined ? [] : readSignOnFile(settings.signOnFile);
  const database = createDatabase(settings.databaseUrl, settings.databasePoolSize);
  const closers: (() => Promise<unknown>)[] = [() => database.close()];
  try {
    const keys = createKeyStore(database, masterKey);
    const temporal = await connectTemporal({ address: settings.temporalAddress, namespace: settings.temporalNamespace, database, keys });
    closers.push(() => temporal.close());

    const inbox = createInbox(database);
    const deliver = createDelivery({ database, client: temporal.client, taskQueue: settings.temporalTaskQueue, claimsSecret: deriveClaimsSecret(masterKey), keys });
    const recordRefusal = (refusal: Refusal) => recordCommandRefusal(database, keys, refusal);
    const commands = createCommandService({ database, inbox, deliver, recordRefusal, readState: createStateReader({ database, client: temporal.client }) });
    const dispatcher = startDispatcher({ database, inbox, deliver, recordRefusal, logger });
    closers.push(() => dispatcher.stop());
    const processTimers = startProcessTimers({ database, inbox, deliver, logger });
    closers.push(() => processTimers.stop());
    const ruleChanges = startRuleChanges({ database, keys, logger });
    closers.push(() => ruleChanges.stop());
    const accessEnds = startAccessEnds({ database, keys, logger });
    closers.push(() => accessEnds.stop());
    const passingTasks = startPassingTasks({ database, commands, keys, logger });
    closers.push(() => passingTasks.stop());
    const sealer = createSealer({ database, signer: createSigner(secrets.signingKey), onError: (error) => logger.error({ error: error.name }, 'the record could not be sealed') });
    sealer.start();
    closers.push(() => sealer.stop());

    const breachedPasswords = settings.breachedPasswordsFile === undefined ? undefined : await openBreachedPasswords(settings.breachedPasswordsFile);
    closers.push(async () => breachedPasswords?.close());

    let isDoorUp = false;
    const gateway = createGateway({
      database,
      commands,
      keys,
      decider: createDecider(database, { onShadowFailure: logShadowFailure(logger) }),
      masterKey,
      sessionSecret: secrets.sessionSecret,
      baseUrl: settings.baseUrl,
      webFolder,
      isProduction: settings.isProduction,
      trustedDocuments: settings.trustedDocuments,
      isDemo: settings.isDemo,
      emergencyAccessMinutes: settings.emergencyAccessMinutes,
      idleLimits: { idleMs: settings.idleMinutes * 60_000, sharedIdleMs: settings.sharedIdleMinutes * 60_000 },
      trustedProxies: settings.trustedProxies,
      breachedPasswords,
      hospitalNames: settings.hospitalNames,
      secondFactor: settings.secondFactor,
      logger,
      outbound,
      signOnProviders,
      ...(settings.tls === undefined ? {} : { tls: settings.tls }),
      checks: { temporal: () => isTemporalUp(temporal), worker: () => hasPollers(temporal, settings.temporalTaskQueue), mllp: () => isDoorUp },
    });
    if (settings.isDemo) {
      const credentials = await createDemoIdentities({ database, dataFolder: settings.dataFolder });
      await createDemoSignInLinks({ database, dataFolder: settings.dataFolder, baseUrl: settings.baseUrl, credentials });
    }
    const mllp = await listening(startMllpDoor({ port: settings.mllpPort, host: settings.host, database, commands, keys, logger }), settings.mllpPort, 'CARELOOP_MLLP_PORT');
    closers.push(() => mllp.close());
    isDoorUp = true;
    // With HTTPS of our own, nobody speaks plain HTTP to us from outside.
    const port = await listening(gateway.listen(settings.httpPort, settings.tls ? '127.0.0.1' : settings.host), settings.httpPort, 'PORT');
    closers.push(() => gateway.close());
    const tlsPort = settings.tls && gateway.tls && (await listening(gateway.tls.listen(settings.tls.port, settings.host), settings.tls.port, 'CARELOOP_TLS_PORT'));
    const reload = () => gateway.tls?.reload();
    if (gateway.tls) process.on('SIGHUP', reload);
    closers.push(async () => process.off('SIGHUP', reload));
    logger.info({ port, ...(tlsPort === undefined ? {} : { tlsPort }), mllpPort: mllp.port }, 'gateway is listening');
    await aborted(signal);
    isDoorUp = false;
  } finally {
    for (const close of closers.reverse()) await close().catch((error: unknown) => logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'a part did not close in order'));
  }
}

async function isTemporalUp({ client }: Temporal): Promise<boolean> {
  await client.workflowService.getSystemInfo({});
  return true;
}

/** Whether a worker asks for work. 1: TASK_QUEUE_TYPE_WORKFLOW. */
async function hasPollers({ client, namespace }: Temporal, taskQueue: string): Promise<boolean> {
  const { pollers } = await client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: 1 });
  return (pollers?.length ?? 0) > 0;
}

async function listening<Value>(opening: Promise<Value>, port: number, variable: string): Promise<Value> {
  try {
    return await opening;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new Error(`Expected port ${port} to be free, but another program has it. End that program, or set ${variable}.`);
    throw error;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
}

