import { createServer, type AddressInfo, type Socket } from 'node:net';
import { maximumFrameBytes } from '#activities';
import { serveConnection, type Connection } from './connection.ts';
import { createMessageReceiver } from './message-receiver.ts';
import type { ReceiverDependencies } from './receiver-dependencies.ts';

export interface MllpDoorOptions extends ReceiverDependencies {
  /** TCP port; `0` takes a free one. */
  readonly port: number;
  /** Interface; loopback when absent. MLLP has no authentication: a hospital's network or tunnel provides it. */
  readonly host?: string;
  /** How long a frame may stay unfinished; 30 s when absent. */
  readonly idleTimeoutMs?: number;
  readonly maximumFrameBytes?: number;
  readonly maximumConnections?: number;
}

export interface MllpDoor {
  readonly port: number;
  /** Takes no new connections and ends the open ones after the message that each is answering. */
  close(): Promise<void>;
}

/** Listens for HL7 v2 messages over MLLP. Messages of one connection are taken one after the other, in order. */
export async function startMllpDoor(options: MllpDoorOptions): Promise<MllpDoor> {
  const receive = createMessageReceiver(options);
  const connections = new Set<Connection>();
  const server = createServer({ allowHalfOpen: true }, (socket: Socket) => {
    const connection = serveConnection(socket, {
      receive,
      dependencies: options,
      idleTimeoutMs: options.idleTimeoutMs ?? 30_000,
      maximumFrameBytes: options.maximumFrameBytes ?? maximumFrameBytes,
    });
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  });
  server.maxConnections = options.maximumConnections ?? 256;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', (error: NodeJS.ErrnoException) => options.logger.error({ code: error.code }, 'The MLLP door has trouble accepting connections'));
  // Listening on TCP: the address is an object.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([...connections].map((connection) => connection.end()));
      await closed;
    },
  };
}
