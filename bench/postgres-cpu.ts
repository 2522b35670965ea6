import { readdirSync, readFileSync } from 'node:fs';

/** CPU time of the server and its connections so far, also of those that have ended, in ms (Linux; 0 elsewhere). */
export function cpuMsOf(postmaster: number): number {
  if (process.platform !== 'linux') return 0;
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
      if (Number(pid) === postmaster || fields[1] === postmaster) ticks += (fields[11] ?? 0) + (fields[12] ?? 0);
      // Of children that have ended.
      if (Number(pid) === postmaster) ticks += (fields[13] ?? 0) + (fields[14] ?? 0);
    } catch {
      // It ended while we looked.
    }
  }
  return ticks * 10;
}
