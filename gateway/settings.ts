import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { readTrustedProxies } from './http/client-address.ts';
import { readAllowedTarget } from './outbound/index.ts';
import { databaseAddress, hostAndPort, minutes, oneOf, webAddress, wholeNumber, words } from './setting-values.ts';

const port = (fallback: number) => wholeNumber(0, 65_535, fallback);

const environmentSchema = z.object({
  NODE_ENV: z.string().optional(),
  CARELOOP_TRUSTED_DOCUMENTS: oneOf(['only', 'prefer']).default('prefer'),
  CARELOOP_DATA: words.default('.careloop'),
  CARELOOP_SECRETS_FILE: words.optional(),
  CARELOOP_BASE_URL: webAddress.optional(),
  DATABASE_URL: databaseAddress.optional(),
  CARELOOP_OWNER_DATABASE_URL: databaseAddress.optional(),
  CARELOOP_DATABASE_POOL: wholeNumber(3, 200, 10),
  TEMPORAL_ADDRESS: hostAndPort.optional(),
  TEMPORAL_NAMESPACE: words.default('default'),
  TEMPORAL_TASK_QUEUE: words.default('careloop'),
  PORT: port(4000),
  CARELOOP_HOST: words.default('127.0.0.1'),
  CARELOOP_TLS_CERT_FILE: words.optional(),
  CARELOOP_TLS_KEY_FILE: words.optional(),
  CARELOOP_TLS_CLIENT_CA_FILE: words.optional(),
  CARELOOP_TLS_PORT: port(4443),
  CARELOOP_MLLP_PORT: port(2575),
  CARELOOP_HIS_PORT: port(2576),
  CARELOOP_HIS_HOST: words.default('127.0.0.1'),
  CARELOOP_MQTT_PORT: port(1883),
  CARELOOP_MQTT_HOST: words.default('127.0.0.1'),
  CARELOOP_SIMULATOR_CONTROL_PORT: port(4100),
  CARELOOP_OUTBOUND_ALLOW: z.string().max(10_000).default(''),
  CARELOOP_SIGN_ON_FILE: words.optional(),
  CARELOOP_DEMO: oneOf(['true', 'false']).default('true'),
  CARELOOP_EMERGENCY_ACCESS_MINUTES: wholeNumber(5, 240, 60),
  CARELOOP_IDLE_MINUTES: minutes(0.1, 720, 30),
  CARELOOP_SHARED_IDLE_MINUTES: minutes(0.1, 720, 10),
  CARELOOP_TRUSTED_PROXIES: z.string().default(''),
  CARELOOP_BREACHED_PASSWORDS_FILE: words.optional(),
  CARELOOP_HOSPITAL_NAMES: z.string().default(''),
  CARELOOP_SECOND_FACTOR: oneOf(['administrators', 'everybody', 'nobody']).default('administrators'),
  CARELOOP_LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/**
 * What one Careloop process is told from outside. Read once from the environment at a process's entry
 * and handed on; nothing else reads `process.env`, but the sign-on file
 * may name variables that hold its secrets. Ports are TCP ports; `0` stands for a free port and is
 * replaced by the supervisor before a child process sees it.
 */
export interface Settings {
  readonly isProduction: boolean;
  /** Absolute path of the folder that holds everything this installation keeps on disk. */
  readonly dataFolder: string;
  readonly secretsFile: string;
  /** Address at which browsers reach the gateway, without a trailing slash. */
  readonly baseUrl: string;
  /** Absent: the supervisor starts an embedded PostgreSQL. */
  readonly databaseUrl?: string;
  /** The same database as the owner of its tables, for migrations; `databaseUrl` when absent. */
  readonly ownerDatabaseUrl?: string;
  readonly databasePoolSize: number;
  /** Absent: the supervisor starts an embedded Temporal server. */
  readonly temporalAddress?: string;
  readonly temporalNamespace: string;
  readonly temporalTaskQueue: string;
  /** Interface that the doors listen on. */
  readonly host: string;
  readonly httpPort: number;
  /** HTTPS of the gateway itself. Where it is there, plain HTTP is for this machine alone. */
  readonly tls?: { readonly port: number; readonly certFile: string; readonly keyFile: string; readonly clientCaFile?: string };
  readonly mllpPort: number;
  /** Where results go back to: the HIS's (in the demo the simulator's) MLLP server. */
  readonly hisHost: string;
  readonly hisPort: number;
  /** The MQTT broker of the medication cabinet. */
  readonly mqttHost: string;
  readonly mqttPort: number;
  readonly simulatorControlPort: number;
  /** What requests to the outside may reach beside the public internet: names, addresses, ranges (docs/outbound.md). */
  readonly outboundAllow: readonly string[];
  /** The file of sign-on providers (docs/sign-on.md). Absent: people sign in with passwords alone. */
  readonly signOnFile?: string;
  /** Whether the demo hospital is loaded and one-time sign-in links are made. */
  readonly isDemo: boolean;
  /** How long an emergency access to a patient lasts, minutes; at most four hours. */
  readonly emergencyAccessMinutes: number;
  /** `only`: people may send ids of the web app's documents and nothing else. */
  readonly trustedDocuments: 'only' | 'prefer';
  /** Minutes after which a session ends when nobody works with it; on devices that several people use, the second. */
  readonly idleMinutes: number;
  readonly sharedIdleMinutes: number;
  /** Addresses and networks of the proxies whose word on the client is believed, separated by commas. */
  readonly trustedProxies: string;
  /** A file of breached passwords by SHA-1, ordered by hash. */
  readonly breachedPasswordsFile?: string;
  /** Names of the house, which make poor passwords. */
  readonly hospitalNames: readonly string[];
  /** Who has to sign in with a second factor. */
  readonly secondFactor: 'administrators' | 'everybody' | 'nobody';
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Settings of a process that is a part of a running installation, where both servers are known. */
export type RunningSettings = Settings & { readonly databaseUrl: string; readonly temporalAddress: string };

/** Reads settings from environment variables. Throws one sentence that names the first wrong variable. */
export function readSettings(environment: Readonly<Record<string, string | undefined>> = process.env): Settings {
  // An empty variable is what compose files and shells make of an unset one.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`Expected a valid value in ${issue?.path.join('.') ?? 'the environment'}, but: ${issue?.message ?? 'it is not'}. Correct the variable and start again.`);
  }
  const env = parsed.data;
  const dataFolder = resolve(env.CARELOOP_DATA);
  return {
    isProduction: env.NODE_ENV === 'production',
    dataFolder,
    secretsFile: env.CARELOOP_SECRETS_FILE === undefined ? join(dataFolder, 'secrets.json') : resolve(env.CARELOOP_SECRETS_FILE),
    baseUrl: env.CARELOOP_BASE_URL ?? `http://localhost:${env.PORT}`,
    ...(env.DATABASE_URL === undefined ? {} : { databaseUrl: env.DATABASE_URL }),
    ...(env.CARELOOP_OWNER_DATABASE_URL === undefined ? {} : { ownerDatabaseUrl: env.CARELOOP_OWNER_DATABASE_URL }),
    databasePoolSize: env.CARELOOP_DATABASE_POOL,
    ...(env.TEMPORAL_ADDRESS === undefined ? {} : { temporalAddress: env.TEMPORAL_ADDRESS }),
    temporalNamespace: env.TEMPORAL_NAMESPACE,
    temporalTaskQueue: env.TEMPORAL_TASK_QUEUE,
    host: env.CARELOOP_HOST,
    httpPort: env.PORT,
    ...tlsOf(env),
    mllpPort: env.CARELOOP_MLLP_PORT,
    hisHost: env.CARELOOP_HIS_HOST,
    hisPort: env.CARELOOP_HIS_PORT,
    mqttHost: env.CARELOOP_MQTT_HOST,
    mqttPort: env.CARELOOP_MQTT_PORT,
    simulatorControlPort: env.CARELOOP_SIMULATOR_CONTROL_PORT,
    outboundAllow: outboundAllowOf(env.CARELOOP_OUTBOUND_ALLOW),
    ...(env.CARELOOP_SIGN_ON_FILE === undefined ? {} : { signOnFile: resolve(env.CARELOOP_SIGN_ON_FILE) }),
    isDemo: env.CARELOOP_DEMO === 'true',
    emergencyAccessMinutes: env.CARELOOP_EMERGENCY_ACCESS_MINUTES,
    trustedDocuments: env.CARELOOP_TRUSTED_DOCUMENTS,
    idleMinutes: env.CARELOOP_IDLE_MINUTES,
    sharedIdleMinutes: Math.min(env.CARELOOP_SHARED_IDLE_MINUTES, env.CARELOOP_IDLE_MINUTES),
    trustedProxies: trustedProxiesOf(env.CARELOOP_TRUSTED_PROXIES),
    ...(env.CARELOOP_BREACHED_PASSWORDS_FILE === undefined ? {} : { breachedPasswordsFile: resolve(env.CARELOOP_BREACHED_PASSWORDS_FILE) }),
    hospitalNames: env.CARELOOP_HOSPITAL_NAMES.split(',').map((name) => name.trim()).filter((name) => name !== ''),
    secondFactor: env.CARELOOP_SECOND_FACTOR,
    logLevel: env.CARELOOP_LOG_LEVEL,
  };
}

/** The list as it was given, once it can be read. */
function trustedProxiesOf(list: string): string {
  return checked('CARELOOP_TRUSTED_PROXIES', () => {
    readTrustedProxies(list);
    return list;
  });
}

/** The entries as they were given, once each can be read. */
function outboundAllowOf(list: string): readonly string[] {
  const entries = list.split(/[\s,]+/).filter((entry) => entry !== '');
  return checked('CARELOOP_OUTBOUND_ALLOW', () => {
    entries.forEach(readAllowedTarget);
    return entries;
  });
}

function checked<Value>(variable: string, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    throw new Error(`Expected a valid value in ${variable}, but: ${cause instanceof Error ? cause.message.replace(/\.$/, '') : 'it is not'}. Correct the variable and start again.`, { cause });
  }
}

/** A certificate comes with its key. */
function tlsOf({ CARELOOP_TLS_CERT_FILE: certFile, CARELOOP_TLS_KEY_FILE: keyFile, CARELOOP_TLS_CLIENT_CA_FILE: clientCaFile, CARELOOP_TLS_PORT: tlsPort }: z.infer<typeof environmentSchema>): Pick<Settings, 'tls'> {
  if (certFile === undefined && keyFile === undefined && clientCaFile === undefined) return {};
  if (certFile === undefined || keyFile === undefined) throw new Error(`Expected CARELOOP_TLS_CERT_FILE and CARELOOP_TLS_KEY_FILE together, but ${certFile === undefined ? 'the first' : 'the second'} is not set. Set both or none, and start again.`);
  return { tls: { port: tlsPort, certFile, keyFile, ...(clientCaFile === undefined ? {} : { clientCaFile }) } };
}

/** Narrows to settings with both servers; throws a sentence with the remedy when one is missing. */
export function requireServers(settings: Settings): RunningSettings {
  const { databaseUrl, temporalAddress } = settings;
  if (databaseUrl === undefined) throw new Error('Expected DATABASE_URL, but it is not set. Set it to a PostgreSQL connection string, or use "npm start", which brings its own.');
  if (temporalAddress === undefined) throw new Error('Expected TEMPORAL_ADDRESS, but it is not set. Set it to host:port of a Temporal frontend, or use "npm start", which brings its own.');
  return { ...settings, databaseUrl, temporalAddress };
}

const secretsSchema = z.object({
  masterKey: z.string().refine((value) => Buffer.from(value, 'base64').length === 32, 'masterKey is not 32 bytes in base64'),
  signingKey: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
  sessionSecret: z.string().min(32),
});

/**
 * The installation's own secrets: `masterKey` (32 bytes, base64) wraps the data keys of patients,
 * `signingKey` (Ed25519, PKCS #8 PEM) signs tree heads of the audit record and actors' claims,
 * `sessionSecret` seals cookies.
 */
export type Secrets = z.infer<typeof secretsSchema>;

/** Reads the secrets file. Throws when it is missing or damaged; it is never made anew over old data. */
export function readSecrets(settings: Pick<Settings, 'secretsFile'>): Secrets {
  if (!existsSync(settings.secretsFile)) {
    throw new Error(`Expected the secrets at ${settings.secretsFile}, but there is no such file. Restore it from the backup, or set CARELOOP_SECRETS_FILE.`);
  }
  const parsed = secretsSchema.safeParse(jsonOf(settings.secretsFile));
  if (!parsed.success) throw new Error(`Expected masterKey, signingKey and sessionSecret in ${settings.secretsFile}, but they are not valid. Restore the file from the backup.`);
  return parsed.data;
}

/** Undefined for what is no JSON: the reader's own complaint would show a piece of the secrets. */
function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Makes random secrets, readable by the owner only, unless the file is there already. */
export function ensureSecrets(settings: Pick<Settings, 'secretsFile'>): Secrets {
  if (!existsSync(settings.secretsFile)) {
    mkdirSync(dirname(settings.secretsFile), { recursive: true });
    const secrets: Secrets = {
      masterKey: randomBytes(32).toString('base64'),
      signingKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      sessionSecret: randomBytes(32).toString('base64url'),
    };
    writeFileSync(settings.secretsFile, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(settings.secretsFile, 0o600);
  }
  return readSecrets(settings);
}
