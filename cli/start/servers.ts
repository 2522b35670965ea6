import pg from 'pg';
import { migrate } from '#database';
import type { Settings } from '../../gateway/settings.ts';
import { startPostgres, type PostgresServer } from '../servers/postgres.ts';
import { isServing, startTemporal, type TemporalServer } from '../servers/temporal.ts';
import type { KeptParts } from './keep-running.ts';

/** The two servers that an installation stands on, ours or somebody else's. */
export interface Servers {
  readonly databaseUrl: string;
  /** As the owner of the tables. */
  readonly ownerDatabaseUrl: string;
  readonly postgresPort: number;
  readonly temporalAddress: string;
  readonly temporalPort: number;
}

/** Starts the servers that the settings do not name, both at once, and looks whether the named ones answer. */
export async function startServers(settings: Settings, parts: KeptParts, progress: (message: string) => void): Promise<Servers> {
  // Both are waited for even when one fails: an unknown one could not be ended.
  const outcomes = await Promise.allSettled([postgres(settings, parts, progress), temporal(settings, parts, progress)] as const);
  const [database, workflow] = outcomes;
  if (database.status === 'rejected') throw database.reason;
  if (workflow.status === 'rejected') throw workflow.reason;
  return { ...database.value, ...workflow.value };
}

async function postgres(settings: Settings, parts: KeptParts, progress: (message: string) => void): Promise<Pick<Servers, 'databaseUrl' | 'ownerDatabaseUrl' | 'postgresPort'>> {
  const { databaseUrl, dataFolder } = settings;
  if (databaseUrl !== undefined) {
    const ownerDatabaseUrl = settings.ownerDatabaseUrl ?? databaseUrl;
    for (const url of new Set([databaseUrl, ownerDatabaseUrl])) await requireDatabase(url);
    return { databaseUrl, ownerDatabaseUrl, postgresPort: Number(new URL(databaseUrl).port || 5432) };
  }
  progress('Starting PostgreSQL …');
  let server: PostgresServer | undefined;
  await parts.add({
    name: 'postgres',
    // A restart keeps the port: the other parts know it.
    start: async () => (server = await startPostgres({ dataFolder, port: server?.port ?? 0 })),
  });
  if (server === undefined) throw new Error('Expected PostgreSQL to be started, but it is not.');
  return { databaseUrl: server.url, ownerDatabaseUrl: server.ownerUrl, postgresPort: server.port };
}

async function requireDatabase(url: string): Promise<void> {
  const { hostname, port, pathname } = new URL(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const version = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    if (Number(version.rows[0]?.server_version_num ?? 0) < 160_000) throw new Error('it is older than PostgreSQL 16');
  } catch (cause) {
    throw new Error(`Expected PostgreSQL 16 or newer with the database ${pathname.slice(1)} at ${hostname}:${port || '5432'}, but: ${cause instanceof Error ? cause.message : String(cause)}. Start it, or correct DATABASE_URL.`, { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function temporal(settings: Settings, parts: KeptParts, progress: (message: string) => void): Promise<Pick<Servers, 'temporalAddress' | 'temporalPort'>> {
  const { temporalAddress, temporalNamespace, dataFolder } = settings;
  if (temporalAddress !== undefined) {
    if (!(await isServing(temporalAddress, temporalNamespace))) {
      throw new Error(`Expected a Temporal frontend at ${temporalAddress} with the namespace "${temporalNamespace}", but it does not answer. Start it, make the namespace, or correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.`);
    }
    return { temporalAddress, temporalPort: Number(temporalAddress.split(':').at(-1)) };
  }
  progress('Starting Temporal …');
  let server: TemporalServer | undefined;
  await parts.add({
    name: 'temporal',
    start: async () => (server = await startTemporal({ dataFolder, port: server?.port ?? 0, namespace: temporalNamespace, progress })),
  });
  if (server === undefined) throw new Error('Expected Temporal to be started, but it is not.');
  return { temporalAddress: server.address, temporalPort: server.port };
}

/** Brings the database to this version. */
export async function prepareDatabase(servers: Servers, progress: (message: string) => void): Promise<void> {
  const { applied } = await migrate(servers.ownerDatabaseUrl);
  if (applied.length > 0) progress(`Migrated the database: ${applied.join(', ')}.`);
}
