import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Message } from 'node-hl7-client';
import type { EffectLog } from '../effects.ts';
import { createReorderer } from '../reorderer.ts';
import { takeRejection, type SwitchBoard } from '../switches.ts';
import { createMessageReader, toFrame, toText } from './mllp-stream.ts';
import { writeMessage } from './write-message.ts';

/** Message codes that the HIS takes. */
const knownTypes = ['ORM', 'ORR', 'RAS', 'RDS', 'ORU'];

/**
 * The HIS's receiving side: takes order status and administrations over MLLP and acknowledges them. It keeps a
 * record of each message that it carried out, repeats too.
 */
export async function startHisServer(port: number, effects: EffectLog, board: SwitchBoard): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const schedule = createReorderer(board);
  let isClosed = false;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', createMessageReader((bytes) => schedule(() => setTimeout(() => handle(socket, bytes), board.current.delayMs))));
  });

  function handle(socket: Socket, bytes: Buffer): void {
    if (isClosed || board.current.silent) return;
    const message = readMessage(bytes);
    if (!message) return;
    const read = (path: string): string => textAt(message, path);
    const code = read('MSH.9.1');
    const isRefused = takeRejection(board);
    if (isRefused || !knownTypes.includes(code)) return answer(socket, message, isRefused ? 'AE' : 'AR', isRefused ? 'refused by a switch' : 'message type not known here');
    effects.append({
      system: 'his',
      kind: `${code}^${read('MSH.9.2')}`,
      id: read('MSH.10'),
      detail: { orderId: read('ORC.2'), control: read('ORC.1'), status: read('ORC.5'), ...(code === 'RAS' ? { completion: read('RXA.20'), administeredAt: read('RXA.3'), amount: read('RXA.6') } : {}) },
    });
    answer(socket, message, 'AA', '');
  }

  function answer(socket: Socket, message: Message, code: string, text: string): void {
    if (board.current.answerLost || !socket.writable) return;
    const bytes = toFrame(writeMessage({ type: 'ACK', event: textAt(message, 'MSH.9.2'), controlId: `HIS${Date.now()}${Math.floor(Math.random() * 1_000)}` }, [{ name: 'MSA', values: { 1: code, 2: textAt(message, 'MSH.10'), 3: text } }]));
    socket.write(bytes);
    if (board.current.duplicate) socket.write(bytes);
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  // Listening on TCP: the address is an object.
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      isClosed = true;
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
  };
}

/** Undefined for what is no message: a HIS does not answer that. */
function readMessage(bytes: Buffer): Message | undefined {
  try {
    return new Message({ text: toText(bytes) });
  } catch {
    return undefined;
  }
}

/** The text at a path; empty where the message has nothing, whatever the library makes of that. */
function textAt(message: Message, path: string): string {
  try {
    return message.get(path).toString();
  } catch {
    return '';
  }
}
