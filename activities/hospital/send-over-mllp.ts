import { connect } from 'node:net';
import { OutcomeUnknownError, ServiceFailedError } from '../service-activity.ts';
import { createMllpFramer, frame } from './hl7/index.ts';

export interface MllpCall {
  readonly host: string;
  readonly port: number;
  readonly bytes: Buffer;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Sends one message over a connection of its own and gives the bytes of the first answer; on a connection of
 * its own a late answer cannot be taken for another message's. Fails: SERVICE_FAILED (retryable) when
 * nothing was handed over, SERVICE_OUTCOME_UNKNOWN when no answer came.
 */
export function sendOverMllp({ host, port, bytes, timeoutMs, signal }: MllpCall): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const framer = createMllpFramer();
    let isHandedOver = false;

    const fail = (reason: string): void => {
      finish();
      reject(isHandedOver ? new OutcomeUnknownError(`Expected an acknowledgment, but ${reason}`) : new ServiceFailedError(`Expected a connection to the HIS, but ${reason}`, true));
    };
    const onAbort = (): void => fail('the call was cancelled');
    const timer = setTimeout(() => fail('none came in time'), timeoutMs);
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.destroy();
    };

    signal?.addEventListener('abort', onAbort);
    socket.on('connect', () => {
      isHandedOver = true;
      socket.write(frame(bytes));
    });
    socket.on('data', (chunk) => {
      const answer = framer.push(chunk).find((event) => event.kind === 'frame');
      if (!answer) return;
      finish();
      resolve(answer.bytes);
    });
    socket.on('error', () => fail('it broke'));
    socket.on('close', () => fail('the connection was closed'));
    if (signal?.aborted) onAbort();
  });
}
