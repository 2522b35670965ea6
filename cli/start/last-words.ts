import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const readBytes = 4_096;
const maxCharacters = 400;

/** The sentence that a part's log ends with, for whoever has to know at the terminal why it died. Undefined without one. */
export function lastWords(logFile: string): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(logFile, 'r');
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, readBytes));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    const line = buffer.toString('utf8').trimEnd().split('\n').at(-1)?.trim() ?? '';
    // Ours begin like this. The servers' own lines may show a value of a row.
    return line.startsWith('Expected ') ? line.slice(0, maxCharacters) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
