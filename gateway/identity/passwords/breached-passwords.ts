import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

/** Longest line that is read: 40 digits, a colon and a count. */
const maximumLineBytes = 128;
/** Places at which the order of a file is tested when it is opened: all of it would take as long as reading it. */
const probes = 256;

/** A file of breached passwords, open for look-ups. */
export interface BreachedPasswords {
  has(password: string): Promise<boolean>;
  close(): Promise<void>;
}

interface Line {
  /** SHA-1 in 40 large hexadecimal digits. */
  readonly hash: string;
  /** Byte at which the next line begins. */
  readonly next: number;
}

/**
 * Opens a file as haveibeenpwned.com gives it, "ordered by hash": a line `SHA1:count` for each password, in the order of
 * the hashes, of any size. A look-up reads some forty lines. Throws one sentence with the remedy when the file cannot be
 * read, a line is no such line, or the order is wrong where it was probed.
 */
export async function openBreachedPasswords(path: string): Promise<BreachedPasswords> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new Error(`Expected a readable file in CARELOOP_BREACHED_PASSWORDS_FILE, but it cannot be opened (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Correct the path or its permissions and start again.`);
  });
  try {
    const { size } = await file.stat();
    if (size === 0) throw damaged(0);
    let last = '';
    for (let probe = 0; probe < probes; probe += 1) {
      const line = await lineFrom(file, Math.floor((size * probe) / probes), size);
      if (line === undefined) break;
      if (line.hash < last) throw new Error('Expected the hashes in CARELOOP_BREACHED_PASSWORDS_FILE in ascending order, but they are not. Take the list that is "ordered by hash", or sort the file.');
      last = line.hash;
    }
    // A download that broke off shows at the end alone.
    let end = await lineFrom(file, Math.max(0, size - maximumLineBytes), size);
    while (end !== undefined) end = await lineFrom(file, end.next, size);
    return {
      has: async (password) => isListed(file, size, createHash('sha1').update(password.normalize('NFKC')).digest('hex').toUpperCase()),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function isListed(file: FileHandle, size: number, wanted: string): Promise<boolean> {
  // The line, where there is one, begins at or after `low` and before `high`.
  let [low, high] = [0, size];
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    const line = await lineFrom(file, middle, size);
    if (line === undefined || line.hash > wanted) high = middle;
    else if (line.hash === wanted) return true;
    else low = Math.max(line.next, middle + 1);
  }
  return false;
}

/** The first line that begins at `position` or later; undefined behind the last one. */
async function lineFrom(file: FileHandle, position: number, size: number): Promise<Line | undefined> {
  // From one byte before: a line that begins just here is behind the end of another.
  const from = Math.max(0, position - 1);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2 * maximumLineBytes), 0, 2 * maximumLineBytes, from);
  const text = buffer.toString('latin1', 0, bytesRead);
  const start = position === 0 ? 0 : text.indexOf('\n') + 1;
  if (position !== 0 && start === 0) {
    if (from + bytesRead >= size) return undefined;
    throw damaged(position);
  }
  if (from + start >= size) return undefined;
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end === -1 ? undefined : end).trimEnd();
  if (!/^[0-9A-Fa-f]{40}(?::\d{1,20})?$/.test(line)) throw damaged(from + start);
  return { hash: line.slice(0, 40).toUpperCase(), next: end === -1 ? size : from + end + 1 };
}

function damaged(position: number): Error {
  return new Error(`Expected lines of a SHA-1 hash and a count in CARELOOP_BREACHED_PASSWORDS_FILE, but at byte ${position} there is something else. Fetch the file anew, in the form of haveibeenpwned.com with SHA-1.`);
}
