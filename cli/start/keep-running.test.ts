import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isStillRunning } from '../servers/process-identity.ts';
import { keepRunning } from './keep-running.ts';
import type { Part, RunningPart } from './part.ts';

const started: ChildProcess[] = [];

/** A real process that lives for `seconds`. */
function sleeper(name: string, seconds: number, stopped: string[] = []): Part {
  return {
    name,
    start: async () => {
      const child = spawn('sleep', [String(seconds)], { stdio: 'ignore' });
      started.push(child);
      await new Promise((resolve) => child.once('spawn', resolve));
      const process = identify(child.pid ?? 0);
      if (process === undefined) throw new Error('Expected a running process, but it is gone.');
      return { process, stop: async () => { stopped.push(name); child.kill('SIGKILL'); } };
    },
  };
}

describe('keepRunning', () => {
  const runs: { name: string; running: RunningPart }[] = [];
  const options = { logFolder: '/logs', pollMs: 10, onStarted: (part: Part, running: RunningPart) => void runs.push({ name: part.name, running }), onDied: () => undefined };

  beforeEach(() => runs.splice(0));
  afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

  it('starts a part again that was killed', async () => {
    const parts = keepRunning(options);
    const first = await parts.add(sleeper('worker', 60));

    process.kill(first.process.pid, 'SIGKILL');
    while (runs.length < 2) await sleep(20);

    expect(runs.map((run) => run.name)).toEqual(['worker', 'worker']);
    expect(runs[1]?.running.process.pid).not.toBe(first.process.pid);
    await parts.stopAll();
  });

  it('ends all parts, last added first, and restarts none of them', async () => {
    const stopped: string[] = [];
    const parts = keepRunning(options);
    for (const name of ['postgres', 'temporal', 'gateway']) await parts.add(sleeper(name, 60, stopped));

    await parts.stopAll();
    await sleep(100);

    expect(stopped).toEqual(['gateway', 'temporal', 'postgres']);
    expect(runs.map((run) => run.name)).toEqual(['postgres', 'temporal', 'gateway']);
  });

  it('ends a part whose start was under way when everything was ended', async () => {
    const stopped: string[] = [];
    const parts = keepRunning(options);
    const slow = sleeper('slow', 60, stopped);
    const adding = parts.add({ ...slow, start: async () => { await sleep(100); return slow.start(); } });

    await parts.stopAll();

    expect(stopped).toEqual(['slow']);
    const { process: ended } = await adding;
    while (isStillRunning(ended)) await sleep(10);
    await expect(parts.add(slow)).rejects.toThrow('Expected to start slow, but everything is being ended.');
  });

  it('gives up, in one sentence, a part that keeps dying', async () => {
    const parts = keepRunning({ ...options, delayMs: () => 1 });
    await parts.add(sleeper('gateway', 0.3));

    const sentence = await parts.givenUp;

    expect(sentence).toBe('Expected gateway to keep running, but it died 6 times within a minute. See /logs/gateway.log.');
    expect(runs).toHaveLength(6);
    await parts.stopAll();
  });
});
