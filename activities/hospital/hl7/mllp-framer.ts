const startOfBlock = 0x0b;
const endOfBlock = 0x1c;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** What is wrong with the bytes themselves, before there is a message. */
export type FrameTrouble =
  /** Bytes outside a frame. */
  | 'BYTES_OUTSIDE_FRAME'
  /** A frame began inside another, which therefore never ended. */
  | 'FRAME_NOT_ENDED'
  /** FS that is not followed by CR. */
  | 'FRAME_END_INVALID'
  /** Longer than the limit; nothing after it can be trusted. */
  | 'FRAME_TOO_LONG';

export type FramerEvent =
  | { readonly kind: 'frame'; readonly bytes: Buffer }
  | { readonly kind: 'trouble'; readonly code: FrameTrouble };

export interface MllpFramer {
  /** Takes what came over the wire, however it was cut; gives what it completes, in order. */
  push(chunk: Uint8Array): readonly FramerEvent[];
  /** Whether bytes were taken that are not part of a whole frame. */
  readonly isWaiting: boolean;
}

export const maximumFrameBytes = 1_048_576;

type Place = 'outside' | 'inside' | 'afterEnd' | 'closed';

/**
 * Cuts a byte stream into messages: VT … FS CR (0x0B … 0x1C 0x0D). Works on bytes, since neither FS nor CR
 * can be part of a character in UTF-8 or GB 18030. CR and LF between frames are ignored. After
 * FRAME_TOO_LONG nothing more is read.
 * HL7 v2.5.1 Appendix C, Minimal Lower Layer Protocol; MLLP release 1.
 */
export function createMllpFramer(limitBytes = maximumFrameBytes): MllpFramer {
  let place: Place = 'outside';
  let hasStrayBytes = false;
  let parts: Uint8Array[] = [];
  let length = 0;

  function take(bytes: Uint8Array): void {
    length += bytes.length;
    // A copy: the socket may reuse its memory.
    if (bytes.length > 0 && length <= limitBytes) parts.push(Uint8Array.prototype.slice.call(bytes));
  }

  function drop(): void {
    parts = [];
    length = 0;
  }

  /** Handles one byte that is not the inside of a frame. Gives what it completes or breaks. */
  function betweenFrames(byte: number | undefined, events: FramerEvent[]): void {
    if (place === 'afterEnd') {
      place = 'outside';
      const bytes = Buffer.concat(parts);
      drop();
      if (byte === carriageReturn) return void events.push({ kind: 'frame', bytes });
      events.push({ kind: 'trouble', code: 'FRAME_END_INVALID' });
    }
    if (byte === startOfBlock) {
      place = 'inside';
      hasStrayBytes = false;
    } else if (byte !== carriageReturn && byte !== lineFeed && !hasStrayBytes) {
      // Once for a run of them.
      hasStrayBytes = true;
      events.push({ kind: 'trouble', code: 'BYTES_OUTSIDE_FRAME' });
    }
  }

  return {
    get isWaiting() {
      return place === 'inside' || place === 'afterEnd' || hasStrayBytes;
    },
    push(chunk) {
      const events: FramerEvent[] = [];
      let index = 0;
      while (index < chunk.length && place !== 'closed') {
        if (place !== 'inside') {
          betweenFrames(chunk[index], events);
          index += 1;
          continue;
        }
        let end = index;
        while (end < chunk.length && chunk[end] !== endOfBlock && chunk[end] !== startOfBlock) end += 1;
        take(chunk.subarray(index, end));
        index = end + 1;
        if (length > limitBytes) {
          place = 'closed';
          drop();
          events.push({ kind: 'trouble', code: 'FRAME_TOO_LONG' });
        } else if (chunk[end] === endOfBlock) {
          place = 'afterEnd';
        } else if (chunk[end] === startOfBlock) {
          drop();
          events.push({ kind: 'trouble', code: 'FRAME_NOT_ENDED' });
        }
      }
      return events;
    },
  };
}

/** Puts a message between VT and FS CR. */
export function frame(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(startOfBlock), bytes, Buffer.of(endOfBlock, carriageReturn)]);
}
