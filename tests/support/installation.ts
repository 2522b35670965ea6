import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A process of the installation, as `pids.json` has it. */
export interface RecordedProcess {
  readonly name: string;
  readonly pid: number;
  readonly startTime: string;
}

/** A real installation in a folder of its own, started as `npm start` starts it, on free ports. */
export interface TestInstallation {
  readonly dataFolder: string;
  /** Starts it, or starts it again; resolves once `ports.json` is there. Rejects with what it said when it ends first. */
  start(environment?: Readonly<Record<string, string>>): Promise<void>;
  /** Runs the supervisor where it is expected to refuse. */
  tryStart(environment?: Readonly<Record<string, string>>): Promise<{ readonly exitCode: number | null; readonly said: string }>;
  /** Address of the web app, from `ports.json`. */
  baseUrl(): string;
  ports(): Readonly<Record<string, number | null>>;
  /** What the supervisor has written to stdout. */
  report(): string;
  supervisor(): ChildProcess;
  processes(): readonly RecordedProcess[];
  process(name: string): RecordedProcess;
  /** Polls `/readyz` until all parts are up. */
  untilReady(timeoutMs?: number): Promise<void>;
  /** Sends a signal to the supervisor and waits for its end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Ends whatever still runs, and removes the folder. */
  remove(): Promise<void>;
}

/** All of them. */
const freePorts = { PORT: '0' };

/** Prepares an installation; nothing runs before `start`. */
export function createInstallation(): TestInstallation {
  const dataFolder = mkdtempSync(join(tmpdir(), 'careloop-installation-'));
  let current: { readonly child: ChildProcess; readonly ended: Promise<number | null>; stdout: string; stderr: string } | undefined;
  let guard: Guard | undefined;

  const launch = (environment: Readonly<Record<string, string>>) => {
    guard ??= startGuard(dataFolder);
    const child = spawn(process.execPath, ['bootstrap.mjs', 'start'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '', ...freePorts, CARELOOP_DATA: dataFolder, ...environment } });
    const launched = { child, ended: new Promise<number | null>((resolve) => child.on('close', resolve)), stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (launched.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (launched.stderr += chunk.toString()));
    return launched;
  };
  const running = () => {
    if (current === undefined) throw new Error('Expected a started installation, but it was not started.');
    return current;
  };
  const readJson = (name: string): unknown => JSON.parse(readFileSync(join(dataFolder, name), 'utf8'));
  // Both are written by the product in these shapes.
  const ports = () => readJson('ports.json') as Record<string, number | null>;
  const processes = () => (existsSync(join(dataFolder, 'pids.json')) ? (readJson('pids.json') as { processes: RecordedProcess[] }).processes : []);

  const installation: TestInstallation = {
    dataFolder,
    start: async (environment = {}) => {
      rmSync(join(dataFolder, 'ports.json'), { force: true });
      const launched = (current = launch(environment));
      let exitCode: number | null | undefined;
      void launched.ended.then((code) => (exitCode = code));
      while (!existsSync(join(dataFolder, 'ports.json'))) {
        if (exitCode !== undefined) throw new Error(`Expected the installation to start, but it ended with ${exitCode}: ${launched.stderr}`);
        await sleep(50);
      }
    },
    tryStart: async (environment = {}) => {
      const launched = launch(environment);
      return { exitCode: await launched.ended, said: launched.stderr };
    },
    baseUrl: () => `http://127.0.0.1:${ports()['http']}`,
    ports,
    report: () => running().stdout,
    supervisor: () => running().child,
    processes,
    process: (name) => {
      const found = processes().find((other) => other.name === name);
      if (found === undefined) throw new Error(`Expected ${name} in pids.json, but it is not there.`);
      return found;
    },
    untilReady: async (timeoutMs = 60_000) => {
      const deadline = Date.now() + timeoutMs;
      let last = '';
      while (Date.now() < deadline) {
        const response = await fetch(`${installation.baseUrl()}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
        if (response?.ok === true) return;
        last = (await response?.text().catch(() => '')) ?? 'no answer';
        await sleep(200);
      }
      throw new Error(`Expected all parts to be up within ${timeoutMs} ms, but /readyz said ${last}.`);
    },
    end: (signal) => {
      running().child.kill(signal);
      return running().ended;
    },
    remove: async () => {
      if (current !== undefined && current.child.exitCode === null && current.child.signalCode === null) await installation.end('SIGTERM');
      // Left over only when a test has failed halfway; the pids are of this folder's own record.
      for (const { pid } of processes()) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It is gone.
        }
      }
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      guard?.release();
    },
  };
  return installation;
}

interface Guard { release(): void }

/** Has the installation ended and its folder removed when this process is gone before it has done so, see `installation-guard.mjs`. */
function startGuard(dataFolder: string): Guard {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./installation-guard.mjs', import.meta.url)), dataFolder], { cwd: root, detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: { ...process.env, NODE_OPTIONS: '' } });
  child.unref();
  // A pipe is a socket here, which keeps no process waiting when it is told so.
  (child.stdin as Socket).unref();
  return { release: () => child.stdin.destroy() };
}
