import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureSecrets, readSettings, requireServers, type RunningSettings, type Settings } from '../../gateway/settings.ts';
import { buildWebApp } from './build-web-app.ts';
import { choosePorts, toEnvironment } from './choose-ports.ts';
import { claimDataFolder, requireDiskSpace } from './data-folder.ts';
import { keepRunning, type KeptParts } from './keep-running.ts';
import { loadContent } from './load-content.ts';
import { nodePart } from './part.ts';
import { prepareDatabase, startServers, type Servers } from './servers.ts';
import { describeInstallation } from './describe-installation.ts';
import { waitUntilReady } from './wait-until-ready.ts';

const requiredDiskBytes = 500 * 1024 * 1024;

/** Runs everything until a signal comes or a part cannot be kept running. Returns the exit code. */
export async function superviseInstallation(): Promise<number> {
  const begun = Date.now();
  const progress = (message: string) => process.stderr.write(`[${((Date.now() - begun) / 1000).toFixed(1).padStart(5)} s] ${message}\n`);
  const asked = readSettings();
  const folder = claimDataFolder(asked.dataFolder);
  const portsFile = join(folder.path, 'ports.json');
  rmSync(portsFile, { force: true });
  const stopRequested = untilSignal(progress);
  const logFolder = join(folder.path, 'logs');
  const parts = keepRunning({
    logFolder,
    onStarted: (part, running) => folder.record(part.name, running.process),
    onDied: (part, delayMs, why) => progress(`${part.name} has died; starting it again in ${delayMs / 1000} s. ${why}`),
  });

  try {
    const starting = startAll(asked, parts, folder, progress);
    // An early Ctrl-C wins over a start that is still under way; its failure is then of no interest.
    starting.catch(() => undefined);
    const outcome = await Promise.race([starting, stopRequested, parts.givenUp]);
    if (typeof outcome === 'string') return giveUp(outcome);
    if (outcome === undefined) return 0;
    writeAtomically(portsFile, outcome.ports);
    process.stdout.write(`${describeInstallation(outcome.settings, progress)}\n`);
    const end = await Promise.race([stopRequested, parts.givenUp]);
    return typeof end === 'string' ? giveUp(end) : 0;
  } finally {
    rmSync(portsFile, { force: true });
    if (!parts.isEmpty()) {
      progress('Ending all parts …');
      await parts.stopAll();
      progress('Ended.');
    }
    folder.release();
  }
}

interface Started {
  readonly settings: RunningSettings;
  readonly ports: object;
}

async function startAll(asked: Settings, parts: KeptParts, folder: ReturnType<typeof claimDataFolder>, progress: (message: string) => void): Promise<Started> {
  const leftovers = await folder.endLeftovers();
  if (leftovers.length > 0) progress(`Ended what an earlier run had left: ${leftovers.join(', ')}.`);
  requireDiskSpace(folder.path, requiredDiskBytes);
  const withPorts = await choosePorts(asked, process.env);
  requireSecretsOfOldData(withPorts);
  ensureSecrets(withPorts);

  const webApp = buildWebApp(progress);
  webApp.catch(() => undefined);
  const servers: Servers = await startServers(withPorts, parts, progress);
  const settings = requireServers({ ...withPorts, databaseUrl: servers.databaseUrl, temporalAddress: servers.temporalAddress });
  await prepareDatabase(servers, progress);
  await loadContent(settings, progress);
  if (await webApp) progress('Built the web app.');

  const environment = toEnvironment(settings);
  const names = settings.isDemo ? ['simulators', 'worker', 'gateway'] : ['worker', 'gateway'];
  progress(`Starting ${names.join(', ')} …`);
  for (const name of names) await parts.add(nodePart(name, folder.path, environment));
  await waitUntilReady(settings, join(folder.path, 'logs', 'gateway.log'));
  progress('All parts are up.');
  const simulators = settings.isDemo ? { his: settings.hisPort, mqtt: settings.mqttPort, control: settings.simulatorControlPort } : {};
  return { settings, ports: { http: settings.httpPort, mllp: settings.mllpPort, dicom: null, postgres: servers.postgresPort, temporal: servers.temporalPort, ...simulators } };
}

/** New secrets beside old data would look like a start and lose every encrypted payload. */
function requireSecretsOfOldData(settings: Settings): void {
  if (existsSync(join(settings.dataFolder, 'postgres')) && !existsSync(settings.secretsFile)) {
    throw new Error(`Expected the secrets at ${settings.secretsFile}, but the file is missing while the database is there. Restore it from the backup of the data folder; without it, what is encrypted cannot be read.`);
  }
}

/** Resolves at the first SIGINT, SIGTERM or SIGHUP; a second one, more than a second later, ends at once. */
function untilSignal(progress: (message: string) => void): Promise<undefined> {
  let firstAt: number | undefined;
  return new Promise((resolve) => {
    const receive = () => {
      // npm passes Ctrl-C on although the terminal has already sent it to everybody.
      if (firstAt !== undefined && Date.now() - firstAt > 1_000) {
        progress('Ending at once; the next start cleans up.');
        process.exit(130);
      }
      firstAt ??= Date.now();
      resolve(undefined);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, receive);
  });
}

function giveUp(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}

function writeAtomically(file: string, content: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content)}\n`);
  renameSync(`${file}.new`, file);
}
