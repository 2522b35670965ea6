import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const readBytes = 4_096;
const maxCharacters = 400;

/** The last line of a part's log, for whoever has to know at the terminal why it died. Undefined without one, and for lines of data. */
export function lastWords(logFile: string): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(logFile, 'r');
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, readBytes));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    const line = buffer.toString('utf8').trimEnd().split('\n').at(-1)?.trim() ?? '';
    // What the part said on its way is JSON; the reason of its end is a sentence.
    return line === '' || line.startsWith('{') ? undefined : line.slice(0, maxCharacters);
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
