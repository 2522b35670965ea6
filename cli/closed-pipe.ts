import type { Writable } from 'node:stream';

/**
 * Lets a command go on when nobody reads its output any longer, as in `careloop his effects | head`: what it
 * does counts, and it keeps its exit code. Any other error of the stream is thrown.
 */
export function surviveClosedPipe(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
