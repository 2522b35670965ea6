import { mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { endProcess, identify, isStillRunning, type ProcessIdentity } from '../servers/process-identity.ts';

const identitySchema = z.object({ pid: z.number().int().positive(), startTime: z.string().min(1), command: z.string() });
const recordSchema = z.object({ supervisor: identitySchema, processes: z.array(identitySchema.extend({ name: z.string() })) });

/** The supervisor's claim on a data folder, with the processes that it has started: `<folder>/pids.json`. */
export interface DataFolder {
  readonly path: string;
  /** Ends what an earlier, killed run left behind, last started first. Returns the names. */
  endLeftovers(): Promise<readonly string[]>;
  /** Puts a started process on record, in place of an earlier one of the same name. */
  record(name: string, started: ProcessIdentity): void;
  release(): void;
}

/** Claims the folder for this process. Throws a sentence with the remedy when another one runs on it. */
export function claimDataFolder(path: string): DataFolder {
  requireWritable(path, () => mkdirSync(path, { recursive: true }));
  const file = join(path, 'pids.json');
  const earlier = readRecord(file);
  if (earlier !== undefined && earlier.supervisor.pid !== process.pid && isStillRunning(earlier.supervisor)) {
    throw new Error(`Expected to be the only Careloop on ${path}, but process ${earlier.supervisor.pid} already runs on it. Stop that one, or set CARELOOP_DATA to another folder.`);
  }
  const self = identify(process.pid) ?? { pid: process.pid, startTime: 'unknown', command: '' };
  let processes = earlier?.processes ?? [];
  const save = () => {
    writeFileSync(`${file}.new`, `${JSON.stringify({ supervisor: self, processes }, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  requireWritable(path, save);
  return {
    path,
    endLeftovers: async () => {
      const leftovers = processes.filter((started) => isOurs(started)).reverse();
      for (const leftover of leftovers) await endProcess(leftover, signalsFor(leftover.name), 5_000);
      processes = [];
      save();
      return leftovers.map((leftover) => leftover.name);
    },
    record: (name, started) => {
      processes = [...processes.filter((other) => other.name !== name), { name, pid: started.pid, startTime: started.startTime, command: started.command }];
      save();
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** Runs what writes into the folder; when it may not, says so with the remedy. */
function requireWritable(path: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw new Error(`Expected a data folder that can be written at ${path}, but it cannot (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}). Give this user the right to it, or set CARELOOP_DATA to another folder.`, { cause });
  }
}

function readRecord(file: string): z.infer<typeof recordSchema> | undefined {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Missing, or half written by a machine that lost power: then nothing of it runs any more.
    return undefined;
  }
}

/** The very process that was recorded: same pid, same start, and still the same program. */
function isOurs(recorded: ProcessIdentity): boolean {
  const found = identify(recorded.pid);
  return found !== undefined && found.startTime === recorded.startTime && found.command === recorded.command;
}

/** PostgreSQL takes SIGTERM as "wait until everybody has left". */
function signalsFor(name: string): readonly NodeJS.Signals[] {
  return name === 'postgres' ? ['SIGINT', 'SIGQUIT'] : ['SIGTERM'];
}

/** Throws a sentence with the remedy when the disk has less room than `requiredBytes`. */
export function requireDiskSpace(folder: string, requiredBytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const mebibytes = (bytes: number) => `${Math.floor(bytes / 1024 / 1024)} MiB`;
  if (bavail * bsize < requiredBytes) {
    throw new Error(`Expected ${mebibytes(requiredBytes)} of free disk space for ${folder}, but there are ${mebibytes(bavail * bsize)}. Free some space, or set CARELOOP_DATA to a folder on another disk.`);
  }
}
