import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections: one of those can be free now and taken by any
 * connection before the part that is to listen on it has started.
 */
const lowest = 20_000;
const highest = 32_000;
const tries = 100;

/** A TCP port on `host` that nobody listened on just now. */
export async function findFreePort(host = '127.0.0.1'): Promise<number> {
  for (let count = 0; count < tries; count += 1) {
    const port = randomInt(lowest, highest);
    if (!(await isPortBusy(port, host))) return port;
  }
  throw new Error(`Expected a free TCP port between ${lowest} and ${highest}, but ${tries} were busy.`);
}

/** Whether somebody already listens on the port. */
export function isPortBusy(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(true) : reject(error)));
    server.listen(port, host, () => server.close(() => resolve(false)));
  });
}

/** Whether a connection to the port is accepted. */
export function isListening(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 2_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false)).once('timeout', () => settle(false));
  });
}
