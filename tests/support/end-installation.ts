import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, type ProcessIdentity } from '../../cli/servers/process-identity.ts';

type Recorded = Pick<ProcessIdentity, 'pid' | 'startTime'>;

const stopMs = 30_000;
/** A supervisor that has just been started is not on record yet. */
const recordMs = 15_000;

/** Ends what runs in an installation's data folder, and removes the folder. */
export async function endInstallation(folder: string): Promise<void> {
  const recorded = () => readRecord(join(folder, 'pids.json'));
  const deadline = Date.now() + recordMs;
  while (existsSync(folder) && !recorded() && Date.now() < deadline) await sleep(100);
  const before = recorded();
  if (before) await endProcess(before.supervisor, ['SIGTERM'], stopMs);
  // What it had no time to end, or has left behind when it was killed itself.
  for (const left of [...(recorded() ?? before)?.processes ?? []].reverse()) await endProcess(left, [], stopMs);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** What the product has on record; it writes the file whole, in this shape. */
function readRecord(file: string): { readonly supervisor: Recorded; readonly processes: readonly Recorded[] } | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof readRecord>) : undefined;
}
