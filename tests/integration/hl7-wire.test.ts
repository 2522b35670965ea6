import { connect, type Socket } from 'node:net';
import { toFrame } from '../../simulators/index.ts';
import { newOrder, TestHl7Door } from '../support/hl7-door.ts';

let hl7: TestHl7Door;
beforeAll(async () => {
  hl7 = await TestHl7Door.start();
}, 300_000);
afterAll(() => hl7.stop());
beforeEach(() => hl7.open());
afterEach(() => hl7.closeDoors());

describe('the wire', () => {
  /** Writes raw bytes and collects what comes back until the peer closes or the time is up. */
  async function talk(chunks: readonly (string | Buffer)[], { port = hl7.port, waitMs = 400, end = false } = {}): Promise<{ answers: string; isClosed: boolean; closedAfterMs: number }> {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let answers = '';
    let isClosed = false;
    let closedAfterMs = Infinity;
    const begun = Date.now();
    socket.on('data', (chunk) => (answers += chunk.toString('utf8')));
    socket.on('error', () => undefined);
    const closed = new Promise<void>((resolve) => socket.on('close', () => {
      isClosed = true;
      closedAfterMs = Date.now() - begun;
      resolve();
    }));
    for (const chunk of chunks) {
      if (!socket.destroyed) socket.write(chunk);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (end) socket.end();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, waitMs))]);
    socket.destroy();
    return { answers, isClosed, closedAfterMs };
  }
  const acknowledged = (answers: string): string[] => [...answers.matchAll(/\rMSA\|(..)\|([^|\r]*)/g)].map(([, code, id]) => `${code} ${id}`);
  const lastReason = async (): Promise<string> => (await hl7.refusals()).at(-1)?.reason ?? '';

  it('takes frames split at every byte, and joined ones in order', async () => {
    const split = toFrame(newOrder({ controlId: 'split' }));
    const joined = Buffer.concat([toFrame(newOrder({ controlId: 'j1' })), toFrame(newOrder({ controlId: 'j2' })), toFrame(newOrder({ controlId: 'j3' }))]);

    const first = await talk([...Array.from(split.subarray(0, 20), (byte) => Buffer.of(byte)), split.subarray(20)], { waitMs: 1_500 });
    const second = await talk([joined], { waitMs: 1_500 });

    expect(acknowledged(first.answers)).toEqual(['AA split']);
    expect(acknowledged(second.answers)).toEqual(['AA j1', 'AA j2', 'AA j3']);
  });

  it('closes on an endless message, on record', async () => {
    const { isClosed, answers } = await talk([Buffer.of(0x0b), Buffer.alloc(1_100_000, 65)], { waitMs: 5_000 });

    expect({ isClosed, answers }).toEqual({ isClosed: true, answers: '' });
    expect(await lastReason()).toMatch(/^FRAME_TOO_LONG/);
  });

  it('closes when a message does not end in time, however slowly it drips, on record', async () => {
    const slow = await hl7.openDoor({ idleTimeoutMs: 250 });

    const { isClosed, closedAfterMs } = await talk(Array.from({ length: 400 }, () => 'A').map((text, index) => (index === 0 ? `\x0b${text}` : text)), { port: slow.port, waitMs: 3_000 });

    expect(isClosed).toBe(true);
    // While it was still dripping: 400 bytes take two seconds and more.
    expect(closedAfterMs).toBeLessThan(1_900);
    expect(await lastReason()).toMatch(/^FRAME_TIMED_OUT/);
  });

  it('keeps a connection open between messages', async () => {
    const quick = await hl7.openDoor({ idleTimeoutMs: 100 });

    const { isClosed, answers } = await talk([toFrame(newOrder({ controlId: 'idle' }))], { port: quick.port, waitMs: 800 });

    expect(isClosed).toBe(false);
    expect(acknowledged(answers)).toEqual(['AA idle']);
  });

  it('passes over wrong bytes between frames, on record', async () => {
    const { answers } = await talk([Buffer.concat([Buffer.from('noise'), toFrame(newOrder({ controlId: 'after-noise' }))])], { waitMs: 1_500 });

    expect(acknowledged(answers)).toEqual(['AA after-noise']);
    expect((await hl7.refusals()).map(({ reason }) => reason.split(':')[0])).toContain('BYTES_OUTSIDE_FRAME');
  });

  it('answers a peer that half-closes, and notes a message that was cut off', async () => {
    const whole = await talk([toFrame(newOrder({ controlId: 'half' }))], { waitMs: 2_000, end: true });
    const cutOff = await talk([toFrame(newOrder()).subarray(0, 40)], { waitMs: 2_000, end: true });

    expect(acknowledged(whole.answers)).toEqual(['AA half']);
    expect(cutOff.isClosed).toBe(true);
    expect(await lastReason()).toMatch(/^FRAME_NOT_ENDED/);
  });

  it('answers the message in hand when it closes', async () => {
    const closing = await hl7.openDoor();
    const answer = talk([toFrame(newOrder({ controlId: 'closing' }))], { port: closing.port, waitMs: 2_000 });
    for (let tries = 0; !hl7.recorded.some(({ idempotencyKey }) => idempotencyKey.endsWith('closing')) && tries < 200; tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));

    await closing.close();

    expect(acknowledged((await answer).answers)).toEqual(['AA closing']);
  });
});
