import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { z } from 'zod';
import { openLogFile } from './log-file.ts';
import { findFreePort, isListening } from './ports.ts';
import { endProcess, identify, isStillRunning, type ProcessIdentity } from './process-identity.ts';
import { ServerError } from './server-error.ts';
import { locateTemporalCli, type Progress } from './temporal-binary.ts';

/** What to start. `port` 0 or absent takes a free one. `inMemory` forgets everything at the end: tests only. */
export interface TemporalOptions {
  readonly dataFolder: string;
  readonly port?: number;
  readonly inMemory?: boolean;
  readonly namespace?: string;
  readonly progress?: Progress;
  /** Further dynamic configuration, `key=value`. */
  readonly dynamicConfig?: readonly string[];
}

/** A running Temporal server of our own, listening on loopback only. */
export interface TemporalServer {
  readonly address: string;
  readonly port: number;
  readonly process: ProcessIdentity;
  stop(): Promise<void>;
}

const startDeadlineMs = 60_000;

// One partition a task queue saves matching work on a small machine, and the development server's own
// limits on requests per second are below what a busy ward needs.
const dynamicConfig = [
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
  'frontend.namespaceRPS=20000',
  'frontend.rps=20000',
  'frontend.namespaceCount=5000',
  'history.rps=20000',
  'matching.rps=20000',
  'limit.maxIDLength=1000',
];

/**
 * Starts Temporal's own single-process server, keeping its data in `<dataFolder>/temporal/server.db`. A
 * server that an earlier, killed run left on the same file is stopped first.
 * Throws ServerError TEMPORAL_UNAVAILABLE.
 */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const binary = await locateTemporalCli(options.progress ?? (() => undefined));
  const folder = join(options.dataFolder, 'temporal');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await stopLeftover(folder);

  const deadline = Date.now() + startDeadlineMs;
  const logPath = join(options.dataFolder, 'logs', 'temporal.log');
  for (;;) {
    const port = options.port ? options.port : await findFreePort();
    const outcome = await launch(binary, folder, port, logPath, options, deadline);
    if (typeof outcome !== 'string') return outcome;
    const isPassing = /address already in use|database is locked/.test(outcome);
    if (!isPassing || Date.now() > deadline) {
      throw new ServerError('TEMPORAL_UNAVAILABLE', `Expected Temporal to start on port ${port}, but it said: ${outcome} See ${logPath}, or set TEMPORAL_ADDRESS to use another server.`);
    }
    await sleep(250);
  }
}

const recordSchema = z.object({ pid: z.number(), startTime: z.string() });

async function stopLeftover(folder: string): Promise<void> {
  const file = join(folder, 'process.json');
  if (!existsSync(file)) return;
  const recorded = recordSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (recorded.success && isStillRunning(recorded.data)) await endProcess(recorded.data, ['SIGTERM'], 10_000);
  rmSync(file, { force: true });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The running server, or the last line that it wrote before it gave up. */
async function launch(binary: string, folder: string, port: number, logPath: string, options: TemporalOptions, deadline: number): Promise<TemporalServer | string> {
  const log = openLogFile(logPath);
  const storage = options.inMemory === true ? [] : ['--db-filename', join(folder, 'server.db')];
  const namespace = options.namespace === undefined ? [] : ['--namespace', options.namespace];
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'warn', ...storage, ...namespace, ...[...dynamicConfig, ...(options.dynamicConfig ?? [])].flatMap((value) => ['--dynamic-config-value', value])];
  // Its own process group, as for PostgreSQL.
  const child = spawn(binary, args, { cwd: folder, detached: true, stdio: ['ignore', log.descriptor, log.descriptor], env: { PATH: process.env['PATH'], HOME: folder, TEMPORAL_DISABLE_UPDATE_CHECK: 'true' } });
  let ended: string | undefined;
  child.on('error', (error) => (ended = error.message)).on('exit', () => (ended ??= log.tail(5).replaceAll('\n', ' ')));
  try {
    const running = child.pid === undefined ? undefined : identify(child.pid);
    if (running !== undefined) writeFileSync(join(folder, 'process.json'), JSON.stringify(running), { mode: 0o600 });
    while (Date.now() < deadline) {
      if (ended !== undefined) return `"${ended}".`;
      // A refused gRPC connection backs off for a second; a refused TCP one does not.
      if (running !== undefined && (await isListening(port)) && (await isServing(`127.0.0.1:${port}`, options.namespace ?? 'default'))) {
        child.unref();
        return { address: `127.0.0.1:${port}`, port, process: running, stop: () => endProcess(running, ['SIGTERM', 'SIGINT'], 10_000) };
      }
      await sleep(50);
    }
    child.kill('SIGKILL');
    return `nothing within ${startDeadlineMs / 1000} s.`;
  } finally {
    log.close();
  }
}

/** Whether the frontend answers and knows the namespace: it answers first a little earlier than that. */
export async function isServing(address: string, namespace: string): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: 2_000 });
    await connection.workflowService.describeNamespace({ namespace });
    return true;
  } catch {
    return false;
  } finally {
    await connection?.close().catch(() => undefined);
  }
}
