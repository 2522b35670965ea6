import { connect } from 'node:net';
import { createMessageReader, toFrame, toText } from './mllp-stream.ts';

export interface SendOptions {
  readonly port: number;
  readonly host?: string;
  readonly timeoutMs?: number;
}

/** Sends messages over one connection, each after the answer to the one before; gives the answers. */
export async function sendMessages(messages: readonly (string | Buffer)[], { port, host = '127.0.0.1', timeoutMs = 30_000 }: SendOptions): Promise<readonly string[]> {
  const answers: string[] = [];
  const socket = connect({ host, port, noDelay: true });
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Expected an answer within ${timeoutMs / 1_000} s, but none came`)), timeoutMs);
      const fail = (error: Error): void => {
        clearTimeout(timer);
        reject(error);
      };
      const sendNext = (): void => {
        const next = messages[answers.length];
        if (next !== undefined) return void socket.write(Buffer.isBuffer(next) ? next : toFrame(next));
        clearTimeout(timer);
        resolve();
      };
      socket.on('connect', sendNext);
      socket.on('data', createMessageReader((bytes) => {
        answers.push(toText(bytes));
        sendNext();
      }));
      socket.on('error', (error: NodeJS.ErrnoException) => fail(new Error(`Expected a connection to port ${port}, but it broke (${error.code ?? error.name})`)));
      socket.on('close', () => fail(new Error('Expected an answer, but the connection was closed')));
    });
    return answers;
  } finally {
    socket.destroy();
  }
}
