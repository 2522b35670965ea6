import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How long open requests have once a server closes. */
const closeWithinMs = 5_000;

/** Listens; gives the port that it got. */
export function listenOn(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // Listening on TCP: the address is an object.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Takes no more requests, and ends those that are not answered in time. */
export async function closeServer(server: Server): Promise<void> {
  // One that never listened has nothing to close.
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), closeWithinMs);
  await closed;
  clearTimeout(timer);
}
