import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { identify, isStillRunning, type ProcessIdentity } from '../../cli/servers/process-identity.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const minute = 60_000;
const suite = process.platform === 'linux' ? describe : describe.skip;

/** Everything that the process has begun, itself included. */
function familyOf(pid: number): ProcessIdentity[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }];
    } catch {
      return [];
    }
  });
  const below = (id: number): number[] => [id, ...parents.filter(({ parent }) => parent === id).flatMap((child) => below(child.pid))];
  return below(pid).flatMap((id) => identify(id) ?? []);
}

// Each takes a product's start: the long run sends both.
const signals: readonly NodeJS.Signals[] = process.env['CARELOOP_PROPERTY_RUNS'] === undefined ? ['SIGTERM'] : ['SIGINT', 'SIGTERM'];

suite('a test runner that is killed in a browser test', () => {
  it.each(signals)('by %s leaves no process and no folder behind', async (signal) => {
    const runner = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./waiting-runner.ts', import.meta.url))], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } });
    const { pid = 0 } = runner;
    const [line] = await new Promise<string[]>((resolve, reject) => {
      runner.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().split('\n')));
      runner.once('close', (code) => reject(new Error(`Expected a product, but the runner ended with ${code}`)));
    });
    const { dataFolder } = JSON.parse(line ?? '') as { dataFolder: string };
    const family = familyOf(pid);
    for (const name of ['bootstrap.mjs', 'installation-guard', 'chromium', 'postgres', 'temporal']) expect(family.map(({ command }) => command).join('\n')).toContain(name);

    process.kill(pid, signal);

    const deadline = Date.now() + minute;
    while ((family.some(isStillRunning) || existsSync(dataFolder)) && Date.now() < deadline) await sleep(100);
    expect(family.filter(isStillRunning).map(({ command }) => command)).toEqual([]);
    expect(existsSync(dataFolder)).toBe(false);
  }, 4 * minute);
});
