import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { identify } from '../../cli/servers/process-identity.ts';

/** Where the shared servers of a test run are. */
export interface TestServers {
  readonly postgres: { readonly url: string; readonly ownerUrl: string };
  readonly temporal: { readonly address: string };
}

// The first time, Temporal's program is downloaded.
const startDeadlineMs = 300_000;

/**
 * The one server of its kind for this test run, started by whichever test asks first. A run is what
 * belongs to one owner: the process named by CARELOOP_TEST_OWNER, or jest's own.
 */
export async function sharedServer<Kind extends keyof TestServers>(kind: Kind): Promise<TestServers[Kind]> {
  const { ownerPid, folder } = currentRun();
  mkdirSync(folder, { recursive: true });
  startHolderOnce(kind, folder, ownerPid);
  const answer = await waitForAnswer(join(folder, `${kind}.json`), join(folder, `${kind}.log`));
  // Written by the holder with this very type.
  return answer as TestServers[Kind];
}

/** Who the run belongs to, and the folder of what its tests share; the holder of PostgreSQL removes `demo-people` in it. */
export function currentRun(): { readonly ownerPid: number; readonly folder: string } {
  const ownerPid = Number(process.env['CARELOOP_TEST_OWNER'] ?? process.ppid);
  const owner = identify(ownerPid);
  if (owner === undefined) throw new Error(`Expected the process ${ownerPid} that the tests belong to, but it is gone.`);
  return { ownerPid, folder: join(tmpdir(), `careloop-tests-${process.getuid?.() ?? 0}-${ownerPid}-${owner.startTime.replaceAll(/\W/g, '')}`) };
}

function startHolderOnce(kind: string, folder: string, ownerPid: number): void {
  try {
    writeFileSync(join(folder, `${kind}.claimed`), '', { flag: 'wx' });
  } catch {
    return;
  }
  const log = openSync(join(folder, `${kind}.log`), 'a');
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./holder.ts', import.meta.url)), kind, folder, String(ownerPid)], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  child.unref();
}

async function waitForAnswer(file: string, log: string): Promise<object> {
  const deadline = Date.now() + startDeadlineMs;
  while (Date.now() < deadline) {
    if (existsSync(file)) {
      const answer: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (typeof answer !== 'object' || answer === null) throw new Error(`Expected an object in ${file}, but it is another value.`);
      if ('error' in answer) {
        throw new Error(`Expected a server for the tests, but: ${String(answer.error)}`);
      }
      return answer;
    }
    await sleep(30);
  }
  throw new Error(`Expected a server for the tests within ${startDeadlineMs / 1000} s, but it did not answer; see ${log}.`);
}
