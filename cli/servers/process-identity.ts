import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What tells one run of a process from another that later got the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque: kernel ticks since boot on Linux, a date elsewhere. Equal only for the same run of the process. */
  readonly startTime: string;
  readonly command: string;
}

/** The identity of a living process; undefined when there is none or it is a zombie. */
export function identify(pid: number): ProcessIdentity | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name in parentheses may itself hold spaces and parentheses: split after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTime] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || startTime === undefined) return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, startTime, command };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): ProcessIdentity | undefined {
  try {
    const line = execFileSync('ps', ['-p', String(pid), '-o', 'lstart=,stat=,command='], { encoding: 'utf8' }).trim();
    const match = /^(\w+ +\w+ +\d+ [\d:]+ \d+) +(\S+) +(.*)$/.exec(line);
    if (match?.[1] === undefined || match[2]?.startsWith('Z') === true) return undefined;
    return { pid, startTime: match[1], command: match[3] ?? '' };
  } catch {
    return undefined;
  }
}

/** Whether the very process that was recorded still runs. */
export function isStillRunning(recorded: Pick<ProcessIdentity, 'pid' | 'startTime'>): boolean {
  return identify(recorded.pid)?.startTime === recorded.startTime;
}

/**
 * Ends a process: sends each signal in turn and waits `graceMs` for it to go before the next, with
 * SIGKILL last. Returns once it is gone.
 */
export async function endProcess(recorded: Pick<ProcessIdentity, 'pid' | 'startTime'>, signals: readonly NodeJS.Signals[], graceMs: number): Promise<void> {
  for (const signal of [...signals, 'SIGKILL'] as const) {
    if (!isStillRunning(recorded)) return;
    try {
      process.kill(recorded.pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + graceMs;
    while (Date.now() < deadline && isStillRunning(recorded)) await sleep(20);
  }
}
