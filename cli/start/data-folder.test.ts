import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isStillRunning, type ProcessIdentity } from '../servers/process-identity.ts';
import { claimDataFolder, requireDiskSpace } from './data-folder.ts';

describe('claimDataFolder', () => {
  let path: string;
  const children: ChildProcess[] = [];

  beforeEach(() => { path = mkdtempSync(join(tmpdir(), 'careloop-data-')); });
  afterEach(() => {
    children.splice(0).forEach((child) => child.kill('SIGKILL'));
    rmSync(path, { recursive: true, force: true });
  });

  const startChild = async (): Promise<ProcessIdentity> => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    children.push(child);
    await new Promise((resolve) => child.once('spawn', resolve));
    const identity = identify(child.pid ?? 0);
    if (identity === undefined) throw new Error('Expected a running process, but it is gone.');
    return identity;
  };
  const writeRecord = (supervisor: ProcessIdentity, processes: readonly object[]) => writeFileSync(join(path, 'pids.json'), JSON.stringify({ supervisor, processes }));

  it('refuses a folder that cannot be made, with the remedy', () => {
    writeFileSync(join(path, 'file'), '');

    expect(() => claimDataFolder(join(path, 'file', 'data'))).toThrow(`Expected a data folder that can be written at ${join(path, 'file', 'data')}, but it cannot (ENOTDIR). Give this user the right to it, or set CARELOOP_DATA to another folder.`);
  });

  it('refuses a second supervisor on the same folder, with the remedy', async () => {
    const other = await startChild();
    writeRecord(other, []);

    expect(() => claimDataFolder(path)).toThrow(`Expected to be the only Careloop on ${path}, but process ${other.pid} already runs on it. Stop that one, or set CARELOOP_DATA to another folder.`);
  });

  it('takes over the folder of a supervisor that is gone, and ends what it left', async () => {
    const left = await startChild();
    writeRecord({ pid: 4_000_000, startTime: '1', command: 'gone' }, [{ name: 'gateway', ...left }]);

    const ended = await claimDataFolder(path).endLeftovers();

    expect(ended).toEqual(['gateway']);
    expect(isStillRunning(left)).toBe(false);
  });

  it.each([{ startTime: '1' }, { command: 'another program' }])('leaves alone a process that only has the recorded pid: %j', async (difference) => {
    const stranger = await startChild();
    writeRecord({ pid: 4_000_000, startTime: '1', command: 'gone' }, [{ name: 'gateway', ...stranger, ...difference }]);

    const ended = await claimDataFolder(path).endLeftovers();

    expect(ended).toEqual([]);
    expect(isStillRunning(stranger)).toBe(true);
  });

  it('keeps the started processes on record, readable by the owner only', async () => {
    const folder = claimDataFolder(path);
    const [first, second] = [await startChild(), await startChild()];

    folder.record('worker', first);
    folder.record('worker', second);

    const record = JSON.parse(readFileSync(join(path, 'pids.json'), 'utf8')) as { processes: readonly { name: string; pid: number }[] };
    expect(record.processes.map(({ name, pid }) => ({ name, pid }))).toEqual([{ name: 'worker', pid: second.pid }]);
    expect(statSync(join(path, 'pids.json')).mode & 0o777).toBe(0o600);
  });

  it('starts afresh from a record that a power loss has cut short', () => {
    writeFileSync(join(path, 'pids.json'), '{"supervisor": {"pid": 1');

    expect(() => claimDataFolder(path)).not.toThrow();
  });
});

describe('requireDiskSpace', () => {
  it('passes when there is room, and names the remedy when there is not', () => {
    expect(() => requireDiskSpace(tmpdir(), 1)).not.toThrow();
    expect(() => requireDiskSpace(tmpdir(), Number.MAX_SAFE_INTEGER)).toThrow(/^Expected \d+ MiB of free disk space for .+, but there are \d+ MiB\. Free some space, or set CARELOOP_DATA/);
  });
});
