import type { Settings } from '../../gateway/settings.ts';
import { findFreePort, isPortBusy } from '../servers/ports.ts';

interface Door {
  readonly setting: 'httpPort' | 'mllpPort' | 'hisPort' | 'mqttPort' | 'simulatorControlPort';
  readonly variable: string;
  readonly what: string;
  /** Whether others rely on the number, so that it is not silently replaced. The others are the simulators'. */
  readonly isPublic: boolean;
}

const doors: readonly Door[] = [
  { setting: 'httpPort', variable: 'PORT', what: 'the web app', isPublic: true },
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
  const chosen: Partial<Record<Door['setting'], number>> = {};
  const taken = new Set<number>();
  for (const door of doors) {
    if (!door.isPublic && !settings.isDemo) continue;
    const wanted = settings.httpPort === 0 && !environment[door.variable] ? 0 : settings[door.setting];
    const isBusy = wanted !== 0 && (taken.has(wanted) || (await isPortBusy(wanted, settings.host)));
    if (isBusy && (door.isPublic || environment[door.variable])) {
      throw new Error(`Expected port ${wanted} for ${door.what}, but another program listens on it. Stop that program, or set ${door.variable} to another port (0 takes a free one).`);
    }
    let port = wanted;
    while (port === 0 || port !== wanted || isBusy || taken.has(port)) {
      port = await findFreePort(settings.host);
      if (!taken.has(port)) break;
    }
    taken.add(port);
    chosen[door.setting] = port;
  }
  // The address for browsers follows the port, unless somebody set it.
  const baseUrl = environment['CARELOOP_BASE_URL'] ? settings.baseUrl : `http://localhost:${chosen.httpPort ?? settings.httpPort}`;
  return { ...settings, ...chosen, baseUrl };
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
    CARELOOP_LOG_LEVEL: settings.logLevel,
  };
}
