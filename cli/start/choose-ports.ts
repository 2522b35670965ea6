import { resolve } from 'node:path';
import type { Settings } from '../../gateway/settings.ts';
import { findFreePort, isPortBusy } from '../servers/ports.ts';

interface Door {
  /** `tls`: its port, where the gateway speaks TLS. */
  readonly setting: 'httpPort' | 'mllpPort' | 'hisPort' | 'mqttPort' | 'simulatorControlPort' | 'tls';
  readonly variable: string;
  readonly what: string;
  /** Whether others rely on the number, so that it is not silently replaced. The others are the simulators'. */
  readonly isPublic: boolean;
}

const doors: readonly Door[] = [
  { setting: 'httpPort', variable: 'PORT', what: 'the web app', isPublic: true },
  { setting: 'tls', variable: 'CARELOOP_TLS_PORT', what: 'HTTPS', isPublic: true },
  { setting: 'mllpPort', variable: 'CARELOOP_MLLP_PORT', what: 'HL7 messages', isPublic: true },
  { setting: 'hisPort', variable: 'CARELOOP_HIS_PORT', what: 'the HIS simulator', isPublic: false },
  { setting: 'mqttPort', variable: 'CARELOOP_MQTT_PORT', what: 'the cabinet simulator', isPublic: false },
  { setting: 'simulatorControlPort', variable: 'CARELOOP_SIMULATOR_CONTROL_PORT', what: 'the simulators\' switches', isPublic: false },
];

/**
 * Settings with a number for each port that this installation listens on. With `PORT=0` every port that is not set is a
 * free one, so that installations can stand side by side. A busy port that was asked for, or that others rely on, throws a
 * sentence with the remedy; a simulator's own default gives way to a free one. Without the demo, the ports of the HIS and
 * of the broker are where those listen: they stay as they are.
 */
export async function choosePorts(settings: Settings, environment: Readonly<Record<string, string | undefined>>): Promise<Settings> {
  const chosen: Partial<Record<Exclude<Door['setting'], 'tls'>, number>> = {};
  let tls = settings.tls;
  const taken = new Set<number>();
  await requireInterface(settings.host);
  for (const door of doors) {
    if (!door.isPublic && !settings.isDemo) continue;
    const set = door.setting === 'tls' ? settings.tls?.port : settings[door.setting];
    if (set === undefined) continue;
    const wanted = settings.httpPort === 0 && !environment[door.variable] ? 0 : set;
    const isBusy = wanted !== 0 && (taken.has(wanted) || (await isBusyFor(door, wanted, settings.host)));
    if (isBusy && (door.isPublic || environment[door.variable])) {
      throw new Error(`Expected port ${wanted} for ${door.what}, but another program listens on it. Stop that program, or set ${door.variable} to another port (0 takes a free one).`);
    }
    let port = wanted;
    while (port === 0 || port !== wanted || isBusy || taken.has(port)) {
      port = await findFreePort(settings.host);
      if (!taken.has(port)) break;
    }
    taken.add(port);
    if (door.setting !== 'tls') chosen[door.setting] = port;
    else if (tls) tls = { ...tls, port };
  }
  // The address for browsers follows the port, unless somebody set it.
  const baseUrl = environment['CARELOOP_BASE_URL'] ? settings.baseUrl : `http://localhost:${chosen.httpPort ?? settings.httpPort}`;
  return { ...settings, ...chosen, ...(tls === undefined ? {} : { tls }), baseUrl };
}

async function isBusyFor({ what, variable }: Door, port: number, host: string): Promise<boolean> {
  try {
    return await isPortBusy(port, host);
  } catch (cause) {
    throw new Error(`Expected port ${port} for ${what}, but this user may not listen on it (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}). Set ${variable} to a port from 1024 on, or give the right.`, { cause });
  }
}

/** Throws a sentence when the interface is none of this machine's. */
async function requireInterface(host: string): Promise<void> {
  try {
    await isPortBusy(0, host);
  } catch (cause) {
    throw new Error(`Expected an address of this machine in CARELOOP_HOST, but "${host}" is none that can be listened on (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}). Correct the variable; 127.0.0.1 is this machine alone, 0.0.0.0 everybody.`, { cause });
  }
}

/** The settings as environment variables of a child process. */
export function toEnvironment(settings: Settings): Record<string, string> {
  return {
    ...(settings.databaseUrl === undefined ? {} : { DATABASE_URL: settings.databaseUrl }),
    ...(settings.temporalAddress === undefined ? {} : { TEMPORAL_ADDRESS: settings.temporalAddress }),
    // The product's processes sign in with the lesser role only.
    CARELOOP_OWNER_DATABASE_URL: '',
    TEMPORAL_NAMESPACE: settings.temporalNamespace,
    TEMPORAL_TASK_QUEUE: settings.temporalTaskQueue,
    CARELOOP_DATA: settings.dataFolder,
    CARELOOP_SECRETS_FILE: settings.secretsFile,
    CARELOOP_BASE_URL: settings.baseUrl,
    CARELOOP_HOST: settings.host,
    PORT: String(settings.httpPort),
    CARELOOP_MLLP_PORT: String(settings.mllpPort),
    CARELOOP_HIS_HOST: settings.hisHost,
    CARELOOP_HIS_PORT: String(settings.hisPort),
    CARELOOP_MQTT_HOST: settings.mqttHost,
    CARELOOP_MQTT_PORT: String(settings.mqttPort),
    CARELOOP_SIMULATOR_CONTROL_PORT: String(settings.simulatorControlPort),
    CARELOOP_OUTBOUND_ALLOW: settings.outboundAllow.join(' '),
    CARELOOP_SIGN_ON_FILE: settings.signOnFile ?? '',
    CARELOOP_DEMO: String(settings.isDemo),
    CARELOOP_TRUSTED_DOCUMENTS: settings.trustedDocuments,
    CARELOOP_DATABASE_POOL: String(settings.databasePoolSize),
    CARELOOP_TLS_CERT_FILE: pathOf(settings.tls?.certFile),
    CARELOOP_TLS_KEY_FILE: pathOf(settings.tls?.keyFile),
    CARELOOP_TLS_CLIENT_CA_FILE: pathOf(settings.tls?.clientCaFile),
    ...(settings.tls === undefined ? {} : { CARELOOP_TLS_PORT: String(settings.tls.port) }),
    CARELOOP_EMERGENCY_ACCESS_MINUTES: String(settings.emergencyAccessMinutes),
    CARELOOP_IDLE_MINUTES: String(settings.idleMinutes),
    CARELOOP_SHARED_IDLE_MINUTES: String(settings.sharedIdleMinutes),
    CARELOOP_TRUSTED_PROXIES: settings.trustedProxies,
    CARELOOP_BREACHED_PASSWORDS_FILE: settings.breachedPasswordsFile ?? '',
    CARELOOP_HOSPITAL_NAMES: settings.hospitalNames.join(','),
    CARELOOP_SECOND_FACTOR: settings.secondFactor,
    CARELOOP_LOG_LEVEL: settings.logLevel,
  };
}

/** From the folder where somebody typed it: a child process runs in another one. */
const pathOf = (path: string | undefined): string => (path === undefined ? '' : resolve(path));
