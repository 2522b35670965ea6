import fc from 'fast-check';
import { createMllpFramer, frame, type FramerEvent } from './mllp-framer.ts';

const vt = 0x0b;
const fs = 0x1c;
const cr = 0x0d;

/** What can come over a wire: messages, framed well or badly, and noise. */
const content = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.map((byte) => (byte === vt || byte === fs ? 0x41 : byte)));
const piece = fc.oneof(
  { weight: 4, arbitrary: content.map((bytes) => frame(bytes)) },
  { weight: 1, arbitrary: content.map((bytes) => Buffer.concat([Buffer.of(vt), bytes])) },
  { weight: 1, arbitrary: content.map((bytes) => Buffer.concat([Buffer.of(vt), bytes, Buffer.of(fs, 0x42)])) },
  { weight: 1, arbitrary: content.map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.constant(Buffer.of(cr, 0x0a)) },
);

function readAll(chunks: readonly Uint8Array[], limitBytes = 200): { events: FramerEvent[]; isWaiting: boolean } {
  const framer = createMllpFramer(limitBytes);
  const events = chunks.flatMap((chunk) => framer.push(chunk));
  return { events, isWaiting: framer.isWaiting };
}

function cut(bytes: Buffer, places: readonly number[]): readonly Uint8Array[] {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
}

describe('createMllpFramer', () => {
  it('gives the same messages and troubles however the bytes are split and joined', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 20 }), (pieces, places) => {
        const bytes = Buffer.concat(pieces);

        const whole = readAll([bytes]);
        const split = readAll(cut(bytes, places));
        const single = readAll([...bytes].map((byte) => Uint8Array.of(byte)));

        expect(split).toEqual(whole);
        expect(single).toEqual(whole);
      }),
      { seed: 2575, numRuns: 300 },
    );
  });

  it('gives back every message that was framed', () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 20 }), (messages, places) => {
        const { events, isWaiting } = readAll(cut(Buffer.concat(messages.map((bytes) => frame(bytes))), places));

        expect(events).toEqual(messages.map((bytes) => ({ kind: 'frame', bytes: Buffer.from(bytes) })));
        expect(isWaiting).toBe(false);
      }),
      { seed: 2575, numRuns: 200 },
    );
  });

  it('keeps its messages when the memory of a chunk is used again', () => {
    const framer = createMllpFramer();
    const chunk = Buffer.concat([Buffer.of(vt), Buffer.from('MSH')]);
    framer.push(chunk);
    chunk.fill(0x58);

    const events = framer.push(Buffer.of(fs, cr));

    expect(events).toEqual([{ kind: 'frame', bytes: Buffer.from('MSH') }]);
  });

  it('says once that an endless message is too long, and reads nothing after it', () => {
    const framer = createMllpFramer(10);

    const events = [...framer.push(Buffer.of(vt)), ...framer.push(Buffer.alloc(8, 65)), ...framer.push(Buffer.alloc(8, 65)), ...framer.push(frame(Buffer.from('MSH')))];

    expect(events).toEqual([{ kind: 'trouble', code: 'FRAME_TOO_LONG' }]);
  });

  it('takes a message of exactly the limit', () => {
    expect(createMllpFramer(3).push(frame(Buffer.from('MSH')))).toEqual([{ kind: 'frame', bytes: Buffer.from('MSH') }]);
  });

  it('waits while a message has begun and not ended', () => {
    const framer = createMllpFramer();

    framer.push(Buffer.from('\x0bMSH\x1c'));

    expect(framer.isWaiting).toBe(true);
  });

  it('reports bytes outside frames, frames inside frames and a wrong end, and goes on', () => {
    const { events } = readAll([Buffer.from('xx\x0bA\x0bB\x1c\r\r\n\x0bC\x1cy\x0bD\x1c\r')]);

    expect(events).toEqual([
      { kind: 'trouble', code: 'BYTES_OUTSIDE_FRAME' },
      { kind: 'trouble', code: 'FRAME_NOT_ENDED' },
      { kind: 'frame', bytes: Buffer.from('B') },
      { kind: 'trouble', code: 'FRAME_END_INVALID' },
      { kind: 'trouble', code: 'BYTES_OUTSIDE_FRAME' },
      { kind: 'frame', bytes: Buffer.from('D') },
    ]);
  });
});
