import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const rotateAtBytes = 20 * 1024 * 1024;

/**
 * A file that a child process writes its output to. Children write to a file rather than to a pipe of
 * ours, so that they neither block nor die of SIGPIPE when this process is killed.
 */
export interface LogFile {
  readonly path: string;
  readonly descriptor: number;
  /** What was written since it was opened, at most the last `maxLines` lines. */
  tail(maxLines: number): string;
  close(): void;
}

/** Opens for appending, readable by the owner only; a file past 20 MiB is first moved to `<path>.1`. */
export function openLogFile(path: string): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  const size = sizeOf(path);
  if (size > rotateAtBytes) renameSync(path, `${path}.1`);
  const descriptor = openSync(path, 'a', 0o600);
  const start = size > rotateAtBytes ? 0 : size;
  return {
    path,
    descriptor,
    tail: (maxLines) => readFileSync(path).subarray(start).toString('utf8').trim().split('\n').slice(-maxLines).join('\n'),
    close: () => closeSync(descriptor),
  };
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
