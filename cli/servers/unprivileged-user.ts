import { execFileSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ServerError } from './server-error.ts';

/**
 * How to run PostgreSQL, which refuses to run as root. `prefix` goes before its command line; `owner`
 * is who must own the cluster's folder. Both are empty when this process is not root.
 */
export interface UnprivilegedUser {
  readonly prefix: readonly string[];
  readonly spawn: { readonly uid?: number; readonly gid?: number };
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** Chooses the user `postgres`, which is made when it is missing, or `nobody` where users cannot be made. */
export function chooseUnprivilegedUser(folders: readonly string[]): UnprivilegedUser {
  if (process.getuid?.() !== 0) return { prefix: [], spawn: {} };
  const owner = idsOf('postgres') ?? createUser('postgres') ?? idsOf('nobody');
  if (owner === undefined) throw new ServerError('POSTGRES_UNAVAILABLE', 'Expected a user that PostgreSQL can run as, but this is root and neither "postgres" nor "nobody" exists. Run as another user, or set DATABASE_URL.');
  const closed = folders.find((folder) => !isOpenToOthers(folder));
  if (closed === undefined) return { prefix: [], spawn: owner, owner };
  // A clone below a private home such as /root: keep the other user, but let it pass closed folders.
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find(isExecutable);
  if (setpriv === undefined) {
    throw new ServerError('DATA_FOLDER_UNREACHABLE', `Expected a folder that the user "postgres" can enter, but ${closed} is closed to it and PostgreSQL does not run as root. Set CARELOOP_DATA to a folder outside a private home, run as another user, or set DATABASE_URL.`);
  }
  const capabilities = '+dac_read_search,+dac_override';
  return { prefix: [setpriv, `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', `--inh-caps=${capabilities}`, `--ambient-caps=${capabilities}`], spawn: {}, owner };
}

function idsOf(name: string): { uid: number; gid: number } | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function createUser(name: string): { uid: number; gid: number } | undefined {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return idsOf(name);
}

function isOpenToOthers(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
