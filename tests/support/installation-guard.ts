/**
 * Ends an installation whose test has been killed, and removes its folder. The test holds the other end of this process's
 * stdin: it closes with the test, however that ended. Argument: the data folder.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, type ProcessIdentity } from '../../cli/servers/process-identity.ts';

type Recorded = Pick<ProcessIdentity, 'pid' | 'startTime'>;

const [folder = ''] = process.argv.slice(2);
// Ctrl-C reaches whoever has this terminal; only the test's end counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
const stopMs = 30_000;
/** A supervisor that has just been started is not on record yet. */
const recordMs = 15_000;

process.stdin.resume();
process.stdin.on('error', () => undefined);
process.stdin.on('close', () => void end());

async function end(): Promise<void> {
  const deadline = Date.now() + recordMs;
  while (existsSync(folder) && !recorded() && Date.now() < deadline) await sleep(100);
  const before = recorded();
  if (before) await endProcess(before.supervisor, ['SIGTERM'], stopMs);
  // What it had no time to end, or has left behind when it was killed itself.
  for (const left of [...(recorded() ?? before)?.processes ?? []].reverse()) await endProcess(left, [], stopMs);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.exit(0);
}

/** What the product has on record; it writes the file whole, in this shape. */
function recorded(): { readonly supervisor: Recorded; readonly processes: readonly Recorded[] } | undefined {
  const file = join(folder, 'pids.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof recorded>) : undefined;
}
