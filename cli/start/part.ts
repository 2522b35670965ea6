import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLogFile } from '../servers/log-file.ts';
import { endProcess, identify, type ProcessIdentity } from '../servers/process-identity.ts';

/** One process of the installation, as the supervisor sees it. */
export interface Part {
  readonly name: string;
  /** Resolves once the process runs; for the servers, once they answer. */
  start(): Promise<RunningPart>;
}

/** A started process. */
export interface RunningPart {
  readonly process: ProcessIdentity;
  /** Lets it end in order, and returns when it is gone, with everything that it started. */
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A Node process of the product: `careloop <name>`, writing to `<dataFolder>/logs/<name>.log`. */
export function nodePart(name: string, dataFolder: string, environment: Readonly<Record<string, string>>): Part {
  return {
    name,
    start: async () => {
      const log = openLogFile(join(dataFolder, 'logs', `${name}.log`));
      // A process group of its own: Ctrl-C at the terminal reaches the supervisor, which ends its parts in order.
      const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'cli/main.ts'), name], {
        cwd: root,
        detached: true,
        stdio: ['ignore', log.descriptor, log.descriptor, 'ipc'],
        env: { ...process.env, ...environment, NODE_OPTIONS: '' },
      });
      log.close();
      await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
      const started = child.pid === undefined ? undefined : identify(child.pid);
      // The command line is on record as the new program's, not as the shell's or ours before exec.
      if (started === undefined) throw new Error(`Expected ${name} to start, but it ended at once. See ${log.path}.`);
      return { process: started, stop: () => endGroup(started) };
    },
  };
}

async function endGroup(leader: ProcessIdentity): Promise<void> {
  // A little longer than the part gives itself.
  await endProcess(leader, ['SIGTERM'], 12_000);
  try {
    // What the leader itself started, if it did not end it.
    process.kill(-leader.pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}
