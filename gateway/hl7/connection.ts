import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { createMllpFramer, frame, recordFact, type FrameTrouble } from '#activities';
import type { ReceiverDependencies } from './receiver-dependencies.ts';

export interface ConnectionOptions {
  readonly receive: (bytes: Buffer) => Promise<Buffer>;
  readonly dependencies: ReceiverDependencies;
  readonly idleTimeoutMs: number;
  readonly maximumFrameBytes: number;
}

export interface Connection {
  /** Answers the message in hand, then closes. */
  end(): Promise<void>;
}

type Trouble = FrameTrouble | 'FRAME_TIMED_OUT' | 'TOO_MANY_TROUBLES';

const sentences: Readonly<Record<Trouble, string>> = {
  BYTES_OUTSIDE_FRAME: 'Expected VT before a message, but found other bytes',
  FRAME_NOT_ENDED: 'Expected FS CR after a message, but it did not end',
  FRAME_END_INVALID: 'Expected CR after FS, but found another byte',
  FRAME_TOO_LONG: 'Expected a message within the size limit, but it did not end',
  FRAME_TIMED_OUT: 'Expected the rest of a message, but the time was up',
  TOO_MANY_TROUBLES: 'Expected MLLP frames, but found something else again and again',
};

const maximumTroubles = 20;

/** Serves one peer: frames in, acknowledgements out, troubles on record. Reading pauses while a message is taken. */
export function serveConnection(socket: Socket, { receive, dependencies, idleTimeoutMs, maximumFrameBytes }: ConnectionOptions): Connection {
  const { database, keys, logger } = dependencies;
  const framer = createMllpFramer(maximumFrameBytes);
  let work: Promise<void> = Promise.resolve();
  let idleTimer: NodeJS.Timeout | undefined;
  let troubles = 0;
  let isEnding = false;

  function stopClock(): void {
    clearTimeout(idleTimer);
    idleTimer = undefined;
  }

  async function note(code: Trouble): Promise<void> {
    troubles += 1;
    logger.warn({ code }, 'An MLLP connection broke the framing');
    await recordFact(database, keys, {
      factId: `mllp:${randomUUID()}`,
      action: 'message.refused',
      at: new Date().toISOString(),
      actor: { id: 'mllp', kind: 'system', roles: [] },
      reason: `${code}: ${sentences[code]}`,
    }).catch((error: unknown) => logger.error({ code, error: (error as Error).name }, 'A framing refusal could not be recorded'));
  }

  async function closeFor(code: Trouble): Promise<void> {
    isEnding = true;
    await note(code);
    socket.destroy();
  }

  async function take(chunk: Buffer): Promise<void> {
    for (const event of framer.push(chunk)) {
      if (isEnding) return;
      if (event.kind === 'frame') {
        stopClock();
        const acknowledgement = await receive(event.bytes);
        if (socket.writable) socket.write(frame(acknowledgement));
      } else if (event.code === 'FRAME_TOO_LONG') {
        return closeFor(event.code);
      } else {
        await note(event.code);
        if (troubles >= maximumTroubles) return closeFor('TOO_MANY_TROUBLES');
      }
    }
    // Only an unfinished frame has a time limit, counted from its beginning: between messages a connection stays open.
    if (!framer.isWaiting) stopClock();
    else if (!isEnding) idleTimer ??= setTimeout(() => void closeFor('FRAME_TIMED_OUT'), idleTimeoutMs);
  }

  socket.setKeepAlive(true, 60_000);
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    socket.pause();
    work = work
      .then(() => (isEnding ? undefined : take(chunk)))
      .catch((error: unknown) => {
        logger.error({ error: (error as Error).name }, 'An MLLP connection failed');
        socket.destroy();
      })
      .finally(() => socket.resume());
  });
  // A reset by the peer needs no answer; the frame it cut off never was a message.
  socket.on('error', () => socket.destroy());
  socket.on('end', () => {
    work = work.then(async () => {
      if (framer.isWaiting && !isEnding) await note('FRAME_NOT_ENDED');
      socket.end();
    });
  });
  socket.on('close', () => {
    stopClock();
    isEnding = true;
  });

  return {
    end: async () => {
      isEnding = true;
      stopClock();
      await work;
      if (!socket.destroyed) await new Promise<void>((resolve) => {
        socket.once('close', () => resolve());
        socket.end();
        // A peer that keeps its half open must not keep us.
        setTimeout(() => socket.destroy(), 1_000).unref();
      });
    },
  };
}
